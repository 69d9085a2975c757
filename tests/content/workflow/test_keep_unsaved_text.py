"""What an editor writes is kept before it is saved: for them alone, offered back, not overwritten unseen."""

import re
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.models import Article, Revision, UnsavedText
from content.unsaved import MOST_CHARACTERS
from tasks.upkeep import purge
from tests.build import make_article, make_credential, make_revision, make_topic
from tests.content.workflow.people import form, logged_in, make_editor, page, press
from tests.proof import count

pytestmark = pytest.mark.django_db
NEW = "/admin/content/article/add/"
JSON = {"accept": "application/json"}


def address(revision: Revision | None) -> str:
    if revision is None:
        return reverse("admin:content_article_unsaved")
    return reverse("admin:content_revision_unsaved", args=[revision.pk])


def keep(client: Client, revision: Revision | None, tab: str = "one", **sent: Any) -> Any:
    """What the script of an open page sends."""
    began = form(revision) if revision else {}
    return client.post(address(revision), began | {"tab": tab} | sent, headers=JSON)


def discard(client: Client, revision: Revision | None, row: UnsavedText) -> Any:
    return client.post(address(revision), {"discard": f"{row.pk}.{row.version}"}, follow=True)


@pytest.fixture
def author() -> User:
    return make_editor("Author")


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


@pytest.fixture
def draft(author: User) -> Revision:
    return make_revision(make_article(), body="Saved.", by=author)


def test_it_is_kept_and_no_revision_changes(client: Client, draft: Revision, author: User) -> None:
    before = list(Revision.objects.order_by("pk").values())
    answer = keep(client, draft, body="Saved. Zanzibar.")
    assert answer.json()["version"] == 1
    assert list(Revision.objects.order_by("pk").values()) == before
    row = UnsavedText.objects.get()
    assert (row.editor, row.revision, row.base) == (author, draft, draft.number)
    assert row.texts["body"] == "Saved. Zanzibar."
    assert keep(client, draft, body="Saved. Zanzibar 2.").json()["version"] == 2
    assert UnsavedText.objects.get().texts["body"] == "Saved. Zanzibar 2."


def test_it_is_offered_on_the_next_visit_and_restored(client: Client, draft: Revision) -> None:
    cpc = make_credential("CPC")
    keep(client, draft, body="Saved. Zanzibar & <b>more</b>.", credentials=[cpc.pk])
    html = client.get(page(draft)).content.decode()
    assert "You have unsaved text of" in html
    assert "Saved.</textarea>" in html
    html = client.get(page(draft), {"unsaved": "restore"}).content.decode()
    assert "The form shows your unsaved text of" in html
    assert "Saved. Zanzibar &amp; &lt;b&gt;more&lt;/b&gt;.</textarea>" in html
    assert re.search(rf'name="credentials" value="{cpc.pk}"[^>]*checked', html)
    shown = client.get(page(draft), {"unsaved": "compare"}).content.decode()
    assert "<ins> Zanzibar &amp; &lt;b&gt;more&lt;/b&gt;.</ins>" in shown.replace("</ins><ins>", "")
    assert "<h3>Credentials</h3>" in shown
    assert "<h3>Title</h3>" not in shown


def test_restoring_without_scripts_and_saving_lets_it_go(client: Client, draft: Revision) -> None:
    keep(client, draft, body="Zanzibar.")
    shown = client.get(page(draft), {"unsaved": "restore"})
    row = UnsavedText.objects.get()
    assert f'name="unsaved_row" value="{row.pk}.1"' in " ".join(shown.content.decode().split())
    client.post(page(draft), form(draft, body="Zanzibar.", unsaved_row=f"{row.pk}.1"))
    draft.refresh_from_db()
    assert draft.body == "Zanzibar."
    assert not UnsavedText.objects.exists()


def test_saving_drops_what_the_page_kept_and_leaves_what_another_page_kept(
    client: Client, draft: Revision
) -> None:
    keep(client, draft, body="Zanzibar.")
    client.post(page(draft), form(draft, body="Something else.", unsaved_tab="two"))
    assert UnsavedText.objects.get().texts["body"] == "Zanzibar."
    draft.refresh_from_db()
    client.post(page(draft), form(draft, body="Zanzibar.", unsaved_tab="one"))
    assert not UnsavedText.objects.exists()


def test_it_is_discarded_only_as_it_was_shown(client: Client, draft: Revision) -> None:
    keep(client, draft, body="Zanzibar.")
    shown = UnsavedText.objects.get()
    keep(client, draft, body="Zanzibar, and more.")
    assert "nothing was discarded" in discard(client, draft, shown).content.decode()
    assert "is discarded" in discard(client, draft, UnsavedText.objects.get()).content.decode()
    assert not UnsavedText.objects.exists()


