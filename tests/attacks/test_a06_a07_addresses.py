"""A06, A07: an address that readers follow begins with http and names a host; it is text until checked."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from content.models import CertifyingBody, Source
from listings.models import DirectoryRow
from listings.models.federal import ADDRESSES
from tests.attacks.ground import corpus
from tests.build import make_credential, make_school, make_source
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db
RUN = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "//evil",
)


@pytest.mark.parametrize("address", corpus("a07_addresses"))
def test_a07_an_editor_is_told_what_is_wrong_and_keeps_the_rest(address: str) -> None:
    client = logged_in(make_editor("Publisher"))
    sent = {"publisher": "A publisher", "title": "A title", "url": address}
    answer = client.post(reverse("admin:content_source_add"), sent)
    assert answer.status_code == 200
    assert answer.context["adminform"].errors["url"]
    assert 'value="A title"' in answer.content.decode()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://www.aapc.com/a?b=c#d", "https://www.aapc.com/a?b=c#d"),
        ("http://example.org", "http://example.org"),
        ("https://example.org:443/x", "https://example.org:443/x"),
        ("good.example/a", "https://good.example/a"),
        ("//good.example", "https://good.example"),
    ],
)
def test_a07_what_is_an_address_is_taken(typed: str, address: str) -> None:
    client = logged_in(make_editor("Publisher"))
    sent = {"publisher": "A publisher", "title": "A title", "url": typed}
    assert client.post(reverse("admin:content_source_add"), sent).status_code == 302
    assert Source.objects.get().url == address


@pytest.mark.parametrize("address", RUN)
def test_a06_no_row_past_the_forms_holds_one(address: str) -> None:
    source, school = make_source(), make_school()
    body = make_credential().body
    for rows, columns in (
        (Source.objects.filter(pk=source.pk), ("url",)),
        (CertifyingBody.objects.filter(pk=body.pk), ("url",)),
        (DirectoryRow.objects.filter(school=school), ADDRESSES),
    ):
        for column in columns:
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**{column: address})


def test_a06_the_admin_links_to_none_that_lies_there_all_the_same(admin_client: Client) -> None:
    """Where a rule of the database was lost, as by a restore without constraints."""
    school = make_school()
    row = DirectoryRow.objects.get(school=school)
    evil = "https://good.example/\"onmouseover='alert(1)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {DirectoryRow._meta.db_table} SET website = %s, aid_url = %s WHERE id = %s",
            [evil, "https://good@evil.example/", row.pk],
        )
    for address in (reverse("admin:listings_school_change", args=[school.pk]), school.get_absolute_url()):
        html = admin_client.get(address).content.decode()
        assert not re.search(r"""<[^>]*\sonmouseover=""", html)
        assert 'href="https://good@evil' not in html
