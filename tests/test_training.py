"""Training: treebanks are read rightly, scores count rightly; what needs torch runs where it is installed."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from kg.errors import TableError
from kg.extract.syntax import SyntaxReader
from kg.extract.syntax.words import Word as Form
from kg.resources import resource
from kg.training.__main__ import main
from kg.training.corrected import with_syntax
from kg.training.marked_names import read_with_names
from kg.training.scores import NAMES, TREEBANKS, Scores, as_json, as_text, score_names, score_syntax
from kg.training.treebank import NAME_TAGS, Sentence, read_conllu, read_iob2, spans, with_names
from kg.training.written_names import written_names

CONLLU = """# text = Er warnt im Iran.
1\tEr\ter\tPRON\t_\t_\t2\tnsubj\t_\t_
2\twarnt\twarnen\tVERB\t_\t_\t0\troot\t_\t_
3-4\tim\t_\t_\t_\t_\t_\t_\t_\t_
3\tin\tin\tADP\t_\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\t_\t_\t5\tdet\t_\t_
5\tIran\tIran\tPROPN\t_\t_\t2\tobl:loc\t_\tSpaceAfter=No
5.1\tleer\t_\t_\t_\t_\t_\t_\t_\t_
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_
"""
IOB2 = "# text = Angela Merkel traf, nun ja, Macron\n" + "\n".join(
    f"{i}\t{form}\t{tag}\t-\t-"
    for i, (form, tag) in enumerate(
        [("Angela", "B-PER"), ("Merkel", "I-PER"), ("traf", "O"), (",", "O"), ("Macron", "B-OTH")], start=1
    )
)


@dataclass
class Parsed:
    upos: list[str]
    names: list[str]
    heads: Any
    deprels: list[str]


class Canned:
    """A reader that gives the same answer whatever it is asked."""

    def __init__(self, *answers: Parsed) -> None:
        self._answers = list(answers)

    def pieced(self, sentences: Sequence[Sequence[Form]]) -> Sequence[Sequence[Form]]:
        return sentences

    def parse(self, sentences: Sequence[Sequence[Form]]) -> list[Parsed]:
        assert [len(answer.upos) for answer in self._answers] == [len(words) for words in sentences]
        return self._answers


def canned(upos: str, heads: Sequence[int], deprels: str, names: str = "") -> SyntaxReader:
    tags = names.split() or ["O"] * len(heads)
    return cast(SyntaxReader, Canned(Parsed(upos.split(), tags, np.array(heads), deprels.split())))


@pytest.fixture
def sentence(tmp_path: Path) -> Sentence:
    (tmp_path / "a.conllu").write_text(f"{CONLLU}\n", "utf-8")
    (found,) = read_conllu(tmp_path / "a.conllu")
    return found


def test_a_treebank_gives_syntactic_words(sentence: Sentence) -> None:
    assert [word.form for word in sentence] == ["Er", "warnt", "in", "dem", "Iran", "."]
    assert [word.space_before for word in sentence] == [True, True, True, True, True, False]
    assert [word.head for word in sentence] == [2, 0, 5, 5, 2, 2]


def test_a_word_that_is_written_in_parts_has_no_space_within(tmp_path: Path) -> None:
    rows = ["1-2\tdon't", "1\tdo", "2\tn't", "3\tknow"]
    lines = [row + "\t_" * (9 - row.count("\t")) for row in rows]
    (tmp_path / "a.conllu").write_text("\n".join(lines) + "\n", "utf-8")
    (found,) = read_conllu(tmp_path / "a.conllu")
    assert [(word.form, word.space_before) for word in found] == [
        ("do", True),
        ("n't", False),
        ("know", True),
    ]


def test_names_other_than_ours_count_as_none(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(IOB2, "utf-8")
    (found,) = read_iob2(tmp_path / "a.iob2")
    assert [word.name for word in found] == ["B-PER", "I-PER", "O", "O", "O"]
    assert [word.space_before for word in found] == [True, True, True, False, True]


ARTICLE = """\
[1 Prag] wies [2 zwei Diplomaten] aus, sagte [3 Minister Radim Holoubek].
  names LOC Prag | PER Radim Holoubek
  1>2 SANCTION actual wies