def test_a_text_that_says_what_is_saved_is_not_kept(client: Client, draft: Revision) -> None:
    keep(client, draft, body="Zanzibar.")
    assert keep(client, draft, body="Saved.").json() == {"at": "", "version": 0}
    assert not UnsavedText.objects.exists()
    assert "unsaved text of" not in client.get(page(draft)).content.decode()


def test_a_second_page_overwrites_nothing_unasked(client: Client, draft: Revision) -> None:
    keep(client, draft, "one", body="Of the first page.")
    told = keep(client, draft, "two", body="Of the second page.")
    assert (told.status_code, told.json()["version"]) == (409, 1)
    assert UnsavedText.objects.get().texts["body"] == "Of the first page."
    assert keep(client, draft, "two", body="Of the second page.", over="7").status_code == 409
    assert keep(client, draft, "two", body="Of the second page.", over="1").status_code == 200
    told = keep(client, draft, "one", body="Of the first page again.")
    assert told.status_code == 409
    assert UnsavedText.objects.get().texts["body"] == "Of the second page."


def test_nobody_else_reads_it_nor_writes_over_it(client: Client, draft: Revision, author: User) -> None:
    keep(client, draft, body="Zanzibar.")
    for role in ("Reviewer", "Publisher", "superuser"):
        other = logged_in(make_editor(role))
        for look in ("", "?unsaved=restore", "?unsaved=compare"):
            assert "anzibar" not in other.get(page(draft) + look).content.decode()
        row = UnsavedText.objects.get(editor=author)
        discard(other, draft, row)
        keep(other, draft, "one", body="Of somebody else.")
        row.refresh_from_db()
        assert row.texts["body"] == "Zanzibar."
        other.post(page(draft), form(draft, unsaved_tab="one", unsaved_row=f"{row.pk}.{row.version}"))
        assert UnsavedText.objects.filter(pk=row.pk).exists()
        draft.refresh_from_db()


def test_who_may_not_write_in_a_text_keeps_none_of_it(client: Client) -> None:
    hidden = make_revision(make_article("of-another"), by=make_editor("Author", "another"))
    assert keep(client, hidden, body="Zanzibar.").status_code == 404
    public = make_article("seen", by=User.objects.get(username="another")).revisions.get()
    assert keep(client, public, body="Zanzibar.").status_code == 403
    stranger = logged_in(User.objects.create_user("stranger", is_staff=True))
    assert keep(stranger, None, title="Zanzibar").status_code == 403
    assert not UnsavedText.objects.exists()


def test_an_article_that_is_only_begun_is_kept_too(client: Client) -> None:
    topic = make_topic()
    begun = {"title": "Zanzibar", "slug": "zanzibar", "kind": "article", "topic": str(topic.pk)}
    keep(client, None, **begun)
    assert "You have unsaved text of" in client.get(NEW).content.decode()
    html = " ".join(client.get(NEW, {"unsaved": "restore"}).content.decode().split())
    assert 'name="title" value="Zanzibar"' in html
    assert f'<option value="{topic.pk}" selected>' in html
    client.post(NEW, begun | {"unsaved_tab": "one"})
    assert Article.objects.get().revisions.get().title == "Zanzibar"
    assert not UnsavedText.objects.exists()


def test_after_the_draft_went_to_review_it_is_still_kept_and_becomes_a_new_draft(
    client: Client, draft: Revision
) -> None:
    base = form(draft)
    reviewer = logged_in(make_editor("Reviewer"))
    press(reviewer, draft, "submit")
    assert keep(client, draft, body="Zanzibar.").status_code == 200
    client.post(page(draft), base | {"body": "Zanzibar.", "unsaved_tab": "one"})
    assert Revision.objects.get(body="Zanzibar.").state == "draft"
    assert not UnsavedText.objects.exists()


