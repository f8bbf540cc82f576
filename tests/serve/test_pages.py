"""The pages as a browser gets them: what stands in them, and that nothing from an article is markup."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.serve.pages.marks import pieces
from kg.serve.pages.timeline import HEIGHT, WIDTH, timeline
from tests.serve.conftest import Server
from tests.serve.corpus import DENIED, MET, PAYLOADS, TALKS

ALLOWED = frozenset(
    """html head meta title link script body a header nav img form input button main p h1 h2 h3 small section svg line
    rect text path g dl div dt dd span time article blockquote mark bdi b cite ul li table thead tbody tr th td select
    option label aside code textarea""".split()  # noqa: SIM905 - a column of names reads worse
)
HANDLED: tuple[str, ...] = (
    "/assets/theme.js",
    "/assets/explore.js",
    "/assets/editor.js",
    "/assets/vendor/yasgui.min.js",
)


class Markup(HTMLParser):
    """Collects what could run or lead away."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.problems: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.problems.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and not re.match(r"/|#|https?://", value or ""):
                self.problems.append(f"{tag} {name}={value}")
        if tag == "script" and dict(attrs).get("src") not in HANDLED:
            self.problems.append(f"script {attrs}")
        if tag == "img" and dict(attrs).get("src") != "/assets/icon.svg":
            self.problems.append(f"img {attrs}")


def page(server: Server, path: str, status: int = 200) -> str:
    reply = server.ask(path)
    assert reply.status == status, reply.text[:300]
    found = Markup(reply.text)
    assert found.problems == []
    assert found.tags <= ALLOWED, found.tags - ALLOWED
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", reply.text)))


def test_the_start_counts_and_leads_on(server: Server) -> None:
    text = page(server, "/en/")
    assert f"{2 + len(PAYLOADS)} Articles" in text
    assert f"{4 + len(PAYLOADS)} claims" in text
    assert f"{1 + len(PAYLOADS)} contested events" in text and "7 Mar 2026" in text
    german = server.ask("/", headers={"Accept-Language": "de-AT,en;q=0.5"})
    assert (german.status, german.headers["location"]) == (303, "/de/")


def test_an_actor_is_found_by_part_of_its_name_in_any_language(server: Server) -> None:
    assert "United States" in page(server, "/en/?q=united%20st")
    assert "USA" in page(server, "/de/?q=united%20st"), "found by the English name, shown in German"
    assert "Kein Akteur heißt so" in page(server, "/de/?q=zzz")
    assert "Kein Akteur heißt so" in page(server, f"/de/?q={quote('nobody<script>')}")


def test_an_actor_shows_its_relations_with_evidence(server: Server) -> None:
    text = page(server, "/en/actor?id=iran")
    for shown in (
        "state · IRN",
        MET,
        "met",
        "two senior",
        "Reuters",
        "on Tuesday",
        "3 Feb 2026",
        "Abbas Araghchi",
    ):
        assert shown.lower() in text.lower()
    assert 'data-testid="timeline"' in server.ask("/en/actor?id=iran").text


def test_an_actor_can_be_narrowed(server: Server) -> None:
    def count(path: str) -> int:
        found = re.search(r'data-claims="(\d+)"', server.ask(path).text)
        assert found
        return int(found[1])

    everything = count("/en/actor?id=iran")
    assert everything == 4 + len(PAYLOADS)
    assert count("/en/actor?id=iran&scope=alone") == 2 + len(PAYLOADS), "without its minister"
    assert count("/en/actor?id=iran&family=verbalCooperation") == 3
    assert count("/en/actor?id=iran&modality=negated") == 1
    assert count("/en/actor?id=iran&other=steve-witkoff") == 3
    assert count("/en/actor?id=iran&first=2026-02-04") == 1, "the hostile claims name an earlier day"
    assert count("/en/actor?id=iran&first=nonsense&page=-1") == everything
    assert count("/en/actor?id=iran&modality=nonsense") == 0


def test_an_event_shows_both_sides_and_what_contradicts_what(server: Server) -> None:
    html = server.ask("/en/event?id=contested-talks").text
    text = page(server, "/en/event?id=contested-talks")
    assert text.index("As reported") < text.index(MET) < text.index("Denied") < text.index(DENIED)
    assert "The sources contradict each other" in text
    assert html.count("Contradicts") == 2
    assert "Reuters" in text and "IRNA" in text


