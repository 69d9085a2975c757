"""Pictures: uploaded, described and replaced here; where each is used."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content import pictures
from content.admin.access import NothingToSee, editor, may_publish
from content.lib import images
from content.models import Picture, Revision

KINDS = {"accept": "image/png,image/jpeg,image/webp"}


class PictureField(forms.FileField):
    """A file that is a picture by what it holds, whatever it is called; gives it drawn anew."""

    widget = forms.FileInput(attrs=KINDS)

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        return None if upload is None else self.look_at(upload)

    @staticmethod
    def look_at(upload: File[bytes]) -> images.Drawn:
        """Draws it once, however often it is asked for."""
        known = getattr(upload, "drawn", None)
        if known is None:
            try:
                images.check_size(upload.size or 0)
                known = images.draw(upload.read())
            except images.Refused as refused:
                known = refused
            setattr(upload, "drawn", known)  # noqa: B010  # not an attribute that Django declares
        if isinstance(known, images.Refused):
            raise ValidationError(str(known))
        return known


class PictureForm(forms.ModelForm[Picture]):
    file = PictureField(
        help_text=f"PNG, JPEG or WebP, up to {images.MOST_BYTES // 1_000_000} MB and"
        f" {images.MOST_PIXELS // 1_000_000} million pixels. It is drawn anew: place, date and camera go.",
        error_messages={"empty": "The file is empty. Choose it again.", "required": "Choose a picture."},
    )

    class Meta:
        model = Picture
        fields = ["slug", "name", "alternative", "is_decorative", "licence", "credit", "source_url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].required = False
            self.fields["file"].label = "Another file in its place"

    def full_clean(self) -> None:
        """A form that comes back does not hold the file, so it says that."""
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("file") and "file" not in self.errors:
            self.add_error(
                "file", "The file is good, but choose it again: a form that comes back cannot hold it."
            )


@admin.register(Picture)
class PictureAdmin(NothingToSee, admin.ModelAdmin[Picture]):
    form = PictureForm
    list_display = ["name", "thumbnail", "mark", "alternative", "licence", "uploaded_at"]
    list_filter = ["licence", "is_decorative", "uploaded_at"]
    search_fields = ["slug", "name", "alternative", "credit"]
    actions = None
    delete_confirmation_template = "admin/content/picture/delete_confirmation.html"

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        what = ["file", "name", "slug"] if obj is None else ["shown", "mark", "file", "name"]
        if obj and not self.has_change_permission(request, obj):
            what.remove("file")
        own = [
            (None, {"fields": what}),
            ("What readers are told who do not see it", {"fields": ["alternative", "is_decorative"]}),
            ("Whose it is", {"fields": ["licence", "credit", "source_url"]}),
        ]
        return [*own, ("Its files", {"fields": ["files", "uploaded_at", "uploaded_by"]})] if obj else own

    def get_readonly_fields(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        return ["shown", "mark", "files", "uploaded_at", "uploaded_by"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Picture | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}

    def has_change_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        """What readers see already is a publisher's to change."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_publish(request) or not pictures.is_read(obj))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The file is looked at before a save begins its transaction, in which nobody else could write."""
        upload = request.FILES.get("file") if request.method == "POST" else None
        if isinstance(upload, File) and self._may_send(request, object_id):
            with suppress(ValidationError):  # the form says it
                PictureField.look_at(upload)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _may_send(self, request: HttpRequest, object_id: str | None) -> bool:
        if object_id is None:
            return self.has_add_permission(request)
        picture = self.get_object(request, object_id)
        return picture is not None and self.has_change_permission(request, picture)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        picture = self.get_object(request, object_id)
        uses = pictures.uses(picture) if picture else []
        seen = set(Revision.objects.seen_by(editor(request)).values_list("pk", flat=True)) if uses else set()
        mine = [use for use in uses if use.revision.pk in seen]
        context = {"uses": mine, "others": len(uses) - len(mine)}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        drawn = form.cleaned_data.get("file")
        if drawn:
            pictures.store(obj, drawn, by=editor(request))
        else:
            obj.save()

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        pictures.remove(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A picture that a text names stays, and the page lists these texts."""
        gone, counts, needed, protected = super().get_deleted_objects(objs, request)
        used = [_line(use.revision) for picture in objs for use in pictures.uses(picture)]
        return gone, counts, needed, [*protected, *used]

    @admin.display(description="Picture")
    def thumbnail(self, picture: Picture) -> SafeString:
        return _image(picture, picture.widths[0], "picture-thumbnail")

    @admin.display(description="What readers see")
    def shown(self, picture: Picture) -> SafeString:
        return _image(picture, picture.width, "picture-shown")

    @admin.display(description="In a text", ordering="slug")
    def mark(self, picture: Picture) -> SafeString:
        return format_html("<code>![](picture:{})</code>", picture.slug)

    @admin.display(description="Files")
    def files(self, picture: Picture) -> str:
        widths = ", ".join(map(str, picture.widths))
        size = f"{picture.size / 1000:,.0f} kB"
        return f"{picture.width} x {picture.height} pixels; WebP, {widths} pixels wide, {size} together"


def _image(picture: Picture, width: int, name: str) -> SafeString:
    """Its words stand beside it."""
    return format_html(
        '<img src="{}" width="{}" height="{}" class="{}" alt="">',
        *(picture.address(width), width, round(picture.height * width / picture.width), name),
    )


def _line(revision: Revision) -> SafeString:
    address = reverse("admin:content_revision_change", args=[revision.pk])
    return format_html('<a href="{}">{}</a>, {}', address, revision, revision.get_state_display().lower())
