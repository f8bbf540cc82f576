"""A user's own predicates: refused row by row, read before the shipped ones, by every back end and worker."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import kg
from kg.backup import backup, restore
from kg.build import extract
from kg.engines.shards import read_shard
from kg.errors import ReadError, TableError
from kg.extract import make_extractor
from kg.folder import PREDICATES
from kg.knowledge.entities import KnowledgeBase, shipped, using
from kg.knowledge.own import with_own
from kg.knowledge.own_predicates import merged_predicates
from kg.knowledge.predicates import predicate_lexicon
from kg.model import Article, Claim, Modality
from kg.records import Entry

HEADER: Final = ("language", "predicate", "pos", "relation", "actor", "recipient")
PARLEY: Final = ("en", "parley", "verb", "negotiates", "subj", "with")
SLAP: Final = ("de", "abwatschen", "verb", "criticises", "subj", "obj")
HOST: Final = ("en", "host", "verb", "threatens", "subj", "obj")
TEXT: Final = "Turkey parleyed with Greece in Geneva on Monday. France hosted Iran on Tuesday."
ARTICLE: Final = Article("a", "", TEXT, "en", date(2026, 2, 3))
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a table of rows of cells and returns its path."""

    def write(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, name: str = "words.tsv") -> Path:
        path = tmp_path / name
        path.write_text("".join("\t".join(cells) + "\n" for cells in (header, *rows)), "utf-8")
        return path

    return write


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return an article on the disk."""
    path = tmp_path / "a.txt"
    path.write_text(f"Talks\n\n{TEXT}\n", "utf-8")
    return path


def own(*paths: Path) -> KnowledgeBase:
    return with_own(shipped(), predicates=paths)


def read(source: Path, *tables: Path, extractor: str = "rules") -> dict[str, Claim]:
    settings = kg.Settings(extractor=extractor, predicates=tables, published=date(2026, 2, 3), language="en")
    (entry,) = extract(source, settings)
    assert isinstance(entry, Entry)
    return {claim.relation: claim for claim in entry.claims}


def test_own_rows_stand_before_the_shipped_ones_of_their_language(write: Write) -> None:
    kb = own(write(PARLEY, HOST), write(SLAP, name="german.tsv"))
    with using(kb):
        alone = [f.relation for f in predicate_lexicon("en").lookup("host", "verb") if not f.fixed]
        assert alone[0] == "threatens"
        assert "hosts" in alone
        assert predicate_lexicon("de").lookup("abwatschen", "verb")
        assert not predicate_lexicon("en").lookup("abwatschen", "verb")
    assert not predicate_lexicon("de").lookup("abwatschen", "verb")


def test_what_a_row_says_of_its_negation_holds(write: Write, tmp_path: Path) -> None:
    source = tmp_path / "b.txt"
    source.write_text("Talks\n\nTurkey did not parley with Greece in Geneva on Monday.\n", "utf-8")
    table = write((*PARLEY, "refuses"), header=(*HEADER, "negated"))
    assert {relation: claim.modality for relation, claim in read(source, table).items()} == {
        "refuses": Modality.ACTUAL
    }


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("fr", *PARLEY[1:]), "language 'fr' must be one of de, en"),
        (("", *PARLEY[1:]), "language '' must be one of de, en"),
        (("en", "", *PARLEY[2:]), "predicate is empty"),
        (("en", "parley", "adverb", *PARLEY[3:]), "pos 'adverb' must be verb, noun or adj"),
        ((*PARLEY[:3], "negotiate", "subj", "with"), "unknown relation 'negotiate'; use a relation of ontology/plover"
         ".ttl, such as negotiates"),
        ((*PARLEY[:3], "", "subj", "with"), "unknown relation ''; use a relation"),
        ((*PARLEY[:4], "", "with"), "actor is empty; name a slot (both, clause, dat, gen, obj, poss, subj)"),
        ((*PARLEY[:4], "subject", "with"), "actor 'subject' is none; name a slot (both, clause"),
        ((*PARLEY[:5], "on behalf of"), "recipient 'on behalf of' is none; name a slot"),
        ((*PARLEY, "maybe"), "modality 'maybe' must be one of actual, planned"),
        ((*PARLEY, "", "refuse"), "unknown negated 'refuse'; use a relation of ontology/plover.ttl, such as refuses"),
        ((*PARLEY, "", "", "They met."), "example must mark one <s>actor</s> and one <t>recipient</t>, or be empty"),
        ((*PARLEY, "", "", "", "", "more"), "11 cells, but the header has 10"),
    ],
)  # fmt: skip
def test_a_broken_row_is_refused_by_file_row_and_cure(
    write: Write, cells: tuple[str, ...], message: str
) -> None:
    path = write(HOST, cells, header=(*HEADER, "modality", "negated", "example", "note"))
    with pytest.raises(TableError) as raised:
        own(path)
    assert str(raised.value).startswith(f"{path}, row 3: {message}")
    assert "\n" not in str(raised.value)


def test_a_table_of_another_form_is_refused_with_what_it_lacks(write: Write) -> None:
    with pytest.raises(TableError, match=r"row 1: no column language; found predicate, pos, .*; add it"):
        own(write(PARLEY[1:], header=HEADER[1:]))
    with pytest.raises(
        TableError, match="row 1: unknown column 'modus'; remove it, or use one of language, "
    ):
        own(write((*PARLEY, ""), header=(*HEADER, "modus")))
    with pytest.raises(TableError, match=r"no column language, .*; columns are parted by tabs"):
        own(write((",".join(PARLEY),), header=(",".join(HEADER),)))
    with pytest.raises(
        TableError, match=r"b\.tsv, row 2: 'parley' is there already in .*a\.tsv, row 2; remove"
    ):
        own(write(PARLEY, name="a.tsv"), write(PARLEY, name="b.tsv"))


def test_the_name_of_the_extractor_follows_the_rows_and_not_the_name_of_the_file(write: Write) -> None:
    def name(path: Path) -> str:
        with using(own(path)):
            return make_extractor("rules").name

    first = name(write(PARLEY))
    assert "+own." in first
    assert first == name(write(PARLEY, name="other.tsv"))
    assert first != name(write(PARLEY, SLAP))
    merged = write(PARLEY, SLAP).with_name("merged.tsv")
    merged.write_bytes(merged_predicates([write(PARLEY), write(SLAP, name="german.tsv")]))
    assert name(merged) == name(write(PARLEY, SLAP))


def test_the_rules_read_an_own_word_and_name_its_row(write: Write, source: Path) -> None:
    assert set(read(source)) == {"hosts"}
    found = read(source, write(PARLEY, HOST))
    assert set(found) == {"negotiates", "threatens"}
    assert found["negotiates"].cues[0] == "own/en:parley"
    assert found["negotiates"].quote == "Turkey parleyed with Greece in Geneva on Monday."


def test_an_own_row_is_not_overruled_by_the_learned_layer(write: Write, source: Path) -> None:
    found = read(source, write(PARLEY, HOST), extractor="rules+neural")
    assert {"negotiates", "threatens"} <= set(found)
    assert "hosts" not in found


def test_the_layer_alone_takes_the_relation_from_an_own_row(write: Write, source: Path) -> None:
    assert "negotiates" not in read(source, extractor="neural")
    found = read(source, write(PARLEY), extractor="neural")
    assert "own/en:parley" in found["negotiates"].cues


def test_a_row_of_more_words_goes_before_an_own_row_of_fewer(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text("Talks\n\nTurkey called off the meeting with Greece on Monday.\n", "utf-8")
    plain = read(path)
    assert plain
    kept = read(path, write(("en", "call", "verb", "telephones", "subj", "with")))
    assert {r: claim.modality for r, claim in kept.items()} == {r: c.modality for r, c in plain.items()}


def test_workers_know_the_own_words(write: Write) -> None:
    settings = kg.Settings(extractor="rules", predicates=(write(PARLEY),))
    (entry,) = read_shard(settings, (ARTICLE,))
    assert not isinstance(entry, ReadError)
    assert {claim.relation for claim in entry.claims} == {"negotiates", "hosts"}
    assert "+own." in entry.extractor


def test_a_build_keeps_the_words_and_reads_again_when_they_change(
    write: Write, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "graph"
    settings = kg.Settings(
        extractor="rules", predicates=(write(PARLEY),), published=date(2026, 2, 3), language="en"
    )
    assert "negotiates" in {claim.relation for claim in kg.build(source, out, settings).claims}
    assert kg.build(source, out, settings).summary.new == 0
    write(PARLEY, HOST)
    built = kg.build(source, out, settings)
    assert built.summary.new == 1
    assert {claim.relation for claim in built.claims} == {"negotiates", "threatens"}
    plain = kg.Settings(extractor="rules", published=date(2026, 2, 3), language="en")
    assert kg.build(source, out, plain).summary.new == 0  # the folder keeps the table
    restored = restore(backup(out, tmp_path / "backup.tar.gz"), tmp_path / "restored")
    assert kg.build(source, restored, plain).summary.new == 0
    (out / PREDICATES).unlink()
    assert {claim.relation for claim in kg.build(source, out, plain).claims} == {"hosts"}


def test_settings_take_tables_as_people_write_them(write: Write) -> None:
    path = write(PARLEY)
    for given in (path, str(path), [path], [str(path)]):
        settings = kg.Settings(predicates=given, entities=given, judgements=path)  # type: ignore[arg-type]
        assert settings == kg.Settings(predicates=(path,), entities=(path,), judgements=path)
        assert hash(settings)
