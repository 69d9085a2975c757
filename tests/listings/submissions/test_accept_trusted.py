"""Several at once are accepted where the sender speaks for the school; each other is left with its reason."""

import re

import pytest

from listings.models import Claim, Statement, Submission
from listings.submissions import claims
from listings.submissions.deciding import withdraw
from tests.build import make_school
from tests.listings.submissions.moderating import QUEUE, reviewer, who
from tests.listings.submissions.sent import make_claim, make_mailbox, make_submission

pytestmark = pytest.mark.django_db
SITE = {"website": "https://www.greenwood.edu/"}


def trusted(name: str, months: int = 9) -> Submission:
    """Of a mailbox at the domain of the school's own site."""
    school = make_school(name, directory=SITE)
    mailbox = make_mailbox("registrar@greenwood.edu")
    claims.claim(school, mailbox=mailbox)
    return make_submission(school, mailbox=mailbox, months=months, aid=["federal"])


def choose(client, *chosen: Submission, **more):
    sending = {"action": "accept_trusted", "_selected_action": [sent.pk for sent in chosen], **more}
    return client.post(QUEUE + "?standing=all", sending, follow="confirmed" in more)


def confirm(client, *chosen: Submission):
    """As the page that asks sends it: with the versions that it shows."""
    html = choose(client, *chosen).content.decode()
    shown = dict(re.findall(r'name="(version-\d+)" value="(\d+)"', html))
    return choose(client, *chosen, confirmed="1", **shown)


def states(*sent: Submission) -> list[str]:
    return [Submission.objects.get(pk=each.pk).state for each in sent]


def test_it_is_shown_first_and_nothing_is_accepted_by_that():
    sent = trusted("Greenwood College")
    html = choose(reviewer(), sent).content.decode()
    assert "9 months" in html
    assert "Accept all fields of 1 submission" in html
    assert states(sent) == ["waiting"]


def test_the_trusted_are_accepted_and_the_others_left_with_their_reason():
    first, second = trusted("Greenwood College"), trusted("Greenwood Institute", 12)
    stranger = make_submission(first.school, mailbox=make_mailbox("jo@gmail.com"), months=3)
    done = trusted("Greenwood Academy")
    withdraw(done)
    html = confirm(reviewer(), first, second, stranger, done).content.decode()
    assert states(first, second, stranger, done) == ["done", "done", "waiting", "withdrawn"]
    assert f"{first}, Greenwood College: accepted 2." in html
    assert f"{stranger} was not accepted: nobody granted that its sender speaks for the school." in html
    assert f"{done} was not accepted: nothing waits, it is “withdrawn”." in html
    assert Statement.objects.filter(replaced_at=None).count() == 4


def test_a_revoked_claim_is_trusted_no_more():
    sent, client = trusted("Greenwood College"), reviewer()
    claims.revoke(Claim.objects.get(), by=who(client), reason="It was not they.")
    Submission.objects.filter(pk=sent.pk).update(is_trusted=True)
    assert "nobody granted" in confirm(client, sent).content.decode()
    assert states(sent) == ["waiting"]


def test_what_changed_after_it_was_shown_is_not_accepted():
    kept, changed, client = trusted("Greenwood College"), trusted("Greenwood Institute"), reviewer()
    html = choose(client, kept, changed).content.decode()
    shown = dict(re.findall(r'name="(version-\d+)" value="(\d+)"', html))
    Submission.objects.filter(pk=changed.pk).update(version=changed.version + 1)
    said = choose(client, kept, changed, confirmed="1", **shown).content.decode()
    assert states(kept, changed) == ["done", "waiting"]
    assert f"{changed} was not accepted: The school changed this submission" in said


def test_without_the_versions_that_were_shown_nothing_is_accepted():
    sent = trusted("Greenwood College")
    choose(reviewer(), sent, confirmed="1")
    assert states(sent) == ["waiting"]


def test_a_new_school_is_looked_at_by_itself():
    sent = trusted("Greenwood College")
    Submission.objects.filter(pk=sent.pk).update(school=None)
    assert "a new school is looked at on its own page" in confirm(reviewer(), sent).content.decode()
    assert states(sent) == ["waiting"]


def test_more_than_twenty_are_too_many_to_look_at():
    school, mailbox = make_school(directory=SITE), make_mailbox("registrar@greenwood.edu")
    make_claim(make_submission(school, mailbox=mailbox, months=1))
    for number in range(2, 22):
        Submission.objects.create(
            mailbox=mailbox,
            school=school,
            kind="update",
            state="waiting",
            content=str(number),
            sent_at="2026-01-01T00:00Z",
            queued_at="2026-01-01T00:00Z",
        )
    answer = reviewer().post(
        QUEUE,
        {
            "action": "accept_trusted",
            "_selected_action": list(Submission.objects.values_list("pk", flat=True)),
        },
        follow=True,
    )
    assert "Choose at most 20 at once" in answer.content.decode()
