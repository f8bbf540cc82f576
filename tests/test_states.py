"""The table of states beside the list of ISO codes that is not part of the project."""

import csv
from pathlib import Path
from typing import Final

import pytest

from kg.knowledge.entities import shipped
from kg.knowledge.names import slug

CODES: Final = Path(__file__).parent.parent.parent / "shared" / "reference" / "country-codes.csv"
OWN_CODES: Final = {"XKX"}
"""In use for Kosovo, which has no code of the standard; former states have codes that were withdrawn."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CODES.is_file(), reason="no list of country codes beside the checkout"),
]


def countries() -> list[dict[str, str]]:
    with CODES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_independent_state_is_there_with_name_wikidata_id_and_capital() -> None:
    kb = shipped()
    problems = []
    for row in countries():
        id = kb.by_iso3.get(row["ISO3166-1-Alpha-3"])
        if id is None:
            problems += [f"no {row['ISO3166-1-Alpha-3']}"] if row["is_independent"] == "Yes" else []
            continue
        record = kb.records[id]
        names = {slug(name) for names in record.names.values() for name in names}
        if not names & {slug(row[column]) for column in ("CLDR display name", "official_name_en")}:
            problems.append(f"{id}: name {row['CLDR display name']}")
        wikidata = row["wikidata_id"].rpartition("/")[2]
        if wikidata and record.entity.wikidata != wikidata:
            problems.append(f"{id}: wikidata {record.entity.wikidata}")
        if row["is_independent"] == "Yes" and record.capital not in kb.records:
            problems.append(f"{id}: capital {record.capital!r}")
    assert problems == []


def test_no_code_is_made_up() -> None:
    kb = shipped()
    listed = {row["ISO3166-1-Alpha-3"] for row in countries()}
    former = {iso3 for iso3, id in kb.by_iso3.items() if kb.records[id].subkind == "former"}
    assert set(kb.by_iso3) - listed - former <= OWN_CODES
