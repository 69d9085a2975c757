"""A login link that works once and for ten minutes; whoever has the machine's shell may make one."""

from datetime import datetime

from django.contrib import admin
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import User
from django.core import signing
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.lockout import remember_device

SALT = "editor-login"
MINUTES = 10


def link_for(user: User) -> str:
    """The path of a login link for that user; logging in by any way ends it."""
    token = signing.dumps([user.pk, seen(user)], salt=SALT)
    return reverse("login-once", args=[token])


def seen(user: User) -> str | None:
    return user.last_login.isoformat() if user.last_login else None


def user_of(token: str) -> User | None:
    """Whom the token logs in; None where it is forged, too old or used."""
    try:
        pk, last_login = signing.loads(token, salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    return user if user is not None and seen(user) == last_login else None


def use(user: User, *, at: datetime | None = None) -> bool:
    """Spends the user's link; of two who try at once one gets through."""
    unspent = get_user_model().objects.filter(pk=user.pk, last_login=user.last_login)
    return bool(unspent.update(last_login=at or Now()))


@never_cache
@require_http_methods(["GET", "POST"])
def login_once(request: HttpRequest, token: str) -> HttpResponse:
    """Shows a button, so that a program that follows links does not spend it; the button logs in."""
    user = user_of(token)
    if user is None or (request.method == "POST" and not use(user)):
        return _page(request, None, status=410)
    if request.method == "POST":
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        answer = HttpResponseRedirect(reverse("admin:index"))
        remember_device(answer, user)
        return answer
    return _page(request, user)


def _page(request: HttpRequest, user: User | None, *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "user_to_be": user}
    return render(request, "admin/login_once.html", context, status=status)
