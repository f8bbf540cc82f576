"""Records a run over three sample articles: ``python -m tests.llm_recording`` writes the file of answers.

No model was asked. The answers are written by hand, in the words that a model would use, with two inventions and
a claim outside the scheme among them; the server of the tests gives them. After a change of a prompt or of the
passages the recording is made anew.
"""

import json
from pathlib import Path
from typing import Final

from kg.build import extract
from kg.config import LlmSettings, Settings
from kg.resources import resource
from tests.llm_server import Body, serving

RECORDING: Final = Path(__file__).parent / "recordings" / "llm-answers.jsonl"
MODEL: Final = "by-hand"

FIELDS: Final = (
    "relation",
    "actor",
    "recipient",
    "modality",
    "speakers",
    "when",
    "place",
    "trigger",
    "quote",
)
ANSWERS: Final[dict[str, tuple[tuple[object, ...], ...]]] = {
    "sample-en-skripal-britain-expels-23": (
        ("expelsDiplomats", "Britain", "Russian diplomats", "planned", ["Theresa May"], "", "", "expel",
         "Britain will expel 23 Russian diplomats after Moscow let a deadline pass"),
        ("suspends", "May", "Russia", "actual", [], "", "", "suspended",
         "May also suspended all planned high-level contacts with Russia and withdrew an invitation to Foreign "
         "Minister Sergei Lavrov to visit Britain."),
        ("rejects", "The Russian embassy in London", "London", "actual", [], "", "", "rejected",
         "The Russian embassy in London rejected the expulsions as hostile and unjustified."),
        ("supports", "Washington", "Britain", "actual", ["U.S. ambassador Nikki Haley"], "", "New York",
         "stood in solidarity", "Nikki Haley said that Washington stood in solidarity with Britain and believed "
         "that Russia was responsible."),
        ("telephones", "Donald Trump", "May", "actual", ["White House"], "the day before", "", "telephone call",
         "U.S. President Donald Trump had agreed with May in a telephone call the day before that Russia must "
         "provide unambiguous answers, according to the White House."),
        ("consults", "Angela Merkel", "May", "actual", ["a spokesman"], "on Tuesday", "", "spoke",
         "German Chancellor Angela Merkel, who also spoke to May on Tuesday, condemned the poisoning in the "
         "strongest terms, a spokesman said."),
        ("attacks", "Russia", "Sergei Skripal", "actual", [], "", "Salisbury", "poisoned",
         "Russia poisoned Sergei Skripal and his daughter in Salisbury."),
    ),
    "sample-en-grain-signing-announced": (
        ("signs", "Russia", "Ukraine", "planned", ["the office of Turkish President Recep Tayyip Erdogan"],
         "on Friday", "", "sign", "Russia and Ukraine will sign an agreement on Friday that could reopen three "
         "Ukrainian ports for the export of grain"),
        ("accuses", "Ned Price", "Moscow", "actual", [], "", "", "accused",
         "State Department spokesman Ned Price said that the United States would concentrate on holding Russia to "
         "its commitments, and accused Moscow of having deliberately turned food into a weapon."),
        ("thanks", "Vladimir Putin", "Erdogan", "actual", [], "On Tuesday", "Tehran", "thanked",
         "On Tuesday Russian President Vladimir Putin thanked Erdogan for his mediation when the two met in Tehran."),
        ("meets", "Vladimir Putin", "Erdogan", "actual", [], "On Tuesday", "Tehran", "met",
         "On Tuesday Russian President Vladimir Putin thanked Erdogan for his mediation when the two met in Tehran."),
        ("denies", "Moscow", "Joe Biden", "actual", [], "", "", "denies",
         "Moscow denies that it is responsible for the shortage."),
    ),
    "sample-de-norland-treffen-angekuendigt": (
        ("meets", "Jorun Halvard", "Teodor Valmarin", "planned", ["Regierungssprecher Mads Ekelund"],
         "am Donnerstag", "Genf", "zusammentreffen", "Die norländische Außenministerin Jorun Halvard werde am "
         "Donnerstag in Genf mit ihrem suderischen Amtskollegen Teodor Valmarin zusammentreffen, kündigte "
         "Regierungssprecher Mads Ekelund am Montag in Solvik an."),
        ("telephones", "Anselm Korvath", "Dravan", "actual", ["sein Büro in Karsk"], "", "", "telefoniert",
         "Er habe mit Dravan und Voll telefoniert und beide zur Mäßigung aufgerufen"),
        ("spies", "Norland", "Selmara", "possible", [], "", "", "spioniert",
         "Selmara wirft den Fischern vor, in einem Sperrgebiet spioniert zu haben."),
    ),
}  # fmt: skip


def main() -> None:
    """Ask the server of the tests about the three articles, and write its answers to the recording."""
    RECORDING.parent.mkdir(exist_ok=True)
    RECORDING.unlink(missing_ok=True)
    with serving(_by_hand) as fake:
        llm = LlmSettings(model=MODEL, base_url=fake.base_url, cache=RECORDING, workers=1)
        for outcome in extract(written(RECORDING.parent), Settings(extractor="llm", llm=llm)):
            print(outcome.article.id, len(outcome.claims), outcome.rejected)  # type: ignore[union-attr]
    (RECORDING.parent / "articles.jsonl").unlink()


def written(folder: Path) -> Path:
    """Write the three articles to a file of a folder, and return its path."""
    lines = [
        line
        for path in sorted(resource("data/sample").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    chosen = [line for line in lines if json.loads(line)["id"] in ANSWERS]
    path = folder / "articles.jsonl"
    path.write_text("".join(f"{line}\n" for line in chosen), "utf-8")
    return path


def _by_hand(_: str, text: str) -> str:
    """Return the answer to the article that a text is, the same to an attempt at repair."""
    by_id = {id: [dict(zip(FIELDS, row, strict=True)) for row in rows] for id, rows in ANSWERS.items()}
    (claims,) = (claims for claims in by_id.values() if _about(claims, text))
    return json.dumps({"claims": claims}, ensure_ascii=False)


def _about(claims: list[Body], text: str) -> bool:
    return any(claim["quote"] in text for claim in claims)


if __name__ == "__main__":
    main()