def test_an_article_shows_its_text_with_its_claims(server: Server) -> None:
    html = server.ask("/en/article?id=talks").text
    shown = html.partition('data-testid="text">')[2].partition("</div>")[0]
    numbers = re.findall(r'<a class="number"[^>]*>(\d)</a>', shown)
    assert numbers == ["1", "2", "3"]
    plain = unescape(re.sub(r"<[^>]*>", "", re.sub(r'<a class="number".*?</a>', "", shown)))
    assert plain == TALKS.text, "no character is lost"
    assert "<mark>met</mark>" in shown and "<mark>warnen</mark>" in shown
    assert "foreign minister" in page(server, "/en/article?id=talks")


def test_the_editor_offers_the_named_queries_and_works_without_script(server: Server) -> None:
    text = page(server, "/de/query?name=who-met-whom")
    assert "Wer wen traf, und ob es dazu kam" in text
    assert "?event a dk:Event" in text
    assert "ASK { <b> }" in page(server, f"/en/query?query={quote('ASK { <b> }')}")


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_hostile_articles_are_text(server: Server, number: int) -> None:
    for path in (f"article?id=hostile-{number}", f"actor?id=x{number}"):
        text = page(server, f"/en/{path}")
        assert " ".join(PAYLOADS[number].split()[:2]) in text
    for path in (
        "/en/articles",
        "/en/events",
        "/en/events?status=contested",
        "/en/?q=x",
        "/en/actor?id=iran",
    ):
        page(server, path)
    page(server, f"/en/?q={quote(PAYLOADS[number])}")
    page(server, f"/en/query?query={quote(PAYLOADS[number])}")
    page(server, f"/en/actor?id={quote(PAYLOADS[number])}", 404)


def test_what_is_not_there_is_said_in_both_languages(server: Server) -> None:
    for path in (
        "/de/actor?id=nobody",
        "/de/event?id=x",
        "/de/article?id=x",
        "/de/claim?id=x",
        "/de/nirgends",
    ):
        assert "Das gibt es hier nicht" in page(server, path, 404)
    assert "no such thing" in page(server, "/en/actor?id=a%20b%3Ec", 404)


def test_iris_of_the_graph_lead_to_their_pages(server: Server) -> None:
    reply = server.ask(
        "/resource", iri="https://w3id.org/diplokg/entity/iran", headers={"Accept-Language": "de"}
    )
    assert (reply.status, reply.headers["location"]) == (303, "/de/actor?id=iran")
    for claim in re.findall(r'id="c-(\w+)"', server.ask("/en/article?id=denial").text):
        reply = server.ask(f"/en/claim?id={claim}")
        assert (reply.status, reply.headers["location"]) == (303, f"/en/article?id=denial#c-{claim}")


spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: Span(pair[0], sum(pair)))


@given(st.text(max_size=50), st.lists(st.tuples(spans, spans), max_size=6))
def test_pieces_are_the_text_whatever_overlaps(text: str, claims: list[tuple[Span, Span]]) -> None:
    quotes, triggers = [quote for quote, _ in claims], [trigger for _, trigger in claims]
    cut = pieces(text, quotes, triggers)
    assert "".join(piece.text for piece in cut) == text
    for number, quoted in enumerate(quotes):
        covered = "".join(piece.text for piece in cut if number in piece.claims)
        assert covered == text[quoted.start : quoted.end]


families = st.sampled_from(["verbalCooperation", "materialConflict", "other"])


@given(st.lists(st.tuples(st.dates(), families), min_size=1, max_size=30))
def test_a_timeline_counts_every_claim_and_stays_in_its_frame(claims: list[tuple[object, str]]) -> None:
    made = timeline(claims)  # type: ignore[arg-type]
    assert sum(bar.count for bar in made.bars) == len(claims)
    for block in (block for bar in made.bars for block in bar.blocks):
        assert block.x >= 0 and block.x + block.width <= WIDTH + 1
        assert block.y >= -0.2 and block.y + block.height <= HEIGHT + 0.2
