"""The learned relation layer: its training sentences, its arrays, and what it says of sentences."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import TableError
from kg.extract import make_extractor
from kg.extract.learned.classify import Classifier, unmarked
from kg.extract.learned.layer import PairScores, RelationLayer
from kg.extract.learned.marks import BEGIN, INSIDE, OUTSIDE, marks_of
from kg.extract.learned.scenes import MOST_PIECES, Earlier, Scene, blocks_of, company_of, joined
from kg.extract.learned.scheme import MODALITIES, ROOTS
from kg.extract.neural import ALONE, BESIDE_RULES, NeuralExtractor
from kg.extract.syntax import syntax_reader
from kg.extract.syntax.embeddings import Embeddings, packed
from kg.extract.syntax.words import split_words
from kg.model import Modality, Span, Statement
from kg.ontology import GENERAL, relation_types
from kg.resources import resource
from kg.training.relations.aligned import aligned
from kg.training.relations.passages import earlier_actors, passages
from kg.training.relations.sentences import written
from tests.factories import make_article

SENTENCES = Path(__file__).parents[1] / "data" / "training"


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier()


def sentences(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / "de.tsv").write_text("\n".join(("text\trelations", *lines)) + "\n", "utf-8")
    return tmp_path


def test_every_training_sentence_can_be_read() -> None:
    found = list(written(SENTENCES))
    assert len(found) >= 3000
    assert {example.language for example in found} == {"de", "en"}
    relations = [r for passage in found for sentence in passage.sentences for r in sentence.relations]
    assert {relation.root for relation in relations} == set(ROOTS)
    assert {relation.modality for relation in relations} == set(Modality)


def test_a_sentence_gives_actors_and_who_acts_on_whom(tmp_path: Path) -> None:
    line = "[1 Der Iran] warnte [2 Israel], sagte [3 Kairo].\t1>2 THREATEN actual by 3"
    (passage,) = written(sentences(tmp_path, line))
    (sentence,) = passage.sentences
    assert sentence.text == "Der Iran warnte Israel, sagte Kairo."
    assert [" ".join(w.form for w in sentence.words[a.start : a.end]) for a in sentence.actors] == [
        "Der Iran", "Israel", "Kairo",
    ]  # fmt: skip
    (relation,) = sentence.relations
    assert (relation.actor, relation.recipient, relation.root) == ("1", "2", "THREATEN")


@pytest.mark.parametrize(
    "relations", ["1>2 WARN actual", "1>3 THREATEN actual", "1>2 THREATEN", "1>2 THREATEN maybe", "warns"]
)
def test_a_broken_relation_is_refused_with_its_row(tmp_path: Path, relations: str) -> None:
    with pytest.raises(TableError, match=r"de\.tsv, row 2: relation .* write 1>2 ACCUSE actual"):
        list(written(sentences(tmp_path, f"[1 Der Iran] warnte [2 Israel].\t{relations}")))


ARTICLE = """\
[1 Togo] hat am Montag [2 seinen Botschafter in Ghana] zurückgerufen.
[3 Die Opposition] nannte den Schritt verfrüht.
  3>1 ACCUSE actual verfrüht
