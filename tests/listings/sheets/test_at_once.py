"""Twelve at the same moment: uploads leave one sheet, presses of its button one submission."""

import pytest

from listings.models import Letter, Sheet, SheetRow, Submission, SubmittedField
from tests.at_once import at_once, shared_database  # noqa: F401
from tests.build import make_school
from tests.listings.sheets.made import KEY, address, csv_file, upload
from tests.listings.submissions.sent import make_mailbox
from tests.listings.submissions.visiting import visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]
MANY = 12


def test_uploads_at_once_leave_one_sheet_and_sendings_at_once_one_submission():
    school, mailbox = make_school(), make_mailbox()
    browsers = [visitor(mailbox) for _ in range(MANY)]
    data = csv_file((*KEY, "4500", "2026", "9"), ("Billing", "51.0714", "AAS", "", "", "12"))
    answers = at_once(MANY, lambda number: upload(browsers[number], school, data))
    assert {answer.status_code for answer in answers} == {200}
    assert (Sheet.objects.count(), SheetRow.objects.count()) == (1, 2)
    version = Sheet.objects.get().version
    given = {"do": "send", "version": version}
    answers = at_once(MANY, lambda number: browsers[number].post(address(school), given))
    sent = Submission.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/for-schools/my/sent/{sent.reference}/"}
    assert SubmittedField.objects.count() == 3
    assert Letter.objects.count() == 1
    assert not SheetRow.objects.exists()
