"""The lists, row by row: each row of the stored copies has its fact, with the same name, date, programme and number.

The rows are read here by machine, from the copies that lie beside the texts, and not from the texts that were curated.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from xjfacts import load
from xjfacts.corpus.model import Identity, Position, Sanction

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
IN_FORCE = "{http://justice.gc.ca/lims}inforce-start-date"


@pytest.fixture(scope="module")
def raw(texts: Path) -> Path:
    return texts / "raw"


def facts_of(document: str, kind: type[Any]) -> list[Any]:
    corpus = load().corpus
    return [fact for key in corpus.facts_by_document[document] if isinstance(fact := corpus.facts[key], kind)]


def edtf(words: str) -> str:
    """Return a birth date as a list has it (`1952`, `Dec 1961`, `January 23, 1954`) in EDTF."""
    *day, year = words.replace(",", "").split()
    numbers = [1 + next(at for at, name in enumerate(MONTHS) if name.startswith(part)) if part.isalpha() else int(part)
               for part in day]  # fmt: skip
    return "-".join([year, *(f"{number:02}" for number in numbers)])


def iso(day_first: str) -> str:
    """Return a date that is written day first, or month first where it has no day (`07/2021`), in EDTF."""
    return "-".join(f"{int(part):02}" for part in reversed(re.split("[/.]", day_first)))


def listing(fact: Sanction) -> tuple[Any, ...]:
    date, as_of = (when and when.text for when in (fact.date, fact.as_of))
    return fact.reference, fact.listed_as, fact.programme, date, as_of


def births(document: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    return {
        fact.of[0]: (fact.born and fact.born.text, fact.birth_place, fact.nationality)
        for fact in facts_of(document, Identity)
    }


@pytest.mark.parametrize(
    ("document", "copy", "header"),
    [
        ("ofac-sdn-2021-07-07", "us-ofac-sdn-2021-07-07-xinjiang.csv", 0),
        ("ofac-sdn-2023-01-21", "us-ofac-sdn-2023-01-21-sancbook-ALTERED-xinjiang.csv", 1),
    ],
)
def test_each_row_of_the_us_list_is_a_sanction_without_a_date_and_its_remarks_an_identity(
    raw: Path, document: str, copy: str, header: int
) -> None:
    with (raw / copy).open(newline="", encoding="utf-8") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)][header:]
    day = document.removeprefix("ofac-sdn-")
    sanctions = {fact.reference: fact for fact in facts_of(document, Sanction)}
    assert [listing(one) for one in sanctions.values()] == [(row[0], row[1], row[3], None, day) for row in rows]
    known = births(document)
    for row in rows:
        remarks = dict(re.findall(r"(DOB|POB|nationality) ([^;]+?)(?:\.?$|;)", row[11]))
        if "DOB" in remarks:
            said = (edtf(remarks["DOB"]), remarks.get("POB"), remarks.get("nationality"))
            assert known[sanctions[row[0]].target[0]] == said


def test_each_alternate_name_of_the_us_list_is_one_of_the_entry_of_its_number(raw: Path) -> None:
    with (raw / "us-ofac-alt-2025-12-24-xinjiang.csv").open(newline="", encoding="utf-8") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    targets = {fact.reference: fact.target[0] for fact in facts_of("ofac-sdn-2023-01-21", Sanction)}
    names: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names[targets[row[0]]] = (*names.get(targets[row[0]], ()), row[3])
    assert {one.of[0]: tuple(one.also_called) for one in facts_of("ofac-alt-2025-12-24", Identity)} == names


def canadian_items(raw: Path) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield the number, the name, the birth and the day of coming into force of each item of the schedule."""
    root = ET.parse(raw / "ca-SOR-2021-49-eng-as-of-commit-2025-01-20.xml").getroot()
    schedule = next(one for one in root.iter("Schedule") if one.get("id") is None)
    for part, items in enumerate(schedule.iter("List"), start=1):
        for item in items.findall("Item"):
            text = "".join(item.find("Text").itertext())  # type: ignore[union-attr]
            name, _, birth = text.rstrip(")").partition(" (born ")
            number = f"Schedule, Part {part}, item {item.findtext('Label')}"
            yield number, name, re.sub("^(in|on) ", "", birth) or None, item.attrib[IN_FORCE]


def test_each_item_of_the_canadian_schedule_is_a_sanction_from_the_day_it_came_into_force(raw: Path) -> None:
    items = list(canadian_items(raw))
    sanctions = {fact.reference: fact for fact in facts_of("canada-sor-2021-49", Sanction)}
    found = {(key, fact.listed_as, fact.date and fact.date.text) for key, fact in sanctions.items()}
    assert found == {(number, name, day) for number, name, _, day in items}
    known = births("canada-sor-2021-49")
    for number, _, birth, _ in items:
        if birth:
            assert known[sanctions[number].target[0]][0] == edtf(birth)


def test_each_row_of_the_british_list_is_a_sanction_an_identity_and_its_positions(raw: Path) -> None:
    with (raw / "uk-ofsi-2025-04-10-xinjiang.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    records = [dict(zip(rows[1], row, strict=False)) for row in rows[2:]]
    sanctions = {fact.reference: fact for fact in facts_of("uk-ofsi-2025-04-10", Sanction)}
    known, held = births("uk-ofsi-2025-04-10"), facts_of("uk-ofsi-2025-04-10", Position)
    numbers = set()
    for record in records:
        number = re.search(r"Ref\):(GHR\d+)", record["Other Information"])[1]  # type: ignore[index]
        numbers.add(number)
        fact = sanctions[number]
        assert fact.date.text == iso(record["Listed On"])
        assert fact.programme == record["Regime"]
        if record["Alias Type"] == "Primary name":
            assert fact.listed_as == " ".join(filter(None, (record["Name 6"], record["Name 1"])))
        if record["DOB"]:
            place = f"{record['Town of Birth']}, {record['Country of Birth']}"
            assert known[fact.target[0]] == (iso(record["DOB"]), place, record["Nationality"])
            positions = re.split(r"\s*\(\d\) ", record["Position"])[1:]
            assert len(positions) == sum(position.holder == fact.target for position in held)
    assert numbers == set(sanctions)


def test_each_entry_of_the_european_annex_is_a_sanction_and_an_identity(texts: Path) -> None:
    lines = (texts / "eu-2020-1998-annex.txt").read_text(encoding="utf-8").splitlines()
    entries = [dict(field.split(": ", 1) for field in line.split(" | ")) for line in lines if line.startswith("Annex:")]
    sanctions = {fact.reference: fact for fact in facts_of("eu-2020-1998-annex", Sanction)}
    assert {(key, one.listed_as, one.date.text) for key, one in sanctions.items()} == {
        (f"Annex {entry['Annex']}, entry {entry['Entry']}", entry["Name"], iso(entry["Date of listing"]))
        for entry in entries
    }
    known = births("eu-2020-1998-annex")
    for entry in entries:
        if "Date of birth" in entry:
            target = sanctions[f"Annex {entry['Annex']}, entry {entry['Entry']}"].target[0]
            said = (edtf(entry["Date of birth"]), entry["Place of birth"], entry["Nationality"])
            assert known[target] == said
