"""The admin pages of bulk files: import with a preview, export, a template to begin with."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from content.lib.bulk.files import Csv, Folder, Table
from content.lib.bulk.rows import CLEAR, Rows, share_cleared
from content.lib.tables import BadFile

MOST_CLEARED: Final = 0.1


class Unconfirmed(Exception):
    """The file clears more than a tenth of its cells, and nobody typed that this is meant."""


class ConfirmForm(ConfirmImportForm):
    """What the preview sends on; `cleared` is typed where the file takes many values away."""

    cleared = forms.CharField(
        required=False,
        label=f"Type {CLEAR} where the file clears more than a tenth of its cells",
    )

    def clean_format(self) -> str:
        return _only_zero(self.cleaned_data["format"])

    def clean_resource(self) -> str:
        return _only_zero(self.cleaned_data["resource"] or "0")


def _only_zero(given: str) -> str:
    if given != "0":
        raise ValidationError("Upload the file again.")
    return given


class BulkPages(ImportExportMixin):
    """Beside a ModelAdmin. `rows` says what a row is; whoever may add and change may import."""

    rows: type[Rows]
    import_template_name = "admin/bulk_import.html"
    import_form_class = ImportForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = Folder

    def get_resource_classes(self, request: HttpRequest) -> list[type[Rows]]:
        return [self.rows]

    def get_import_formats(self) -> list[type[Table]]:
        return [Table]

    def get_export_formats(self) -> list[Any]:
        return [Csv, XLSX]

    def _may(self, request: HttpRequest, verb: str) -> bool:
        opts = self.model._meta
        return request.user.has_perm(f"{opts.app_label}.{get_permission_codename(verb, opts)}")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add") and self._may(request, "change")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def get_urls(self) -> list[Any]:
        template = self.admin_site.admin_view(require_safe(self.template))
        name = "{}_{}_template".format(*self.get_model_info())
        return [path("import/template/", template, name=name), *super().get_urls()]

    def template(self, request: HttpRequest) -> HttpResponse:
        """A file with the header alone."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        header = ",".join(self.rows.columns())
        answer = HttpResponse(f"\ufeff{header}\r\n", content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.model._meta.model_name}-template.csv"'
        return answer

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"template_address": reverse("admin:{}_{}_template".format(*self.get_model_info()))}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        said = str(e) if isinstance(e, BadFile) else "The file cannot be read. Save it as .xlsx or CSV UTF-8."
        form.add_error("import_file", said)

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if share_cleared(dataset) > MOST_CLEARED and form.cleaned_data.get("cleared") != CLEAR:
            raise Unconfirmed
        return super().process_dataset(dataset, form, request, **kwargs)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        again = HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))
        try:
            answer: HttpResponse = super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.error(request, "This file was imported already, or it waited too long. Upload it again.")
        except Unconfirmed:
            messages.error(
                request, f"Nothing was changed: the file clears more than a tenth of its cells. Type {CLEAR}."
            )
        else:
            return answer
        return again

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, "Nothing was changed: rows do not fit any more. Upload the file again.")
            return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))
        answer: HttpResponse = super().process_result(result, request)
        return answer
