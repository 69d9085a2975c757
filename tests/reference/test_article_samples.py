"""The pages that come with gold answers: everything that is scored, exactly."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.reference, pytest.mark.django_db]

FACT = ("label", "kind", "value", "value_min", "value_max", "unit", "per", "qualifier", "markers", "sources")
FOLDERS = {"seed-article": "expected.json", "articles": "*.expected.json"}


def gold(folder: Path, pattern: str) -> list[tuple[Path, dict]]:
    found = []
    for answer in sorted(folder.glob(pattern)):
        stem = answer.name.removesuffix("expected.json").rstrip(".") or "raw"
        raw = next(path for path in folder.glob(f"{stem}.*") if not path.name.endswith(".json"))
        found.append((raw, json.loads(answer.read_text("utf-8"))))
    return found


def facts(page: dict) -> list[dict]:
    rows = []
    for box in page["fact_boxes"]:
        for fact in box["facts"]:
            period = fact["period"] or {}
            years = {"from": period.get("from"), "to": period.get("to")}
            rows.append({name: fact[name] for name in FACT} | years)
    return rows


def rows(page: dict, name: str, *fields: str) -> list[tuple]:
    return sorted(tuple(str(row.get(field)) for field in fields) for row in page[name])


@pytest.mark.parametrize(("folder", "pattern"), FOLDERS.items())
def test_every_sample_reads_as_its_gold_answer(reference, tmp_path, folder, pattern):
    samples = gold(reference / "data" / folder, pattern)
    call_command("import_articles", *(str(raw) for raw, _answer in samples), dry_run=True, json=tmp_path)
    assert samples
    for raw, wanted in samples:
        found = json.loads((tmp_path / f"{raw.stem}.json").read_text("utf-8"))
        for name in ("status", "title", "slug", "specialties"):
            assert found[name] == wanted[name]
        for name, fields in (
            ("organisations", ("name", "acronym", "site")),
            ("credentials", ("code", "name", "body")),
            ("disclosures", ("text",)),
        ):
            assert rows(found, name, *fields) == rows(wanted, name, *fields)
        assert facts(found) == facts(wanted)
        assert [(each["heading"], each["blocks"]) for each in found["sections"]] == [
            (each["heading"], each["blocks"]) for each in wanted["sections"]
        ]
        said = {(each["code"], each.get("about")) for each in found["warnings"]}
        assert said >= {(each["code"], each.get("about")) for each in wanted["warnings"]}
