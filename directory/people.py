"""Users and groups in the admin: who may change whom, so that nobody gives themselves more rights."""

from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

# Whoever may set one of these may do everything.
POWERS: Final = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")


class People(UserAdmin[User]):
    """Only who may do everything gives rights, or touches the account of somebody that has some."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else [*own, *POWERS, "last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        everybody: QuerySet[User] = super().get_queryset(request)
        return everybody if request.user.is_superuser else everybody.filter(is_superuser=False)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The password of an account is the account: it is changed by its owner or who may do everything."""
        return super().has_change_permission(request, obj) and _is_below(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_below(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if self.has_delete_permission(request, user):
                user.delete()


def _is_below(request: HttpRequest, user: User | None) -> bool:
    """Whether that account has no right that the asker lacks."""
    asker = request.user
    if user is None or asker.is_superuser:
        return True
    return not user.is_superuser and user.get_all_permissions() <= asker.get_all_permissions()


class Groups(GroupAdmin):
    """A group is a set of rights, so only who may do everything changes one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


admin.site.unregister([User, Group])
admin.site.register(User, People)
admin.site.register(Group, Groups)
