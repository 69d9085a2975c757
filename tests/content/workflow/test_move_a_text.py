"""A66: a text goes to readers by one table, whichever button, list, history or forged form asks."""

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import Article, Publication, Revision, RevisionStep
from content.models.workflow import MOVES
from tests.build import make_article, make_revision
from tests.content.workflow.people import form, logged_in, make_editor, page, press
from tests.proof import count

pytestmark = pytest.mark.django_db

ROLES = ("Author", "Reviewer", "Publisher", "superuser")
# The table once more, by hand: from which state a move starts, where it ends, who may.
EXPECTED = {
    "submit": ({"draft"}, "in-review", set(ROLES)),
    "take-back": ({"in-review"}, "draft", set(ROLES)),
    "send-back": ({"in-review"}, "draft", {"Reviewer", "Publisher", "superuser"}),
    "approve": ({"in-review"}, "approved", {"Reviewer", "Publisher", "superuser"}),
    "put-aside": ({"draft"}, "kept", set(ROLES)),
    "publish": ({"approved"}, "approved", {"Publisher", "superuser"}),
    "schedule": ({"approved"}, "approved", {"Publisher", "superuser"}),
    "call-off": ({"approved"}, "approved", {"Publisher", "superuser"}),
}
LATER = {"publish_at_0": f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}", "publish_at_1": "08:00"}


def in_state(state: str, **texts: object) -> Revision:
    draft = make_article(published=False, body="A body.", **texts).revisions.get()
    Revision.objects.filter(pk=draft.pk).update(state=state)
    draft.refresh_from_db()
    return draft


def test_the_table_names_every_move():
    assert set(MOVES) == {*EXPECTED, "archive"}


@pytest.mark.parametrize(("move", "state"), list(product(EXPECTED, Revision.State.values)))
def test_every_button_in_every_state_by_every_role(move: str, state: str):
    starts, ends, may = EXPECTED[move]
    text = in_state(state)
    for role in ROLES:
        client = logged_in(make_editor(role))
        Revision.objects.filter(pk=text.pk).update(state=state)
        nothing = dict.fromkeys(["published_revision", "next_revision", "next_publish_at"])
        Article.objects.update(status="draft", **nothing)
        Publication.objects.all().delete()
        RevisionStep.objects.all().delete()
        if move == "call-off":
            Article.objects.update(next_revision=text, next_publish_at=timezone.now() + timedelta(days=1))
        answer = press(client, text, move, note="Shorter.", **LATER)
        steps = list(RevisionStep.objects.order_by("pk").values_list("move", flat=True))
        text.refresh_from_db()
        if role not in may:
            assert (answer.status_code, text.state, steps) == (403, state, []), role
        elif state in starts:
            assert (answer.status_code, text.state, steps) == (302, ends, [move]), role
        elif move in ("publish", "schedule") and state in ("draft", "in-review"):
            # One person who may do all of it does it at once, step by step.
            assert (text.state, steps[-2:]) == ("approved", ["approve", move]), role
        else:
            assert (answer.status_code, text.state, steps) == (302, state, []), role


def test_an_author_cannot_forge_a_publication():
    author = make_editor("Author")
    client = logged_in(author)
    article = make_article(published=False, body="A body.", by=author)
    draft = article.revisions.get()
    forged = {"_publish": "1", "state": "approved", "status": "published"}
    forged["published_revision"] = str(draft.pk)
    client.post(page(draft), form(draft, body="Mine.", **forged))
    client.post(page(draft), form(draft, _schedule="1", **LATER))
    for action in ("publish_now", "approve"):
        chosen = {"action": action, "_selected_action": [draft.pk]}
        client.post(reverse("admin:content_revision_changelist"), chosen)
    draft.refresh_from_db()
    for name in ("publish", "approve", "schedule", "archive", "delete"):
        assert press(client, draft, name, **LATER).status_code in (403, 404), name
        assert client.get(reverse("admin:content_revision_move", args=[draft.pk, name])).status_code == 405
    chosen = {"action": "archive", "_selected_action": [article.pk]}
    client.post(reverse("admin:content_article_changelist"), chosen)
    change = reverse("admin:content_article_change", args=[article.pk])
    client.post(change, {"slug": article.slug, "kind": "article", "status": "published"} | forged)
    article.refresh_from_db()
    draft.refresh_from_db()
    assert (article.status, article.next_revision, draft.body) == ("draft", None, "Mine.")
    assert not Revision.objects.live().exists()
    assert not Publication.objects.exists()
    assert draft.state == "draft"


