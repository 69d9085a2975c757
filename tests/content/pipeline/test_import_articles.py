"""`manage.py import_articles`: drafts from pages, and what it leaves alone."""

import hashlib
import io
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from content.models import Article, Fact, ImportedPage, Revision, Source, Specialty
from content.pipeline import run
from content.publishing import publish
from tests.build import make_article, make_credential
from tests.content.pipeline.reading import page_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def import_articles(*paths, **options) -> str:
    out = io.StringIO()
    call_command("import_articles", *map(str, paths), stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def registrar(tmp_path):
    path = tmp_path / "registrar.txt"
    path.write_text(page_text("registrar.txt"), "utf-8")
    return path


def revision(slug: str) -> Revision:
    return Revision.objects.get(article__slug=slug)


def test_a_page_becomes_a_draft_with_one_revision(registrar):
    said = import_articles(registrar)
    draft = revision("how-to-become-a-tumor-registrar")
    assert said == "registrar.txt: imported. Draft how-to-become-a-tumor-registrar made.\n"
    assert (draft.number, draft.state, draft.article.status) == (1, "draft", "draft")
    assert draft.article.published_revision is None
    assert draft.title == "How to Become a Tumor Registrar"
    assert draft.lead == "Tumor registrars gather and code data about cancer patients."
    assert draft.disclosures == "Disclosure: The schools above pay this site to appear here."
    assert draft.body.startswith("## What Registrars Do\n\nRegistrars read charts")
    assert "\n\n## {untitled}\n\nMost employers pay" in draft.body
    assert "1. Abstracting\n2. Coding" in draft.body


def test_its_facts_stand_in_boxes_with_their_sources(registrar):
    import_articles(registrar)
    salary = Fact.objects.get(label="Median Salary")
    assert salary.box.title == "Career Facts"
    assert (salary.kind, salary.value, salary.unit, salary.per) == ("money", Decimal(62990), "USD", "year")
    assert (salary.period_from, salary.period_to) == (2023, 2023)
    marker = salary.markers.get()
    assert (marker.marker, marker.source.publisher) == ("*", "U.S. Bureau of Labor Statistics")
    assert marker.source.url == "https://www.bls.gov/ooh"
    assert marker.source.retrieved_on is None
    skills = Fact.objects.get(label="Key Skills")
    assert (skills.kind, skills.text) == ("list", "Attention to detail\nmedical terminology\nprivacy law")
    assert Fact.objects.get(label="Job Outlook").qualifier == "faster than average"


def test_the_raw_page_is_kept_as_it_came(registrar):
    import_articles(registrar)
    kept = ImportedPage.objects.get()
    assert bytes(kept.raw) == registrar.read_bytes()
    assert kept.sha256 == hashlib.sha256(registrar.read_bytes()).hexdigest()
    assert (kept.name, kept.encoding, kept.status) == ("registrar.txt", "utf-8", "ok")
    assert kept.article == Article.objects.get()
    assert kept.result["dropped"]


def test_a_page_imported_twice_changes_nothing(registrar, tmp_path):
    import_articles(registrar)
    before = ImportedPage.objects.values().get()
    renamed = tmp_path / "other-name.txt"
    renamed.write_bytes(registrar.read_bytes())
    said = import_articles(registrar, renamed)
    assert said.count("Already imported as how-to-become-a-tumor-registrar; nothing was changed.") == 2
    assert ImportedPage.objects.values().get() == before
    assert (Article.objects.count(), Revision.objects.count(), Source.objects.count()) == (1, 1, 2)


def test_a_deleted_draft_does_not_come_back_by_itself(registrar):
    import_articles(registrar)
    Article.objects.get().delete()
    assert "its draft was deleted since" in import_articles(registrar)
    assert not Article.objects.exists()


def test_a_published_article_is_never_touched(registrar):
    published = make_article("how-to-become-a-tumor-registrar", body="As published.")
    said = import_articles(registrar)
    assert (
        "the address how-to-become-a-tumor-registrar is taken, and what stands there was not touched" in said
    )
    published.refresh_from_db()
    assert published.revisions.count() == 1
    assert published.published_revision.body == "As published."
    assert revision("how-to-become-a-tumor-registrar-2").article.status == "draft"


def test_numbers_go_on_where_others_stand(registrar):
    for slug in ("how-to-become-a-tumor-registrar", "how-to-become-a-tumor-registrar-2"):
        make_article(slug, published=False)
    import_articles(registrar)
    assert Article.objects.filter(slug="how-to-become-a-tumor-registrar-3").exists()


def test_only_credentials_and_specialties_on_record_are_linked(tmp_path):
    known = make_credential("CPT")
    specialty = Specialty.objects.create(slug="pediatrics", name="Pediatrics")
    (tmp_path / "phlebotomy.txt").write_text(page_text("phlebotomy.txt"), "utf-8")
    import_articles(tmp_path / "phlebotomy.txt")
    draft = Revision.objects.get()
    assert list(draft.credentials.all()) == [known]
    assert list(draft.specialties.all()) == [specialty]


def test_a_dry_run_stores_nothing_and_writes_the_answers(registrar, tmp_path):
    said = import_articles(registrar, dry_run=True, json=tmp_path / "out")
    assert "registrar.txt: read. How to Become a Tumor Registrar: 3 sections, 5 facts" in said
    assert not ImportedPage.objects.exists()
    written = json.loads((tmp_path / "out" / "registrar.json").read_text("utf-8"))
    assert (written["schema"], written["status"]) == ("article-import/1", "ok")


def test_one_bad_page_never_keeps_the_next_from_being_imported(registrar, tmp_path):
    bad = tmp_path / "a-picture.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError, match="Refused: 1 of 2 pages") as refusal:
        import_articles(bad, registrar, json=tmp_path / "out")
    assert refusal.value.returncode == 1
    assert Article.objects.count() == 1
    kept = ImportedPage.objects.get(name="a-picture.txt")
    assert (kept.status, kept.article) == ("refused", None)
    assert "a PNG picture" in kept.reason
    assert json.loads((tmp_path / "out" / "a-picture.json").read_text("utf-8"))["status"] == "refused"


def test_a_reader_that_fails_refuses_its_page_alone(registrar, tmp_path, monkeypatch, caplog):
    broken = tmp_path / "broken.txt"
    broken.write_text("Broken\n\nWords.\n", "utf-8")
    extract = run.extract

    def fail(document):
        if len(document.blocks) == 2:
            raise RecursionError
        return extract(document)

    monkeypatch.setattr(run, "extract", fail)
    with pytest.raises(CommandError, match="Refused: 1 of 2 pages"):
        import_articles(broken, registrar)
    assert Article.objects.count() == 1
    assert "page not readable" in caplog.text


def test_an_empty_page_is_kept_and_tried_again(tmp_path):
    path = tmp_path / "empty.md"
    path.write_text("---\ntitle: Nothing yet\n---\n", "utf-8")
    assert "There is no article on the page" in import_articles(path)
    assert "there is no article on it" in import_articles(path)
    assert (ImportedPage.objects.get().status, Article.objects.count()) == ("empty", 0)


def test_a_folder_is_walked_and_its_readme_is_no_page(tmp_path):
    for name in ("b.md", "a.txt", "README.md", "a.json", ".hidden.txt"):
        (tmp_path / name).write_text(f"Page {name[0]}\n\nLead.\n\nMore of it here.\n", "utf-8")
    said = import_articles(tmp_path, dry_run=True)
    assert [line.partition(":")[0] for line in said.splitlines()] == ["a.txt", "b.md"]


def test_wrong_use_ends_with_2(tmp_path):
    for name in ("same.txt", "same.md"):
        (tmp_path / name).write_text("Title\n\nLead.\n", "utf-8")
    (tmp_path / "file").write_text("in the way", "utf-8")
    for paths, options in (
        ([tmp_path / "gone.txt"], {}),
        ([tmp_path / "same.txt", tmp_path / "same.md"], {"json": tmp_path / "out"}),
        ([tmp_path / "same.txt"], {"json": tmp_path / "file"}),
    ):
        with pytest.raises(CommandError) as wrong:
            import_articles(*paths, **options)
        assert wrong.value.returncode == 2
    assert not ImportedPage.objects.exists()


def test_an_imported_draft_can_be_published_and_read(registrar, client):
    import_articles(registrar)
    publish(Revision.objects.get(), by=None)
    page = client.get("/articles/how-to-become-a-tumor-registrar/")
    assert page.status_code == 200
    assert "abstract the facts that matter" in page.text
    assert "{untitled}" not in page.text


def test_values_that_no_column_holds_stay_as_they_were_written(tmp_path):
    path = tmp_path / "large.md"
    path.write_text(
        "# Large\n\nLead.\n\n## Quick Facts\n\n- Pay (2024): $999,999,999 million\n"
        f"- {'Long ' * 9}label (2024): 7% ({'x' * 280} y)\n- Share: 1 in 3\n",
        "utf-8",
    )
    import_articles(path)
    pay = Fact.objects.get(label="Pay")
    assert (pay.kind, pay.value, pay.text) == ("text", None, "$999,999,999 million")
    assert Fact.objects.get(label="Share").value == Decimal("0.3333")
    assert len(Fact.objects.get(label__startswith="Long").qualifier) <= 300