"""


def article(tmp_path: Path, text: str) -> Path:
    (tmp_path / "de-togo.txt").write_text(text, "utf-8")
    return tmp_path


def test_every_training_passage_can_be_read_and_tells_of_actors_named_before() -> None:
    found = list(passages(SENTENCES / "passages"))
    assert len(found) >= 700
    pairs = [
        {relation.actor, relation.recipient} <= {actor.name for actor in sentence.actors}
        for passage in found
        for sentence in passage.sentences
        for relation in sentence.relations
    ]
    assert pairs.count(False) >= 1000


def test_a_claim_stands_under_its_sentence_and_may_have_an_actor_before_it(tmp_path: Path) -> None:
    (passage,) = passages(article(tmp_path, ARTICLE))
    recall, reaction = passage.sentences
    assert recall.relations == ()
    (relation,) = reaction.relations
    assert (relation.actor, relation.recipient, relation.root) == ("3", "1", "ACCUSE")
    assert relation.word is not None
    assert reaction.words[relation.word].form == "verfrüht"
    assert set(earlier_actors(passage.sentences, 1, company=1)) == {Earlier(1, 0), Earlier(1, 1)}
    assert earlier_actors(passage.sentences, 1, company=0) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  3>1 BLAME actual verfrüht", "BLAME actual; a PLOVER root"),
        ("  3>7 ACCUSE actual verfrüht", "3 or 7 is not marked here"),
        ("  3 1 ACCUSE", "write 1>2 ACCUSE actual criticised"),
    ],
)
def test_a_broken_claim_is_refused_with_its_line(tmp_path: Path, line: str, problem: str) -> None:
    text = ARTICLE.replace("  3>1 ACCUSE actual verfrüht", line)
    with pytest.raises(TableError, match=rf"de-togo\.txt, row 3: .*{problem}"):
        list(passages(article(tmp_path, text)))


def test_the_reader_marks_what_it_finds_and_keeps_the_names_of_the_writer(tmp_path: Path) -> None:
    (passage,) = passages(article(tmp_path, ARTICLE))
    found = aligned(passage, syntax_reader())
    assert [s.relations for s in found.sentences] == [s.relations for s in passage.sentences]
    for before, after in zip(passage.sentences, found.sentences, strict=True):
        assert {a.name for a in before.actors} <= {a.name for a in after.actors}
        assert all(0 <= a.start < a.end <= len(after.words) for a in after.actors)


@given(st.lists(st.integers(-8, 7), min_size=32, max_size=32), st.floats(0.001, 0.5))
def test_embeddings_in_four_bits_come_back_unchanged(numbers: list[int], scale: float) -> None:
    exact = np.float32(np.float16(scale))
    weights = (np.array([[-8, *numbers[1:]]], np.float32) * exact).astype(np.float32)
    assert np.array_equal(packed(weights)(np.array([[0]]))[0], weights)


def test_weights_that_were_trained_are_not_packed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        packed(np.random.default_rng(1).normal(size=(2, 32)).astype(np.float32))


def test_embeddings_need_little_room() -> None:
    files = list(resource("data/models/reader").iterdir())
    assert sum(path.stat().st_size for path in files) <= 60_000_000
    assert Embeddings.load(resource("data/models/reader"))(np.array([5])).shape == (1, 384)


def test_actors_are_marked_from_their_first_piece_to_their_last() -> None:
    text = "Der Iran warnte Israel."
    (pieced,) = syntax_reader().pieced([split_words(text, Span(0, len(text)), "de")])
    marks = marks_of([(pieced, [(0, 2), (3, 4), (0, 0)])])
    kinds = marks.marks[0].tolist()
    assert kinds[0] == kinds[-1] == OUTSIDE, "the end marks are nobody"
    assert kinds[1] == BEGIN
    assert set(kinds[2 : int(pieced.last[1]) + 1]) == {INSIDE}
    assert marks.actors[0].sum(-1).round(5).tolist() == [1, 1, 0], "an unnamed actor has no pieces"


@given(st.lists(st.integers(3, 600), max_size=40))
def test_every_sentence_is_encoded_once_for_itself_and_blocks_are_bounded(sizes: list[int]) -> None:
    blocks = list(blocks_of(sizes))
    assert [i for block in blocks for i in range(block.own, block.end)] == list(range(len(sizes)))
    for block in blocks:
        assert sum(sizes[block.start : block.end]) <= MOST_PIECES or block.end - block.start == 1
    assert all(0 <= company <= i for i, company in enumerate(company_of(sizes)))


def test_joined_sentences_keep_their_words() -> None:
    texts = ("Der Iran warnte Israel.", "Kairo vermittelte.")
    pieced = syntax_reader().pieced([split_words(text, Span(0, len(text)), "de") for text in texts])
    whole = joined(pieced)
    of_words = [whole.ids[a : b + 1].tolist() for a, b in zip(whole.first, whole.last, strict=True)]
    alone = [p.ids[a : b + 1].tolist() for p in pieced for a, b in zip(p.first, p.last, strict=True)]
    assert of_words == alone


def test_every_root_has_a_relation_that_says_least() -> None:
    assert set(GENERAL) == set(ROOTS) == {relation_types()[name].root for name in GENERAL.values()}


@pytest.mark.parametrize(
    ("language", "marked", "root"),
    [
        ("en", "<s>Norway</s> imposed sanctions on <t>Belarus</t>.", "SANCTION"),
        ("de", "<t>Belgrad</t> wurde von <s>der EU-Kommission</s> scharf kritisiert.", "ACCUSE"),
        ("de", "<s>Der Außenminister</s> traf in Genf <t>seinen Amtskollegen</t>.", "CONSULT"),
        ("en", "<s>Rebels</s> shelled positions of <t>the army</t> near the border.", "ASSAULT"),
        ("de", "<s>Oslo</s> schickte <t>den Erdbebenopfern in Moldau</t> Zelte und Decken.", "AID"),
    ],
)
def test_plain_sentences_are_classified(
    classifier: Classifier, language: str, marked: str, root: str
) -> None:
    (found,) = classifier([marked], language)
    assert found.type == root
    assert sum(found.scores.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("language", "marked", "root"),
    [
        ("en", "<s>The president of Chile</s> will meet <t>his Peruvian counterpart</t> on Friday.", "AGREE"),
        ("de", "<s>Die Regierung</s> wird <t>die Gefangenen</t> am Montag freilassen.", "AGREE"),
        ("en", "<s>The rebels</s> will not hold talks with <t>the government</t>.", "REJECT"),
        ("de", "<s>Peking</s> wird gegen <t>Oslo</t> am Montag Sanktionen verhängen.", "THREATEN"),
    ],
)
def test_what_is_not_done_yet_is_agreed_refused_or_threatened(
    classifier: Classifier, language: str, marked: str, root: str
) -> None:
    """One answer has no modality beside it, so the root says it, as PLOVER defines AGREE."""
    (found,) = classifier([marked], language)
    assert found.type == root
    assert sum(found.scores.values()) == pytest.approx(1)


def test_order_and_company_do_not_change_a_score(classifier: Classifier) -> None:
    short, long = (
        "<s>Oslo</s> met <t>Rome</t>.",
        "<s>Oslo</s> asked <t>Rome</t> for " + "much " * 60 + "help.",
    )
    (alone,) = classifier([short], "en")
    first, _ = classifier([short, long], "en")
    assert first == alone


def test_marks_that_do_not_close_are_left_out() -> None:
    assert unmarked("<s>Iran</s> warned <t>Iraq") == ("Iran warned Iraq", {"s": Span(0, 4)})
    assert unmarked("<t></t>nobody</s>") == ("nobody", {})
    assert unmarked("<s> </s>nobody") == (" nobody", {})


def test_the_command_answers_a_line_each_and_goes_on_after_a_broken_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        '{"id": 7, "marked": "<s>Iran</s> warned <t>the United States</t> of an attack"}',
        "{",
        '{"id": "x", "marked": "nobody"}',
        json.dumps({"id": "long", "marked": "<s>Iran</s> warned of " + "attacks and " * 400}),
        '{"id": "b", "marked": "<s>Die Botschafter</s> trafen <t>die Ministerin</t>."}',
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert main(["classify", "-"]) == 1
    out, err = capsys.readouterr()
    answers = [json.loads(line) for line in out.splitlines()]
    assert [(answer["id"], answer["type"]) for answer in answers] == [(7, "THREATEN"), ("b", "CONSULT")]
    assert set(answers[0]["scores"]) == set(ROOTS)
    assert "-, line 2: malformed JSON" in err
    assert "-, line 3: no actor is marked; write <s>source</s>" in err
    assert "-, line 4: 1206 word pieces; at most 500 can be read" in err


@pytest.mark.parametrize("name", ["neural", "rules+neural"])
def test_the_layer_reads_an_article_with_evidence(name: str) -> None:
    text = "Der iranische Präsident kritisierte am Montag die israelische Regierung."
    reading = make_extractor(name).read(make_article(text=text, language="de"))
    assert {statement.relation for statement in reading.statements} == {"criticises"}
    (statement,) = reading.statements
    assert statement.trigger.of(text) == "kritisierte"
    assert statement.quote.of(text) == text


Roots = dict[str, float]


@dataclass
class Canned:
    """A layer that gives each pair the same roots, by the second word: some from left to right, some back."""

    onward: Roots
    back: Roots
    modalities: Sequence[float] = (0.2,) * len(MODALITIES)

    def __call__(self, scenes: Sequence[Scene]) -> list[PairScores | None]:
        return [self._scores(len(scene.actors) + len(scene.earlier)) for scene in scenes]

    def _scores(self, n: int) -> PairScores:
        roots = np.full((n, n, len(ROOTS) + 1), 0.001, np.float32)
        for direction, pairs in ((self.onward, np.triu_indices(n)), (self.back, np.tril_indices(n))):
            for root, score in direction.items():
                roots[(*pairs, 1 + ROOTS.index(root) if root in ROOTS else 0)] = score
        return PairScores(roots, np.tile(np.array(self.modalities), (n, n, 1)), np.ones((n, n), np.int64))


def read_with(layer: Canned, text: str, *, rules: bool) -> tuple[Statement, ...]:
    bars = BESIDE_RULES if rules else ALONE
    extractor = NeuralExtractor(syntax_reader(), cast("RelationLayer", layer), bars, rules=rules)
    return extractor.read(make_article(text=text, language="de")).statements


def told(roots: Roots, text: str) -> set[str]:
    """Return the relations that rules and layer tell of a text when the layer gives each pair these roots."""
    return {statement.relation for statement in read_with(Canned(roots, roots), text, rules=True)}


def test_a_refusal_that_the_layer_reads_is_not_negated_again() -> None:
    actual = [0.9 if modality is Modality.ACTUAL else 0.02 for modality in MODALITIES]
    refused = Canned({"REJECT": 0.8}, {}, actual)
    (claim,) = read_with(refused, "Norwegen akzeptierte Dänemark nicht.", rules=False)
    assert (relation_types()[claim.relation].root, claim.modality) == ("REJECT", Modality.ACTUAL)
    (claim,) = read_with(
        Canned({"ACCUSE": 0.8}, {}, actual), "Norwegen kritisierte Dänemark nicht.", rules=False
    )
    assert (claim.relation, claim.modality) == ("criticises", Modality.NEGATED)


def test_each_direction_of_a_pair_is_told_unless_the_other_says_the_same_more_surely() -> None:
    text = "Norwegen kritisierte Dänemark."
    both = Canned({"ACCUSE": 0.35}, {"ACCUSE": 0.4, "REQUEST": 0.5})
    found = {
        (s.actor.span.of(text), relation_types()[s.relation].root) for s in read_with(both, text, rules=False)
    }
    assert found == {("Norwegen", "ACCUSE"), ("Dänemark", "REQUEST")}
    same = Canned({"ACCUSE": 0.5}, {"ACCUSE": 0.4})
    assert [s.actor.span.of(text) for s in read_with(same, text, rules=False)] == ["Norwegen"]


def test_a_rule_gives_way_to_a_layer_that_is_sure_of_something_else() -> None:
    text = "Frankreich warnte am Montag die Türkei."
    assert told({"none": 0.5}, text) == {"warns"}
    assert told({"none": 0.95}, text) == set()
    assert told({"none": 0.1, "ACCUSE": 0.85}, text) == {"criticises"}
    assert told({"none": 0.1, "ACCUSE": 0.85, "THREATEN": 0.1}, text) == {"warns"}
