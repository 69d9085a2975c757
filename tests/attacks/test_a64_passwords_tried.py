"""A64: guessing passwords ends for a name and network, and for the network; never for an editor elsewhere."""

import re
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.models import User
from django.test import Client

from directory.lockout import COOKIE, FROM_ONE_NETWORK
from directory.once import link_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORD = "correct horse battery"
RIVAL, OFFICE, HOME = "203.0.113.9", "198.51.100.4", "198.51.100.77"


@pytest.fixture(autouse=True)
def editor() -> User:
    return User.objects.create_superuser("editor", password=PASSWORD)


def try_it(client: Client, password: str, *, name: str = "editor", ip: str = RIVAL, **sent: str) -> Any:
    fields = {"username": name, "password": password, "next": "/admin/", **sent}
    return client.post("/admin/login/", fields, REMOTE_ADDR=ip)


def spray(times: int, *, ip: str = RIVAL, name: str = "name-{}") -> list[int]:
    return [try_it(Client(), "Winter2026!", name=name.format(n), ip=ip).status_code for n in range(times)]


def test_a64_one_name_is_locked_for_that_network_alone() -> None:
    assert spray(10, name="editor")[-1] == 429
    locked = try_it(Client(), PASSWORD)
    assert locked.status_code == 429
    assert "Too many tries" in locked.content.decode()
    assert try_it(Client(), PASSWORD, ip=HOME).status_code == 302


def test_a64_one_password_over_many_names_locks_the_network() -> None:
    answers = spray(FROM_ONE_NETWORK)
    assert set(answers[:-1]) == {200}
    assert answers[-1] == 429
    assert try_it(Client(), PASSWORD).status_code == 429
    assert try_it(Client(), PASSWORD, ip=HOME).status_code == 302


def test_a64_stuffing_by_other_browsers_counts_too() -> None:
    for n in range(10):
        last = Client(headers={"User-Agent": f"Agent {n}"}).post(
            "/admin/login/", {"username": "editor", "password": "wrong"}, REMOTE_ADDR=RIVAL
        )
    assert last.status_code == 429


def test_a64_who_was_here_before_gets_in_from_a_network_that_was_locked() -> None:
    known = Client()
    assert try_it(known, PASSWORD, ip=OFFICE).status_code == 302
    known.cookies.pop("sessionid")
    spray(FROM_ONE_NETWORK, ip=OFFICE)
    spray(10, ip=OFFICE, name="editor")
    assert try_it(Client(), PASSWORD, ip=OFFICE).status_code == 429
    assert try_it(known, PASSWORD, ip=OFFICE).status_code == 302


def test_a64_a_known_device_may_guess_ten_times_and_only_its_own_name() -> None:
    known = Client()
    try_it(known, PASSWORD, ip=OFFICE)
    known.cookies.pop("sessionid")
    for _ in range(10):
        last = try_it(known, "wrong", ip=OFFICE)
    assert last.status_code == 429
    assert try_it(known, PASSWORD, ip=HOME).status_code == 429
    for _ in range(10):
        last = try_it(known, "wrong", name="another", ip=OFFICE)
    assert last.status_code == 429
    assert AccessAttempt.objects.get().username == "another"


@pytest.mark.parametrize("value", ["x", "", "WyJlZGl0b3IiLCJ4Il0:1abc:forged"])
def test_a64_a_forged_device_is_a_strange_one(value: str) -> None:
    spray(10, name="editor")
    client = Client()
    client.cookies[COOKIE] = value
    assert try_it(client, PASSWORD).status_code == 429


def test_a64_the_link_of_the_shell_opens_a_locked_network(editor: User) -> None:
    spray(FROM_ONE_NETWORK, ip=OFFICE)
    client = Client(REMOTE_ADDR=OFFICE)
    answer = client.post(link_for(editor))
    assert answer.status_code == 302
    device = answer.cookies[COOKIE]
    assert device["httponly"]
    assert (device["path"], device["samesite"]) == ("/admin/", "Lax")
    assert client.get("/admin/").status_code == 200


def test_a64_a_known_and_an_unknown_name_sound_alike() -> None:
    pages = [try_it(Client(), "wrong", name=name).content.decode() for name in ("editor", "nobody")]
    notes = [re.search(r'class="errornote">(.*?)</p>', page, re.S) for page in pages]
    assert notes[0]
    assert notes[1]
    assert notes[0][1] == notes[1][1]
    spray(10, name="editor")
    spray(10, name="nobody")
    locked = [try_it(Client(), "wrong", name=name).content for name in ("editor", "nobody")]
    assert locked[0] == locked[1]


def test_a64_a_failed_try_keeps_neither_the_password_nor_the_text_that_was_carried() -> None:
    try_it(Client(), "Sesame-open-4711", kept='[["body", "Words not published yet."]]')
    rows = [*AccessAttempt.objects.values_list(), *AccessFailureLog.objects.values_list()]
    assert rows
    assert not re.search("Sesame|Words not published", str(rows))