def test_what_another_saved_meanwhile_is_compared_after_restoring(client: Client, draft: Revision) -> None:
    keep(client, draft, body="Mine.")
    reviewer = logged_in(make_editor("Reviewer"))
    reviewer.post(page(draft), form(draft, body="Theirs."))
    shown = client.get(page(draft), {"unsaved": "restore"}).content.decode()
    assert "Mine.</textarea>" in shown
    sent = form(draft, body="Mine.", base=shown.split('name="base" value="')[1].split('"')[0])
    html = client.post(page(draft), sent).content.decode()
    assert "reviewer saved this draft after you opened it" in html
    draft.refresh_from_db()
    assert draft.body == "Theirs."


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"tab": ""}, 400),
        ({"tab": "t" * 37}, 400),
        ({"body": "x" * MOST_CHARACTERS}, 413),
        ({"body": "Zan\0zibar \ud83d\ude00 \u202e"}, 200),
        ({"credentials": ["9" * 5000, "-1", "x", "123456"], "base": "9" * 5000, "over": "9" * 5000}, 200),
    ],
)
def test_odd_input_is_answered_with_a_sentence(
    client: Client, draft: Revision, sent: dict[str, Any], status: int
) -> None:
    if "body" in sent:
        sent = sent | {"body": sent["body"].encode("utf-16", "surrogatepass").decode("utf-16")}
    answer = keep(client, draft, **({"body": "Zanzibar."} | sent))
    assert answer.status_code == status
    assert status == 200 or answer.json()["said"].endswith(".")
    for look in ("", "?unsaved=restore", "?unsaved=compare"):
        assert client.get(page(draft) + look).status_code == 200
    row = UnsavedText.objects.first()
    for odd in ("", "x", "1.x", ".", "9" * 300 + ".1"):
        client.post(address(draft), {"discard": odd})
    assert UnsavedText.objects.first() == row


def test_an_expired_login_is_said_to_the_script(draft: Revision, author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    old = client.get(address(draft), headers=JSON).json()["token"]
    client.cookies.pop("sessionid")
    out = keep(client, draft, body="Zanzibar.", csrfmiddlewaretoken=old)
    assert (out.status_code, out.json()["said"]) == (401, "Your login ran out.")
    assert client.get(address(draft), headers=JSON).status_code == 401
    client.force_login(author)
    client.cookies["csrftoken"] = "n" * 32
    late = keep(client, draft, body="Zanzibar.", csrfmiddlewaretoken=old)
    assert (late.status_code, late.json()["said"]) == (403, "This page is older than your login.")
    token = client.get(address(draft), headers=JSON).json()["token"]
    assert keep(client, draft, body="Zanzibar.", csrfmiddlewaretoken=token).status_code == 200


def test_the_front_page_leads_to_texts_with_unsaved_words(client: Client, draft: Revision) -> None:
    keep(client, draft, body="Zanzibar.")
    listed = "/admin/content/revision/?state=unsaved"
    assert f'<a href="{listed}"><strong>1</strong> text has words of yours' in " ".join(
        client.get("/admin/").content.decode().split()
    )
    assert "1 revision" in client.get(listed).content.decode()
    other = logged_in(make_editor("superuser"))
    assert "words of yours" not in other.get("/admin/").content.decode()


def test_old_ones_go_by_the_nightly_job(client: Client, draft: Revision) -> None:
    keep(client, draft, body="Zanzibar.")
    kept_at = UnsavedText.objects.get().kept_at
    days = timedelta(days=1)
    assert purge(lambda: None, kept_at + 30 * days)["unsaved_texts"] == 0
    assert purge(lambda: None, kept_at + 30 * days + timedelta(seconds=1))["unsaved_texts"] == 1
    assert not UnsavedText.objects.exists()
    assert purge(lambda: None, None)["unsaved_texts"] == 0
    assert timezone.now() > kept_at


class Tab:
    """An open page, as its script holds it."""

    def __init__(self, name: str, client: Client) -> None:
        self.name, self.client, self.told = name, client, ""

    def keep(self, draft: Revision, text: str) -> int:
        answer = keep(self.client, draft, self.name, body=text, over=self.told)
        self.told = str(answer.json()["version"]) if answer.status_code == 409 else ""
        return int(answer.status_code)


@pytest.mark.slow
def test_random_pages_of_one_editor_lose_nothing_unseen(client: Client, author: User) -> None:
    """Against a twin that knows whose text is kept: another page is told first, every time."""
    rng = Random(4)
    for round_ in range(count(300)):
        draft = make_revision(make_article(f"a-{round_}"), body="Saved.", by=author)
        tabs = [Tab(f"{round_}-{name}", client) for name in "abc"]
        owner, kept = None, ""
        for step in range(8):
            tab, text = rng.choice(tabs), f"Text {round_}-{step}."
            if rng.random() < 0.15:
                draft.refresh_from_db()
                client.post(page(draft), form(draft, body=text, unsaved_tab=tab.name))
                owner, kept = (None, "") if tab is owner else (owner, kept)
            else:
                was_told = tab.told
                status = tab.keep(draft, text)
                assert status == (200 if owner in (None, tab) or was_told else 409)
                owner, kept = (tab, text) if status == 200 else (owner, kept)
                for other in tabs:
                    other.told = "" if status == 200 else other.told
            row = UnsavedText.objects.filter(revision=draft).first()
            assert (row.texts["body"] if row else "") == kept
