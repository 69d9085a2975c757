"""A64, A65, A67, A71, A72: who tries to get in, to stay in, or to get more rights than were given."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from content.publishing import publish
from tests.build import make_article
from tests.content.workflow.people import logged_in, make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORD = "correct horse battery"


@pytest.fixture
def user() -> User:
    return User.objects.create_superuser("editor", password=PASSWORD)


def log_in(client: Client, password: str = PASSWORD, name: str = "editor", ip: str = "10.0.0.1") -> int:
    sent = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", sent, REMOTE_ADDR=ip).status_code


def test_a_spray_locks_its_network_and_not_the_account(user: User) -> None:
    for _ in range(11):
        last = log_in(Client(), "wrong", ip="10.0.0.66")
    assert last == 429
    assert log_in(Client(), ip="10.0.0.66") == 429
    assert log_in(Client(), ip="10.0.0.1") == 302


def test_a_wrong_name_and_a_wrong_password_sound_alike(user: User) -> None:
    pages = []
    for name in ("editor", "nobody"):
        sent = {"username": name, "password": "wrong"}
        html = Client().post("/admin/login/", sent).content.decode()
        pages.append(html.split('class="errornote"')[1].split("</p>")[0])
    assert pages[0] == pages[1]


def test_there_is_no_reset_to_flood() -> None:
    assert Client().get("/admin/password_reset/").status_code in (302, 404)
    assert "password_reset" not in Client().get("/admin/login/").content.decode()


def test_a_session_planted_before_is_not_the_one_after(user: User) -> None:
    client = Client()
    client.cookies["sessionid"] = "planted" + "x" * 25
    log_in(client)
    assert client.cookies["sessionid"].value != "planted" + "x" * 25
    assert client.get("/admin/").status_code == 200


def test_an_old_session_is_dead_after_logout_and_after_a_new_password(user: User) -> None:
    client, thief = Client(), Client()
    log_in(client)
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    assert thief.get("/admin/").status_code == 302
    log_in(client)
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    user.set_password("another horse battery")
    user.save()
    assert thief.get("/admin/").status_code == 302


def test_a_lost_role_counts_from_the_next_request_on() -> None:
    reviewer = make_editor("Reviewer")
    client = logged_in(reviewer)
    address = reverse("admin:content_observation_changelist")
    assert client.get(address).status_code == 200
    reviewer.groups.clear()
    assert client.get(address).status_code == 403
    User.objects.filter(pk=reviewer.pk).update(is_staff=False)
    assert client.get(address).status_code == 302


def keeper_of_users() -> tuple[User, Client]:
    """Somebody to whom the operator gave the keeping of accounts."""
    keeper = make_editor("Author", "keeper")
    for verb in ("view", "add", "change", "delete"):
        keeper.user_permissions.add(
            *Permission.objects.filter(codename__in=(f"{verb}_user", f"{verb}_group"))
        )
    return keeper, logged_in(keeper)


def test_a72_a_keeper_of_users_gives_nobody_rights() -> None:
    keeper, client = keeper_of_users()
    publisher = Group.objects.get(name="Publisher")
    permission = Permission.objects.get(codename="publish_revision")
    for field, value in {
        "is_superuser": "on",
        "groups": publisher.pk,
        "user_permissions": permission.pk,
    }.items():
        address = reverse("admin:auth_user_change", args=[keeper.pk])
        sent = {"username": "keeper", "first_name": "K", "last_name": "", "email": "", field: value}
        assert client.post(address, sent).status_code == 302
        keeper = User.objects.get(pk=keeper.pk)
        assert keeper.first_name == "K"
        assert not keeper.is_superuser
        assert [each.name for each in keeper.groups.all()] == ["Author"]
        assert not keeper.has_perm("content.publish_revision")
    group = reverse("admin:auth_group_change", args=[Group.objects.get(name="Author").pk])
    assert client.post(group, {"name": "Author", "permissions": permission.pk}).status_code == 403


def test_a_keeper_of_users_takes_no_stronger_account_over(user: User) -> None:
    _keeper, client = keeper_of_users()
    publisher = make_editor("Publisher")
    new = {"password1": "taken over by me", "password2": "taken over by me", "usable_password": "true"}
    for account in (user, publisher):
        client.post(reverse("admin:auth_user_password_change", args=[account.pk]), new)
        client.post(reverse("admin:auth_user_delete", args=[account.pk]), {"post": "yes"})
        chosen = {"action": "delete_selected", "_selected_action": [account.pk], "post": "yes"}
        client.post(reverse("admin:auth_user_changelist"), chosen)
        again = User.objects.get(pk=account.pk)
        assert again.password == account.password


def test_autocomplete_names_no_text_of_others() -> None:
    author = make_editor("Author")
    stranger = User.objects.create_user("stranger")
    make_article("hidden-one", published=False, title="Zanzibar", by=stranger)
    own = make_article("own-one", published=False, title="Zanzibar", by=author)
    where = {"app_label": "content", "model_name": "redirect", "field_name": "article", "term": "Zanzibar"}
    found = logged_in(author).get(reverse("admin:autocomplete"), where).json()["results"]
    assert [row["id"] for row in found] == [str(own.pk)]


def test_what_lower_roles_write_is_shown_and_never_run(user: User) -> None:
    author = make_editor("Author")
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    article = make_article(
        "evil", published=False, title=evil, lead=evil, body=evil, change_note=evil, by=author
    )
    revision = article.revisions.get()
    client = Client()
    client.force_login(user)
    pages = [
        reverse("admin:content_revision_changelist"),
        reverse("admin:content_article_changelist"),
        reverse("admin:content_revision_change", args=[revision.pk]),
        reverse("admin:content_revision_history", args=[revision.pk]),
        reverse("admin:content_article_delete", args=[article.pk]),
        reverse("admin:content_article_archive", args=[article.pk]),
        reverse("admin:content_revision_compare", args=[revision.pk]),
        reverse("admin:content_revision_preview", args=[revision.pk]),
        reverse("editors-preview", args=[revision.pk]),
        "/admin/",
    ]
    publish(revision, by=user)
    for address in [*pages, article.get_absolute_url()]:
        html = client.get(address).content.decode()
        assert "<script>alert" not in html, address
        assert "<img src=x" not in html, address
