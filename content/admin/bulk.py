"""Credentials and redirects as rows of bulk files."""

from typing import Any

from import_export.fields import Field

from content.lib.bulk.rows import Named, Rows, Whole
from content.models import Article, Attribution, CertifyingBody, Credential, Redirect


class CredentialRows(Rows):
    """A credential by its slug. A value that changes is no more what its source reported."""

    body = Field("body", "body", Named(CertifyingBody.objects.all(), "acronym", "certifying body"))
    became = Field("became", "became", Named(Credential.objects.all(), "slug", "credential"))
    as_of = Field("as_of", "as_of", Whole())

    class Meta:
        model = Credential
        fields = (
            "slug",
            "code",
            "name",
            "body",
            "level",
            "entry",
            "status",
            "became",
            "setting",
            "summary",
            "as_of",
        )
        import_order = export_order = fields
        import_id_fields = ("slug",)
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True

    def after_init_instance(self, instance: Credential, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            instance.status = Credential.Status.UNKNOWN

    def before_save_instance(self, instance: Credential, row: Any, **kwargs: Any) -> None:
        stored = Credential.objects.filter(pk=instance.pk).first()
        if stored is not None:
            names = Attribution.Attribute.values
            changed = [name for name in names if getattr(stored, name) != getattr(instance, name)]
            instance.attributions.filter(attribute__in=changed).delete()


class RedirectRows(Rows):
    """An address that moved, by its path."""

    article = Field("article", "article", Named(Article.objects.all(), "slug", "article"))

    class Meta:
        model = Redirect
        fields = import_order = export_order = ("path", "to", "article")
        import_id_fields = ("path",)
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True