@override_settings(REQUIRE_SECOND_PERSON=True)
@pytest.mark.parametrize("role", ["Reviewer", "Publisher", "superuser"])
def test_nobody_approves_a_text_that_they_wrote_in(role: str):
    writer, other = make_editor(role, "writer"), make_editor("Reviewer", "other")
    draft = make_article(published=False, body="A body.", by=other).revisions.get()
    client = logged_in(writer)
    client.post(page(draft), form(draft, body="One word of mine."))
    draft.refresh_from_db()
    client.post(page(draft), form(draft, _submit="1"))
    assert 'value="Approve"' not in client.get(page(draft)).content.decode()
    press(client, draft, "approve")
    client.post(page(draft), form(draft, _publish="1"))
    chosen = {"action": "approve", "_selected_action": [draft.pk]}
    client.post(reverse("admin:content_revision_changelist"), chosen)
    draft.refresh_from_db()
    assert draft.state == "in-review"
    with pytest.raises(ValidationError, match="somebody else has to approve"):
        publishing.publish(draft, by=writer)
    third = make_editor("Reviewer", "third")
    press(logged_in(third), draft, "approve")
    draft.refresh_from_db()
    assert draft.state == "approved"
    assert draft.steps.first().by == third


@override_settings(REQUIRE_SECOND_PERSON=True)
def test_a_copy_of_an_unapproved_text_stays_the_writers_own():
    writer, other = make_editor("Reviewer", "writer"), make_editor("Reviewer", "other")
    draft = make_article(published=False, body="A body.", by=writer).revisions.get()
    logged_in(other).post(reverse("admin:content_revision_restore", args=[draft.pk]))
    copy = Revision.objects.order_by("-number")[0]
    assert set(copy.written_by.all()) == {writer, other}
    publishing.move("submit", copy, by=other)
    for person in (writer, other):
        with pytest.raises(ValidationError):
            publishing.move("approve", copy, by=person)


def test_an_approval_holds_for_the_text_that_was_read():
    author, reviewer = make_editor("Author"), make_editor("Reviewer")
    draft = make_article(published=False, body="Read.", by=author).revisions.get()
    publishing.move("submit", draft, by=author)
    number = draft.number
    publishing.move("take-back", draft, by=author)
    logged_in(author).post(page(draft), form(draft, body="Another.", _submit="1"))
    answer = logged_in(reviewer).post(
        reverse("admin:content_revision_move", args=[draft.pk, "approve"]), {"number": number}, follow=True
    )
    assert "Somebody saved this text after you opened it" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.body) == ("in-review", "Another.")


def test_who_sends_back_says_what_is_to_be_changed():
    draft = in_state("in-review")
    client = logged_in(make_editor("Reviewer"))
    answer = client.post(reverse("admin:content_revision_move", args=[draft.pk, "send-back"]), follow=True)
    assert "Say in a note" in answer.content.decode()
    press(client, draft, "send-back", note="The fee is missing.")
    assert "The fee is missing." in client.get(page(draft)).content.decode()


def test_archiving_asks_where_readers_go(client: Client):
    article = make_article()
    make_article("other")
    publisher = logged_in(make_editor("Publisher"))
    address = reverse("admin:content_article_archive", args=[article.pk])
    refused = publisher.post(address, {"to": "https://elsewhere.example/"})
    assert "begins with one slash" in refused.content.decode()
    publisher.post(address, {"to": "/articles/other/"})
    assert client.get(article.get_absolute_url()).headers["Location"] == "/articles/other/"
    publisher.post(address, {"to": ""})
    assert client.get(article.get_absolute_url()).status_code == 410


def test_an_archived_article_that_nobody_read_is_not_found(client: Client):
    article = make_article(published=False)
    publishing.archive(article, by=make_editor("Publisher"))
    assert client.get(article.get_absolute_url()).status_code == 404


def test_random_moves_end_where_the_table_says():
    """Against a plain twin: a dictionary of states, moved by the hand-written table above."""
    rng = Random(4)
    people = {role: make_editor(role) for role in ROLES}
    article = make_article(published=False, body="A body.")
    texts = {revision.pk: revision for revision in (make_revision(article, body="B") for _ in range(4))}
    states = dict.fromkeys(texts, "draft")
    for _ in range(count(2000)):
        pk, move, role = rng.choice(list(texts)), rng.choice(list(EXPECTED)[:5]), rng.choice(ROLES)
        starts, ends, may = EXPECTED[move]
        expected = ends if role in may and states[pk] in starts else states[pk]
        try:
            publishing.move(move, texts[pk], by=people[role], note="Because.")
        except (PermissionDenied, ValidationError):
            assert expected == states[pk]
        states[pk] = Revision.objects.values_list("state", flat=True).get(pk=pk)
        assert states[pk] == expected, (move, role)
        if states[pk] in ("approved", "kept"):
            Revision.objects.filter(pk=pk).update(state="draft")
            states[pk] = "draft"
