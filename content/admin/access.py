"""What an editor may see and touch in the admin: their own texts, nobody's, and what readers see."""

from typing import Any, NoReturn, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from content.drafting import hold
from content.models import Fact, FactBox, Revision
from content.models.workflow import PUBLISH


def editor(request: HttpRequest) -> User:
    """Who is logged in; the admin lets nobody else in."""
    return cast(User, request.user)


def seen(request: HttpRequest, pk: int) -> Revision:
    """The revision; Http404 where that editor may not see it, as where there is none."""
    if not request.user.has_perm("content.view_revision"):
        raise PermissionDenied
    rows = Revision.objects.seen_by(editor(request)).select_related("article__topic", "created_by")
    return get_object_or_404(rows, pk=pk)


class NothingToSee:
    """What an editor may not see answers like what is not there, on every page of the object."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        raise Http404


def may_publish(request: HttpRequest) -> bool:
    return editor(request).has_perm(PUBLISH)


def revision_of(obj: Revision | FactBox | Fact) -> Revision:
    if isinstance(obj, Revision):
        return obj
    return obj.revision if isinstance(obj, FactBox) else obj.box.revision


class PartOfDraft(NothingToSee):
    """A revision, or rows of it: changed only while it is a draft, and by those whose draft it is."""

    def _is_open(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None:
            return True
        revision = revision_of(obj)
        return revision.is_open() and revision.is_open_to(editor(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_open(request, obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_open(request, obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A save holds the article first: what the form compares itself with is what it saves over."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, *args, **kwargs)  # type: ignore[misc, no-any-return]
        with transaction.atomic():
            found = self.get_object(request, object_id)  # type: ignore[attr-defined]
            if found is not None:
                hold(revision_of(found).pk)
            return super().changeform_view(request, object_id, *args, **kwargs)  # type: ignore[misc, no-any-return]


def said(error: ValidationError) -> str:
    return " ".join(error.messages)
