"""Ranking somebody else's corpus from the command line."""

import gzip
import json
from math import log2

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.once

TEXTS = {
    "cpc": "The CPC exam asks outpatient coders about modifiers and evaluation visits",
    "ccs": "The CCS exam asks hospital coders about inpatient stays and procedures",
    "coc": "Outpatient hospital coders take the COC exam about modifiers and facility visits",
    "fees": "Tuition, books and fees of a program: ask each school before enrolling",
    "cost": "What a program costs: tuition, books, fees and exam membership",
}
GOLD = {"cpc": ["coc"], "ccs": ["coc"], "fees": ["cost"]}


def write(path, texts=TEXTS, gold=GOLD):
    rows = [
        {"id": key, "title": key.upper(), "summary": "", "text": text, "topics": ["x"], "date": "2026-01-31"}
        | {"gold": gold.get(key, []), "split": "dev"}
        for key, text in texts.items()
    ]
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def evaluate(corpus, out, *more):
    call_command("evaluate_related", str(corpus), "--out", str(out), *more)
    return {row["id"]: row["related"] for row in map(json.loads, out.read_text("utf-8").splitlines())}


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_every_document_gets_one_line_best_first(tmp_path, name):
    run = evaluate(write(tmp_path / name), tmp_path / "run.jsonl")
    assert list(run) == list(TEXTS)
    assert run["fees"][0] == "cost"
    assert all(key not in related for key, related in run.items())


def test_a_documents_gold_never_helps_itself(tmp_path):
    full = evaluate(write(tmp_path / "full.jsonl"), tmp_path / "full.run")
    for key in GOLD:
        blank = {source: links for source, links in GOLD.items() if source != key}
        run = evaluate(write(tmp_path / "blank.jsonl", gold=blank), tmp_path / "blank.run")
        assert run[key] == full[key]


def test_the_limit_cuts_each_line(tmp_path):
    full = evaluate(write(tmp_path / "corpus.jsonl"), tmp_path / "full.run")
    run = evaluate(write(tmp_path / "corpus.jsonl"), tmp_path / "run", "--limit", "2")
    assert run == {key: related[:2] for key, related in full.items()}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "holds no document"),
        ('{"id": "a", "title": "A"}\nnonsense\n', "line 2 is no document"),
        ('{"id": "a"}\n', "line 1 is no document"),
        ('["a"]\n', "line 1 is no document"),
        ('{"id": 7, "title": "A"}\n', "ids and topics must be text"),
        ('{"id": "a", "title": "A", "gold": [["b"]]}\n', "ids and topics must be text"),
        ('{"id": "a", "title": "A", "date": "soon"}\n', "date is like 2026-01-31"),
        ('{"id": "a", "title": "A"}\n' * 2, "holds an id twice"),
    ],
)
def test_a_bad_corpus_is_refused_with_its_line(tmp_path, content, sentence):
    (tmp_path / "corpus.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=sentence) as refused:
        evaluate(tmp_path / "corpus.jsonl", tmp_path / "run")
    assert refused.value.returncode == 1
    assert not (tmp_path / "run").exists()


PACKED = [gzip.compress(content, mtime=0) for content in (b"{}" * 500, b"\xff\xfe")]


@pytest.mark.parametrize(
    "content", [b"no gzip", PACKED[0][:-9], PACKED[1]], ids=["plain", "cut", "not UTF-8"]
)
def test_a_damaged_archive_is_refused(tmp_path, content):
    (tmp_path / "corpus.jsonl.gz").write_bytes(content)
    with pytest.raises(CommandError, match=r"cannot be read|is no document"):
        evaluate(tmp_path / "corpus.jsonl.gz", tmp_path / "run")


def test_a_missing_file_and_a_place_that_cannot_be_written_are_named(tmp_path):
    with pytest.raises(CommandError, match=r"missing\.jsonl cannot be read"):
        evaluate(tmp_path / "missing.jsonl", tmp_path / "run")
    with pytest.raises(CommandError, match="cannot be written"):
        evaluate(write(tmp_path / "corpus.jsonl"), tmp_path / "no" / "folder")


def test_a_limit_below_one_is_a_wrong_usage(tmp_path):
    with pytest.raises(CommandError, match="at least 1") as refused:
        evaluate(write(tmp_path / "corpus.jsonl"), tmp_path / "run", "--limit", "0")
    assert refused.value.returncode == 2


@pytest.mark.reference
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "recall", "ndcg"),
    [("digitalgov.jsonl.gz", 0.45, 0.42), ("powershell-docs.jsonl.gz", 0.60, 0.69)],
)
def test_editors_links_are_found_again(reference, tmp_path, name, recall, ndcg):
    corpus = next(iter(reference.rglob(f"related/{name}")))
    run = evaluate(corpus, tmp_path / "run")
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["split"] == "dev" and row["gold"]]
    found = [[doc in set(row["gold"]) - {row["id"]} for doc in run[row["id"]]] for row in rows]
    most = [len(set(row["gold"]) - {row["id"]}) for row in rows]
    recalls = [sum(hits[:5]) / gold for hits, gold in zip(found, most, strict=True)]
    gains = [
        sum(hit / log2(place + 2) for place, hit in enumerate(hits[:10]))
        / sum(1 / log2(place + 2) for place in range(min(10, gold)))
        for hits, gold in zip(found, most, strict=True)
    ]
    assert sum(recalls) / len(rows) >= recall
    assert sum(gains) / len(rows) >= ndcg
