"""How the rules read typical sentences."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import ExtractorError
from kg.extract import make_extractor
from kg.extract.actors.chunks import Chunk
from kg.extract.relations.fillers import without
from kg.extract.rules import make
from kg.model import Article, Kind, Mention, Modality, Reading, Span


def read(text: str, language: str = "de") -> Reading:
    return make().read(Article("a", "", text, language))


def told(text: str, language: str = "de") -> set[tuple[str, str, str, str]]:
    """Return what is read as (relation, actor, recipient, modality)."""
    return {
        (s.relation, s.actor.span.of(text), s.recipient.span.of(text), s.modality.value)
        for s in read(text, language).statements
    }


def test_unknown_extractor_says_which_there_are() -> None:
    with pytest.raises(ExtractorError, match=r"installed: .*rules"):
        make_extractor("petrarch")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Frankreich hat den Iran verurteilt.", ("condemns", "Frankreich", "Iran", "actual")),
        ("de", "Der Iran wurde von Frankreich verurteilt.", ("condemns", "Frankreich", "Iran", "actual")),
        ("de", "Frankreich lehnte den Vorschlag der USA ab.", ("rejects", "Frankreich", "USA", "actual")),
        ("de", "Die Türkei hat Israel nicht bedroht.", ("threatens", "Türkei", "Israel", "negated")),
        ("de", "Japan könnte China sanktionieren.", ("sanctions", "Japan", "China", "possible")),
        ("de", "Die Kritik Polens an Ungarn hält an.", ("criticises", "Polens", "Ungarn", "actual")),
        ("en", "France condemned Iran.", ("condemns", "France", "Iran", "actual")),
        ("en", "Iran was condemned by France.", ("condemns", "France", "Iran", "actual")),
        ("en", "France will not attack Syria.", ("attacks", "France", "Syria", "negated")),
        ("en", "Japan may sanction China.", ("sanctions", "Japan", "China", "possible")),
        ("en", "Poland's criticism of Hungary grew.", ("criticises", "Poland", "Hungary", "actual")),
    ],
)
def test_voice_negation_modality_and_nouns(
    language: str, text: str, expected: tuple[str, str, str, str]
) -> None:
    assert expected in told(text, language)


def test_both_of_a_coordinated_subject_meet() -> None:
    found = told("Bundeskanzler Olaf Scholz und Präsident Emmanuel Macron trafen sich in Paris.")
    assert ("meets", "Bundeskanzler Olaf Scholz", "Präsident Emmanuel Macron", "actual") in found


def test_a_plan_is_no_fact() -> None:
    text = "Der türkische Präsident kündigte ein Treffen mit Wladimir Putin an."
    assert {s.modality for s in read(text).statements} == {Modality.PLANNED}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Finland said that Norway would sanction Japan.", "planned"),
        ("en", "Finland said that Norway would sanction Japan if talks failed.", "conditional"),
        ("de", "Oslo erklärte, Finnland würde Japan angreifen.", "planned"),
        ("de", "Finnland würde Japan angreifen.", "conditional"),
    ],
)
def test_the_future_of_a_report_is_a_plan_and_no_condition(language: str, text: str, expected: str) -> None:
    assert {str(s.modality) for s in read(text, language).statements} == {expected}


def test_what_an_investigation_does_not_find_leaves_the_investigation() -> None:
    found = told("An investigation of Norway by Finland found no proof.", "en")
    assert ("investigates", "Finland", "Norway", "actual") in found


def test_reporting_is_told_from_acting() -> None:
    text = "Die Ukraine habe Russland angegriffen, sagte ein Sprecher des Kremls."
    (statement,) = read(text).statements
    assert statement.relation == "attacks"
    assert statement.speakers[0].span.of(text).startswith("Sprecher")


def test_an_agency_and_its_source_form_a_chain() -> None:
    text = "Israel habe die USA gewarnt, berichtete die Nachrichtenagentur Reuters unter Berufung auf zwei Diplomaten."
    (statement,) = [s for s in read(text).statements if s.relation == "warns"]
    names = [s.span.of(text) for s in statement.speakers]
    assert "Diplomaten" in names[0]
    assert names[-1].endswith("Reuters")


def test_a_report_in_konjunktiv_goes_on_after_its_speaker() -> None:
    text = "Man sei besorgt, sagte Präsident Emmanuel Macron. Der Iran habe Israel bedroht. Israel warnte den Iran."
    speakers = {s.relation: [x.name for x in s.speakers] for s in read(text).statements}
    assert speakers == {"threatens": ["Emmanuel Macron"], "warns": []}


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Iranische Soldaten hätten Israel angegriffen.", ["Emmanuel Macron"]),
        ("Sonst hätten iranische Soldaten Israel angegriffen.", []),
        ("Iranische Soldaten hatten Israel angegriffen.", []),
    ],
)
def test_the_plural_is_reported_in_konjunktiv_ii(sentence: str, who: list[str]) -> None:
    statements = read(f"Präsident Emmanuel Macron verurteilte den Angriff. {sentence}").statements
    assert [[x.name for x in s.speakers] for s in statements if s.relation == "attacks"] == [who]


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("en", '"Iran attacked Israel in the night," Emmanuel Macron said on Friday.', "Emmanuel Macron"),
        ("en", 'Emmanuel Macron said: "It was late. Iran attacked Israel in the night."', "Emmanuel Macron"),
        (
            "en",
            '"It was late," Emmanuel Macron said. "Iran attacked Israel in the night."',
            "Emmanuel Macron",
        ),
        ("de", "„Der Iran griff Israel in der Nacht an“, sagte Emmanuel Macron.", "Emmanuel Macron"),
        ("de", "Emmanuel Macron: „Der Iran griff Israel in der Nacht an“", "Emmanuel Macron"),
        ("en", 'Emmanuel Macron said it was late. Iran attacked Israel in the "war of the night".', ""),
        ("en", '"I thank the United States for everything," Emmanuel Macron said.', ""),
    ],
)
def test_what_is_quoted_is_said_by_who_is_quoted(language: str, text: str, who: str) -> None:
    (statement,) = read(text, language).statements
    assert [speaker.name for speaker in statement.speakers] == [who] * bool(who)


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("de", "Der Iran wies Berichte des Senders CNN zurück, wonach er Israel angegriffen habe.", ["CNN"]),
        ("de", "Der Iran wies den Vorwurf der USA zurück, er habe Israel angegriffen.", ["USA"]),
        (
            "de",
            "In einem Bericht der New York Times heißt es, der Iran habe Israel angegriffen.",
            ["New York Times"],
        ),
        ("en", "Russia denied a report by Reuters that Iran had attacked Israel.", ["Reuters"]),
        ("de", "Der Iran griff Israel an, der Sender CNN dagegen spricht von einem Unfall.", []),
        (
            "de",
            "Der Iran griff Israel an, sagte Emmanuel Macron der New York Times.",
            ["Emmanuel Macron", "New York Times"],
        ),
        ("de", "Der Iran griff Israel an, sagte Emmanuel Macron dem Bundestag.", ["Emmanuel Macron"]),
        ("en", "Iran attacked Israel, Emmanuel Macron told the National Assembly.", ["Emmanuel Macron"]),
    ],
)
def test_who_is_behind_a_report_says_it(language: str, text: str, who: list[str]) -> None:
    (statement,) = [s for s in read(text, language).statements if s.relation == "attacks"]
    assert [speaker.name for speaker in statement.speakers] == who


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Iran habe Israel angegriffen, sagten Emmanuel Macron und Angela Merkel."),
        ("de", "„Der Iran hat Israel in der Nacht angegriffen“, sagten Emmanuel Macron und Angela Merkel."),
        ("de", "Emmanuel Macron und Angela Merkel sagten, es sei spät. Der Iran habe Israel angegriffen."),
        ("en", "According to Emmanuel Macron and Angela Merkel, Iran attacked Israel."),
    ],
)
def test_speakers_of_one_list_say_it_together(language: str, text: str) -> None:
    (statement,) = [s for s in read(text, language).statements if s.relation == "attacks"]
    assert [(s.name, s.joint) for s in statement.speakers] == [
        ("Emmanuel Macron", False),
        ("Angela Merkel", True),
    ]


def test_who_speaks_beside_one_that_is_left_out_joins_no_other_link() -> None:
    agency, france, germany = (
        Chunk(i, i + 1, i, Mention(Span(i, i + 1), Kind.STATE, name, joint=name == "Germany"))
        for i, name in enumerate(("Reuters", "France", "Germany"))
    )
    chain = [agency, france, germany]
    assert [m.joint for m in without(chain, ())] == [False, False, True]
    assert [(m.name, m.joint) for m in without(chain, {france.start})] == [
        ("Reuters", False),
        ("Germany", False),
    ]


@pytest.mark.parametrize(
    ("words", "name", "of"),
    [
        ("Der Sender CNN", "CNN", ()),
        ("Die Gruppe Hamas", "Hamas", ()),
        ("Kämpfer der Hamas", "", ("hamas",)),
    ],
)
def test_a_noun_before_a_name_is_no_part_of_what_it_names(words: str, name: str, of: tuple[str, ...]) -> None:
    mention = next(iter(read(f"{words} verurteilte Israel.").mentions))
    assert (mention.name, mention.of) == (name, of)


def test_owners_of_a_plural_office_are_two_parties() -> None:
    text = "Die Außenminister Frankreichs und Deutschlands warnten den Iran."
    owners = {s.actor.of for s in read(text).statements if s.relation == "warns"}
    assert owners == {("france",), ("germany",)}


@given(st.text(max_size=300), st.sampled_from(["de", "en"]))
@example("\x00", "de")
@settings(max_examples=25, deadline=None)
def test_no_text_breaks_the_extractor(text: str, language: str) -> None:
    if text.strip():
        read(text, language)


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("de", "Die Ukraine bat um 26 Millionen US-Dollar.", ["Ukraine"]),
        ("de", "Kuba bat um drei Milliarden amerikanische Dollar.", ["Kuba"]),
        ("de", "Kuba bat um amerikanische Hilfe.", ["Kuba", "amerikanische"]),
        ("en", "France gave Mali 40 million Canadian dollars.", ["France", "Mali"]),
        ("en", "Qatar lent Chad US$400 million.", ["Qatar", "Chad"]),
        ("en", "Israel pounds Gaza.", ["Israel", "Gaza"]),
    ],
)
def test_money_is_no_actor(language: str, text: str, actors: list[str]) -> None:
    assert [mention.span.of(text) for mention in read(text, language).mentions] == actors
