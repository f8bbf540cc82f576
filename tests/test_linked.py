"""The score of linking: what counts as right, what is not held against a linker, who was merged."""

from datetime import date
from pathlib import Path

import pytest

from kg.errors import TableError
from kg.evaluate.linked import LinkScore, links_text
from kg.evaluate.links import GoldLink, load_links
from kg.model import Article, Entity, Kind, Mention, Span
from kg.resolve.linking.mentions import Link

ARTICLE = Article("a", "", "Ann met Bob, the envoy of Norland, and Ann left.", "en", date(2020, 1, 1))
ANN, BOB, AGAIN, ENVOY = Span(0, 3), Span(8, 11), Span(39, 42), Span(8, 33)


def gold(head: Span, entity: str, *, kind: Kind = Kind.PERSON, span: Span | None = None) -> GoldLink:
    return GoldLink(
        span or head, head, entity, kind if entity else None, "", "name" if entity else "unscored"
    )


def link(span: Span, id: str, *, kind: Kind = Kind.PERSON, known: bool = True, name: str = "x") -> Link:
    return Link(Mention(span, kind, name=name), Entity(id, kind, (("en", id),)), "", known)


def scored(golds: list[GoldLink], links: list[Link]) -> LinkScore:
    found = LinkScore()
    found.add(ARTICLE, tuple(golds), links, ())
    return found


def counts(score: LinkScore) -> tuple[int, int, int]:
    one = score.counts["en", ""]
    return one.gold, one.predicted, one.right


def test_the_very_entity_is_right_and_another_one_is_wrong_on_both_sides() -> None:
    assert counts(scored([gold(ANN, "ann")], [link(ANN, "ann")])) == (1, 1, 1)
    assert counts(scored([gold(ANN, "ann")], [link(ANN, "bob")])) == (1, 1, 0)
    assert counts(scored([gold(ANN, "ann")], [])) == (1, 0, 0)


def test_an_unknown_entity_may_have_any_id_but_the_same_one_throughout() -> None:
    golds = [gold(ANN, "ann"), gold(AGAIN, "ann")]
    same = [link(ANN, "ann-x", known=False), link(AGAIN, "ann-x", known=False)]
    split = [link(ANN, "ann-x", known=False), link(AGAIN, "ann-y", known=False)]
    assert counts(scored(golds, same)) == (2, 2, 2)
    assert counts(scored(golds, split)) == (2, 2, 1)


def test_an_owner_inside_a_phrase_and_an_unscored_group_are_not_held_against_a_linker() -> None:
    owner, group = link(Span(26, 33), "norland", kind=Kind.STATE), link(AGAIN, "ann")
    score = scored([gold(BOB, "bob", span=ENVOY), gold(AGAIN, "")], [link(ENVOY, "bob"), owner, group])
    assert counts(score) == (1, 1, 1)


def test_a_link_where_the_gold_has_none_is_wrong() -> None:
    assert counts(scored([gold(ANN, "ann")], [link(ANN, "ann"), link(AGAIN, "ann")])) == (1, 2, 1)


def test_two_persons_under_one_id_are_merged() -> None:
    score = scored([gold(ANN, "ann"), gold(BOB, "bob")], [link(ANN, "ann"), link(BOB, "ann")])
    assert score.merged() == {"ann": ("ann", "bob")}
    assert "persons merged: 1" in links_text(score)


def test_the_gold_stands_in_the_articles_that_it_is_of() -> None:
    links = load_links()
    assert len(links) == 28
    assert all(one.entity and one.kind for golds in links.values() for one in golds if one.scored)


def test_a_damaged_row_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    header = "article\tstart\tend\thead_start\thead_end\tentity\tkind\tstate\tform\n"
    (folder / "mentions.tsv").write_text(header + "a\t5\t9\t1\t3\tiran\tstate\tIRN\tname\n", "utf-8")
    with pytest.raises(TableError, match=r"mentions\.tsv.*2.*outside"):
        load_links(folder.parent)
