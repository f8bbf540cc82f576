"""Pronouns, short names, descriptions and offices: whom they mean depends on what the article said before."""

from datetime import date
from functools import lru_cache

import pytest

from kg.extract.base import Extractor
from kg.extract.rules import make
from kg.knowledge.entities import shipped
from kg.model import Article
from kg.resolve.linking import ArticleLinker

DAY = date(2006, 5, 31)


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return make()


def meant(text: str, *, day: date = DAY) -> str:
    """Return the id of whom the words between asterisks mean, "" for nobody."""
    before, words, after = text.split("*")
    plain = before + words + after
    language = "de" if any(word in plain.split() for word in ("der", "die", "das", "und", "mit")) else "en"
    reading = extractor().read(Article("a", "", plain, language, day))
    linker = ArticleLinker(reading)
    end = len(before) + len(words)
    for mention in reading.mentions:
        if mention.span.start < end and len(before) < mention.span.end:
            entity = linker.actor(mention) or linker.entity(mention)
            return entity.id if entity else ""
    return ""


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Die Gespräche führte der *iranische Außenminister* mit der EU.", "manouchehr-mottaki"),
        ("The *French president* warned Iran.", "jacques-chirac"),
        (
            "Präsident Hamid Karsai besuchte Pakistan. Er sagte, *sein Land* und die NATO warnten.",
            "afghanistan",
        ),
        (
            "Der französische Präsident Jacques Chirac warnte die USA. *Das Land* und China schwiegen.",
            "united-states",
        ),
        ("Die Verhandlungen mit Kuba scheiterten. *Die Regierung* kritisierte das und schwieg.", "cuba"),
        ("Angela Merkel met Jacques Chirac. *Merkel* thanked him.", "angela-merkel"),
        ("George W. Bush met John Bolton. He thanked *John* for his work.", "john-bolton"),
        ("Albrecht Conze besuchte das Lager. Später kritisierte *Conze* die Regierung.", "albrecht-conze"),
        ("Queen Elizabeth II visited Canada. Later *the Queen* thanked the government.", "elizabeth-ii"),
        ('"*I* asked Iran to stop," said Condoleezza Rice.', "condoleezza-rice"),
        (
            "Germany's Angela Merkel criticised the plan. *The Bush administration* rejected it.",
            "united-states",
        ),
    ],
)
def test_who_is_meant(text: str, id: str) -> None:
    assert meant(text) == id


@pytest.mark.parametrize(
    "text",
    [
        "Iran elected *a president* in June and warned Israel.",
        "He became *prime minister* of a country that nobody named.",
        "Sie sprachen mit *mehreren Staaten* und die Gespräche scheiterten.",
    ],
)
def test_one_of_many_is_nobody_in_particular(text: str) -> None:
    assert meant(text) not in shipped().records


def test_a_counterpart_holds_the_same_office_in_the_other_state() -> None:
    text = "Außenminister Frank-Walter Steinmeier telefonierte mit *seinem russischen Amtskollegen* in der Nacht."
    assert meant(text) == "sergey-lavrov"


def test_an_office_is_its_holder_on_the_day() -> None:
    text = "The *US secretary of state* criticised Iran."
    assert meant(text) == "condoleezza-rice"
    assert meant(text, day=date(2015, 7, 14)) == "john-kerry"


def test_a_capital_acts_or_is_a_place_by_its_role() -> None:
    assert meant("*Moskau* warnte die USA und die NATO.") == "russia"
    assert meant("Die Minister trafen sich in *Moskau* mit der Presse.") == "moscow"
    assert meant("*Washington* warned Iran.") == "united-states"
    assert meant("The ministers met in *Washington* on Monday.") == "washington-dc"
