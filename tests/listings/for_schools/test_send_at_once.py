"""Fifty browsers send the same form at once: one submission, one letter."""

from datetime import timedelta

import pytest
from django.test import Client

from content.lib.clock import database_now
from content.lib.guard import stamp
from listings.models import Letter, Mailbox, Submission, SubmittedField
from tests.at_once import at_once, shared_database  # noqa: F401
from tests.build import make_school
from tests.listings.for_schools.filled import ADDRESS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]
KEY = "51.0713.21"


def test_fifty_identical_posts_are_one_submission_and_one_letter():
    make_school(slug="greenwood")
    then = stamp("for-schools", database_now() - timedelta(minutes=1))
    typed = {
        f"p{KEY}-tuition-amount": "4500",
        f"p{KEY}-tuition-year": "2026",
        "address": ADDRESS,
        "stamp": then,
    }
    address = f"/schools/greenwood/correct/?field=tuition&program={KEY}"
    answers = at_once(50, lambda _: Client().post(address, typed))
    sent = Submission.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, f"/schools/greenwood/correct/?sent={sent.reference}")
    }
    assert (Letter.objects.count(), Mailbox.objects.count(), SubmittedField.objects.count()) == (1, 1, 1)
