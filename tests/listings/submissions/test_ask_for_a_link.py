"""Somebody asks for the link to their page: one answer whoever exists, and few mails whatever is typed."""

from datetime import timedelta

import pytest
from django.test import Client

from content.lib.clock import database_now
from content.lib.guard import stamp
from listings.models import Attempt, Letter, Mailbox
from listings.submissions import limits
from listings.submissions.letters import TO_ONE
from tests.listings.submissions.sent import make_mailbox
from tests.listings.submissions.visiting import LINK, MY, ask_for_link, open_key, stamped
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_who_asks_gets_a_letter_and_is_told_to_look(client):
    mailbox = make_mailbox("registrar@school.edu")
    answer = ask_for_link(client, " Registrar@School.EDU ")
    assert "Look into your mail" in Page(client, answer["Location"]).text()
    letter = Letter.objects.get()
    assert (letter.mailbox, letter.key_purpose, letter.state) == (mailbox, "open", "waiting")
    assert "/for-schools/" not in letter.text


def test_a33_the_answer_tells_nothing_about_who_exists(client):
    make_mailbox("known@school.edu")
    answers = [ask_for_link(client, f"{who}@school.edu") for who in ("known", "unknown", "known", "known")]
    answers += [ask_for_link(client, "known@school.edu") for _ in range(3)]
    said = {(answer.status_code, answer["Location"], answer.content) for answer in answers}
    assert len(said) == 1
    assert Letter.objects.filter(mailbox__address="known@school.edu").count() == TO_ONE[1]


@pytest.mark.parametrize(
    "spelled",
    [
        [f"victim+{n}@gmail.com" for n in range(9)],
        [
            "v.ictim@gmail.com",
            "vi.ctim@gmail.com",
            "victim@googlemail.com",
            "VICTIM@GMAIL.COM",
            "v.i@gmail.com",
        ],
        ["a@bücher.example", "a+1@xn--bcher-kva.example", "A@BÜCHER.example", "a+x@bücher.example"],
    ],
)
def test_a33_other_spellings_are_no_other_mailbox(client, spelled):
    for address in spelled * 2:
        assert ask_for_link(client, address).status_code == 302
    canonical = Mailbox.objects.order_by("pk").values_list("canonical", flat=True)[0]
    assert Letter.objects.filter(mailbox__canonical=canonical).count() == TO_ONE[1]
    Letter.objects.update(written_at=database_now() - timedelta(hours=25))
    ask_for_link(client, spelled[0])
    assert Letter.objects.count() >= TO_ONE[1] + 1


def test_a33_one_network_causes_twenty_mails_a_day(client):
    most = limits.MOST[limits.Kind.MAIL][1]
    for number in range(most):
        assert ask_for_link(client, f"victim{number}@school.edu").status_code == 302
    page = Page.of(ask_for_link(client, "next@school.edu"), status=429)
    assert "come back tomorrow" in page.text()
    assert page.attribute("input[name=address]", "value") == "next@school.edu"
    assert (Letter.objects.count(), Attempt.objects.count()) == (most, most)
    assert not Mailbox.objects.filter(address="next@school.edu").exists()
    assert ask_for_link(Client(), "next@school.edu", REMOTE_ADDR="203.0.113.9").status_code == 302
    Attempt.objects.update(at=database_now() - timedelta(hours=25))
    assert ask_for_link(client, "later@school.edu").status_code == 302


def test_a36_a_full_trap_gets_the_same_answer_and_stores_nothing(client):
    real = ask_for_link(client, "a@school.edu")
    caught = ask_for_link(client, "b@school.edu", website="http://spam.example")
    assert (caught.status_code, caught["Location"]) == (real.status_code, real["Location"])
    assert Mailbox.objects.get().address == "a@school.edu"
    assert (Letter.objects.count(), Attempt.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("age", "said"), [(timedelta(0), "faster than one can read"), (timedelta(hours=30), "open for too long")]
)
def test_a36_too_fast_or_too_old_keeps_the_address(client, age, said):
    typed = {"address": "a@school.edu", "stamp": stamp("school-link", database_now() - age)}
    page = Page.of(client.post(LINK, typed), status=400)
    assert said in page.text()
    assert page.attribute("input[name=address]", "value") == "a@school.edu"
    assert not Mailbox.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "root@localhost",
        "a@[127.0.0.1]",
        "a@b.c\r\nBcc: x@y.edu",
        '"x\n"@b.edu',
        "a%0a@b.edu",
        "a@b.edu\x00",
        "x" * 300 + "@b.edu",
    ],
)
def test_a32_what_is_no_address_is_refused_in_a_sentence(client, address):
    page = Page.of(ask_for_link(client, address), status=400)
    assert "registrar@school.edu" in page.text() or "characters" in page.text()
    assert page.attribute('.notice a[href="#id_address"]', "href")
    assert not Letter.objects.exists()


def test_a40_another_site_cannot_ask(client):
    strict = Client(enforce_csrf_checks=True)
    typed = stamped("school-link", address="a@school.edu")
    assert strict.post(LINK, typed).status_code == 403
    strict.get(LINK)
    typed["csrfmiddlewaretoken"] = strict.cookies["csrftoken"].value
    assert strict.post(LINK, typed, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert not Letter.objects.exists()
    assert strict.post(LINK, typed).status_code == 302


def test_without_the_cookie_what_was_typed_comes_back_under_a_button():
    strict = Client(enforce_csrf_checks=True)
    typed = stamped("school-link", address='a"<b>@school.edu')
    page = Page.of(strict.post(f"{LINK}?x=1", typed), status=403)
    assert page.text(".typed") == 'a"<b>@school.edu'
    assert page.attribute("main form", "action") == f"{LINK}?x=1"
    sent = {
        each.attributes["name"]: each.attributes["value"]
        for each in page.tree.css("main form input[type=hidden]")
    }
    assert sent.pop("csrfmiddlewaretoken")
    assert sent == typed
    sent |= {"address": "a@school.edu", "csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(LINK, sent).status_code == 302
    foreign = strict.post(LINK, typed, HTTP_ORIGIN="https://evil.example")
    assert (foreign.status_code, "school.edu" in foreign.content.decode()) == (403, False)


def test_who_wanted_a_page_that_is_closed_gets_there_by_the_link(client):
    mailbox = make_mailbox()
    wanted = f"{MY}letters/"
    answer = client.get(wanted)
    form = Page(client, answer["Location"])
    to = form.attribute("input[name=to]", "value")
    assert to == wanted
    ask_for_link(client, mailbox.address, to=to)
    assert client.post(open_key(mailbox))["Location"] == wanted
    assert client.post(open_key(mailbox))["Location"] == MY


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/admin/", "javascript:alert(1)"])
def test_a78_a_link_leads_to_no_other_place(client, to):
    mailbox = make_mailbox()
    ask_for_link(client, mailbox.address, to=to)
    assert client.post(open_key(mailbox))["Location"] == MY