Es regnete.
  names -
Nach [1 Prag] sah keiner.
"""


def test_names_of_written_articles_are_read(tmp_path: Path) -> None:
    (tmp_path / "passages").mkdir()
    (tmp_path / "passages" / "de-x.txt").write_text(ARTICLE, "utf-8")
    first, second = written_names(tmp_path, "de")
    assert {
        (first[a].form, first[b - 1].form, kind) for a, b, kind in spans([w.name or "O" for w in first])
    } == {
        ("Prag", "Prag", "LOC"),
        ("Radim", "Holoubek", "PER"),
    }
    assert {word.name for word in second} == {"O"}
    assert list(written_names(tmp_path, "en")) == []


def test_names_of_written_sentences_are_read_where_the_table_has_them(tmp_path: Path) -> None:
    rows = [
        "text\trelations\tnames",
        "[1 Prag] schweigt.\t-\tLOC Prag",
        "Es regnet.\t-\t-",
        "[1 Wien] schweigt.\t-",
    ]
    (tmp_path / "de-x.tsv").write_text("\n".join(rows), "utf-8")
    named, nameless = written_names(tmp_path, "de")
    assert [word.name for word in named] == ["B-LOC", "O", "O"]
    assert {word.name for word in nameless} == {"O"}


@pytest.mark.parametrize("names", ["LOC Wien", "CITY Prag", "PER Radim Holoubek | LOC Prag", "Prag"])
def test_a_name_that_is_none_is_refused_with_its_line(tmp_path: Path, names: str) -> None:
    (tmp_path / "passages").mkdir()
    (tmp_path / "passages" / "de-x.txt").write_text(
        ARTICLE.replace("LOC Prag | PER Radim Holoubek", names), "utf-8"
    )
    with pytest.raises(
        TableError, match=r"de-x\.txt, row 2: .* is no name of this sentence; write names LOC"
    ):
        list(written_names(tmp_path, "de"))


def test_corrected_parses_are_joined_to_the_sentences_they_count(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(f"{IOB2}\n\n1\tPrag\tB-LOC\n2\tschweigt\tO\n", "utf-8")
    (tmp_path / "a.tsv").write_text("sentence\twords\ndev-1\tPROPN:2:nsubj VERB:0:root\n", "utf-8")
    untouched, (name, verb) = with_syntax(read_iob2(tmp_path / "a.iob2"), tmp_path / "a.tsv")
    assert {word.deprel for word in untouched} == {None}
    assert (name.name, name.upos, name.head, name.deprel) == ("B-LOC", "PROPN", 2, "nsubj")
    assert (verb.head, verb.deprel) == (0, "root")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("dev-7\tVERB:0:root", "there is no sentence 'dev-7'"),
        ("dev-0\tVERB:0:root", "1 words, but the sentence has 2"),
        ("dev-0\tPROPN:3:nsubj VERB:0:root", "cannot read 'PROPN:3:nsubj'"),
        ("dev-0\tPROPN nsubj", "write tag, head and relation"),
    ],
)
def test_a_parse_that_fits_no_sentence_is_refused_with_its_row(
    tmp_path: Path, row: str, problem: str
) -> None:
    (tmp_path / "a.iob2").write_text("1\tPrag\tB-LOC\n2\tschweigt\tO\n", "utf-8")
    (tmp_path / "a.tsv").write_text(f"sentence\twords\n{row}\n", "utf-8")
    with pytest.raises(TableError, match=rf"a\.tsv, row 2: .*{problem}"):
        with_syntax(read_iob2(tmp_path / "a.iob2"), tmp_path / "a.tsv")


def test_marked_names_are_joined_to_the_sentences_of_a_treebank(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(f"# sent_id = a-1\n{CONLLU}\n# sent_id = a-2\n{CONLLU}", "utf-8")
    (tmp_path / "a.tsv").write_text("sentence\tnames\na-2\tPER:1-2 LOC:5\n", "utf-8")
    untouched, marked = read_with_names(tmp_path / "a.conllu", tmp_path / "a.tsv")
    assert {word.name for word in untouched} == {None}
    assert [word.name for word in marked] == ["B-PER", "I-PER", "O", "O", "B-LOC", "O"]
    assert marked[4].deprel == "obl:loc"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a-2\tLOC:5", "the treebank has no sentence 'a-2'"),
        ("a-1\tLOC:7", "cannot read 'LOC:7'"),
        ("a-1\tPER:2-1", "cannot read 'PER:2-1'"),
        ("a-1\tIran", "write type and words, from 1: PER:3-5"),
    ],
)
def test_marked_names_that_fit_no_sentence_are_refused_with_their_row(
    tmp_path: Path, row: str, problem: str
) -> None:
    (tmp_path / "a.conllu").write_text(f"# sent_id = a-1\n{CONLLU}", "utf-8")
    (tmp_path / "a.tsv").write_text(f"sentence\tnames\n{row}\n", "utf-8")
    with pytest.raises(TableError, match=rf"a\.tsv, row 2: .*{problem}"):
        read_with_names(tmp_path / "a.conllu", tmp_path / "a.tsv")


def test_shipped_parses_are_trees() -> None:
    """Every word of a corrected parse reaches the one root."""
    folder = resource("data/training") / "syntax"
    heads = [[word.head or 0 for word in s] for path in folder.glob("*.conllu") for s in read_conllu(path)]
    for path in folder.glob("*.tsv"):
        rows = [
            line.split("\t")[1].split() for line in path.read_text("utf-8").splitlines()[1:] if line[0] != "#"
        ]
        heads += [[int(cell.split(":")[1]) for cell in row] for row in rows]
    assert heads
    for tree in heads:
        assert tree.count(0) == 1
        for start in range(len(tree)):
            node, steps = start + 1, 0
            while node and steps <= len(tree):
                node, steps = tree[node - 1], steps + 1
            assert not node


def test_names_are_joined_by_words(sentence: Sentence, tmp_path: Path) -> None:
    rows = "\n".join(
        f"{i}\t{word.form}\t{'B-LOC' if word.form == 'Iran' else 'O'}"
        for i, word in enumerate(sentence, start=1)
    )
    (tmp_path / "a.iob2").write_text(rows, "utf-8")
    (joined,) = with_names([sentence], read_iob2(tmp_path / "a.iob2"))
    assert [word.name for word in joined] == ["O", "O", "O", "O", "B-LOC", "O"]
    assert with_names([sentence[:2]], read_iob2(tmp_path / "a.iob2")) == [sentence[:2]]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("O O", set()),
        ("B-PER I-PER O B-LOC B-LOC", {(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")}),
        ("B-PER I-LOC", {(0, 1, "PER"), (1, 2, "LOC")}),
    ],
)
def test_names_are_spans_of_tags(tags: str, found: set[tuple[int, int, str]]) -> None:
    assert spans(tags.split()) == found


def test_syntax_is_scored_by_words(sentence: Sentence) -> None:
    upos = "PRON VERB ADP DET NOUN PUNCT"
    deprels = "nsubj root case obj obl punct"  # the label of "dem" is wrong, that of "Iran" lacks its subtype
    score = score_syntax(canned(upos, [2, 0, 5, 5, 2, 5], deprels), [sentence])
    assert score.words == 6
    assert (score.upos, score.uas, score.las) == (5 / 6, 5 / 6, 4 / 6)


def test_a_root_needs_no_label_of_its_own(sentence: Sentence) -> None:
    score = score_syntax(canned("X " * 6, [2, 0, 5, 5, 2, 2], "nsubj obl case det obl punct"), [sentence])
    assert score.las == 1


def test_names_are_scored_by_words_and_type(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(IOB2, "utf-8")
    sentences = read_iob2(tmp_path / "a.iob2")
    score = score_names(canned("X " * 5, [0] * 5, "x " * 5, "B-PER I-PER O O B-LOC"), sentences)
    assert (score.names, score.precision, score.recall) == (1, 0.5, 1)
    assert score.f1 == pytest.approx(2 / 3)
    none = score_names(canned("X " * 5, [0] * 5, "x " * 5, "O O O O O"), sentences)
    assert (none.precision, none.recall, none.f1) == (0, 0, 0)


def test_scores_are_a_table_and_json(sentence: Sentence) -> None:
    syntax = score_syntax(canned("X " * 6, [2, 0, 5, 5, 2, 5], "nsubj root case det obl punct"), [sentence])
    names = score_names(canned("X " * 6, [0] * 6, "x " * 6), [sentence])
    scores = Scores({"de": syntax}, {"en": names})
    assert as_text(scores).splitlines()[1].split() == ["de", "6", "0.0", "83.3", "83.3"]
    content = json.loads(as_json(scores))
    assert content["syntax"]["de"] == {"words": 6, "upos": 0.0, "uas": 0.8333, "las": 0.8333}
    assert set(content["names"]["en"]) == {"names", "precision", "recall", "f1"}


def test_the_shipped_model_is_scored_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ud").mkdir()
    (tmp_path / "ner").mkdir()
    for name in TREEBANKS:
        (tmp_path / "ud" / f"{name}.conllu").write_text(f"{CONLLU}\n", "utf-8")
    for name in NAMES:
        (tmp_path / "ner" / f"{name}.iob2").write_text(IOB2, "utf-8")
    status = main(["score", "--data", str(tmp_path), "--json", str(tmp_path / "scores.json")])
    assert (status, capsys.readouterr().out.split()[:2]) == (0, ["treebank", "words"])
    content = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert content["syntax"]["de_gsd-ud-test"]["las"] > 0.6
    assert content["names"]["de_pud-ud-test"]["recall"] == 1


def test_missing_data_is_an_error_of_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--data", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith("error: ") and "de_gsd-ud-test.conllu" in err and err.count("\n") == 1


@pytest.mark.parametrize("words", [["--help"], ["score", "--help"]])
def test_help_has_an_example(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)
    assert "example:\n  python -m kg.training" in capsys.readouterr().out


def test_the_inventory_of_the_model_has_the_names_of_training() -> None:
    inventory = json.loads((resource("data/models/reader") / "inventory.json").read_text("utf-8"))
    assert tuple(inventory["names"]) == NAME_TAGS
    assert len(inventory["tags"]) == 17


# with torch


def test_batches_are_padded_and_training_lowers_the_loss(sentence: Sentence, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the training extra")
    from kg.extract.syntax.pieces import Pieces  # noqa: PLC0415
    from kg.training.base import BaseModel  # noqa: PLC0415 - these need torch
    from kg.training.batches import Coder, shuffled_batches  # noqa: PLC0415
    from kg.training.network import Reader  # noqa: PLC0415
    from kg.training.train import Corpora, Recipe, inventory, loss_of, train  # noqa: PLC0415

    torch.manual_seed(0)
    base = tiny_base(BaseModel)
    tags, labels = inventory([sentence])
    coder = Coder(Pieces(base.tokenizer()), tags, labels)
    short = sentence[1:2]
    batch = coder.batch([sentence, short])
    assert batch.words.tolist() == [[True] * 6, [True] + [False] * 5]
    assert batch.heads[0].tolist() == [2, 0, 5, 5, 2, 2]
    assert (batch.names == -1).all()
    grouped = shuffled_batches([3, 1, 2], 4, random.Random(1))
    assert sorted(i for group in grouped for i in group) == [0, 1, 2]
    reader = Reader(base, tags=len(tags), names=len(NAME_TAGS), labels=len(labels))
    reader.eval()
    before = loss_of(reader, batch).item()
    reader.train()
    corpora = Corpora([sentence] * 4, [sentence] * 4, [])
    train(reader, corpora, coder, Recipe(epochs=4, english_part=0.5, bf16=True), tmp_path / "reader.pt")
    reader.eval()
    assert loss_of(reader, batch).item() < before
    assert (tmp_path / "reader.pt").stat().st_size


def test_smoothing_changes_no_product_and_brings_eight_bits_nearer() -> None:
    pytest.importorskip("onnx", reason="needs the training extra")
    import onnxruntime  # noqa: PLC0415
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    from kg.training.smooth import smooth  # noqa: PLC0415

    random_ = np.random.default_rng(0)
    inputs = random_.normal(0, 1, (50, 16)).astype(np.float32)
    inputs[:, 3] *= 40  # a channel like the few that an encoder has
    tensors = [
        numpy_helper.from_array(random_.normal(0, 1, (16, 4)).astype(np.float32), name) for name in ("a", "b")
    ]
    nodes = [
        helper.make_node("MatMul", ["x", "a"], ["left"]),
        helper.make_node("MatMul", ["x", "b"], ["right"]),
        helper.make_node("Add", ["left", "right"], ["y"]),
    ]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, size])
        for name, size in (("x", 16), ("y", 4))
    ]
    graph = helper.make_graph(nodes, "two products of one input", ends[:1], ends[1:], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)

    def run(model: Any, wanted: str) -> Any:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        return session.run([wanted], {"x": inputs})[0]

    before = run(model, "y")
    evened = smooth(model, [{"x": inputs}])
    assert np.allclose(run(evened, "y"), before, atol=1e-3)
    assert [node.op_type for node in evened.graph.node] == ["Mul", "MatMul", "MatMul", "Add"]
    evened.graph.output.append(helper.make_tensor_value_info("x_even", TensorProto.FLOAT, [None, 16]))
    sizes, old = (np.abs(values).max(0) for values in (run(evened, "x_even"), inputs))
    assert sizes.max() / sizes.min() < old.max() / old.min() / 5


def tiny_base(model: Any) -> Any:
    """Return a base model of two heads and five layers with random weights, over single letters."""
    hidden, inner, layers = 8, 16, 5
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"ErwantimIdeo."]
    pieces = list(dict.fromkeys(pieces))
    random_ = np.random.default_rng(0)

    def weights(*shape: int) -> Any:
        return random_.normal(0, 0.1, shape).astype(np.float32).reshape(-1)

    tensors = {"emb.word": weights(len(pieces), hidden), "emb.pos": weights(64, hidden)}
    tensors |= {"emb.type": weights(1, hidden), "emb.ln.w": np.ones(hidden, np.float32)}
    tensors["emb.ln.b"] = np.zeros(hidden, np.float32)
    sizes = {"q": (hidden, hidden), "k": (hidden, hidden), "v": (hidden, hidden), "ao": (hidden, hidden)}
    sizes |= {"fi": (inner, hidden), "fo": (hidden, inner), "aln": (hidden, 1), "oln": (hidden, 1)}
    for number in range(layers):
        for name, (out, into) in sizes.items():
            tensors[f"l{number}.{name}.w"] = weights(out, into)
            tensors[f"l{number}.{name}.b"] = weights(out)
    return model(
        hidden=hidden, layers=layers, heads=2, feed_forward=inner, positions=64, epsilon=1e-12, unknown_id=3,
        pieces=pieces, scores=np.full(len(pieces), -1, np.float32), tensors=tensors,
    )  # fmt: skip


def test_an_article_read_sentence_by_sentence_keeps_what_stands_within(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the training extra")
    from kg.extract.syntax.pieces import Pieces  # noqa: PLC0415
    from kg.training.base import BaseModel  # noqa: PLC0415 - these need torch
    from kg.training.relations.data import alone, item_of  # noqa: PLC0415
    from kg.training.relations.passages import passages  # noqa: PLC0415

    (tmp_path / "en.txt").write_text(
        "[1 Togo] warned [2 Ghana].\n  1>2 THREATEN actual warned\n"
        "[3 Mali] agreed.\n  3>1 AGREE actual agreed\n"
        "[1 Togo] and [3 Mali] thanked [2 Ghana].\n  1>2 SUPPORT actual thanked\n",
        "utf-8",
    )
    (article,) = passages(tmp_path)
    read = alone(item_of(article, Pieces(tiny_base(BaseModel).tokenizer())))
    assert [[r.root for r in item.passage.sentences[0].relations] for item in read] == [
        ["THREATEN"],
        ["SUPPORT"],
    ]
