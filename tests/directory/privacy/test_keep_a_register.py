"""Every field of every model is either in the register of personal data or reviewed as impersonal."""

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models

from listings.models import Mailbox
from listings.submissions.register import REGISTER

# Numbers, moments and yes or no name nobody by themselves; they go with their row. Which editor did something
# is one row of the register (`editors_marks`).
SILENT = (
    models.IntegerField,
    models.BooleanField,
    models.FloatField,
    models.DecimalField,
    models.DateField,
    models.AutoField,
)

# What was looked at, one field at a time: facts of schools and programs, what editors write for readers,
# what the site itself works out.
IMPERSONAL = {
    "tasks.JobRun": "job state counts",
    "listings.MailKey": "purpose",
    "listings.School": "slug name aliases city state text status rank_key name_key",
    "listings.Claim": "state basis",
    "listings.Program": "cip",
    "listings.DataVersion": "report",
    "listings.FederalFile": "kind name release sha256",
    "listings.DirectoryRow": "missing name aliases address city state zip county control phone website"
    " admissions_url aid_url application_url net_price_url closed_at",
    "listings.Bystander": "record",
    "listings.ReportedRow": "missing",
    "listings.CompletionsRow": "missing",
    "listings.EarningsRow": "missing cip4",
    "listings.InstitutionRow": "missing accreditor",
    "listings.TuitionRow": "missing cip",
    "listings.Statement": "field value by",
    "listings.Submission": "reference kind state content",
    "listings.SubmittedField": "program_key field state",
    "listings.SubmissionEvent": "what",
    "listings.StoredAnswer": "title text",
    "listings.Letter": "event key_purpose state",
    "listings.ListingRow": "cip group award state control rank_key",
    "listings.ListingCredential": "credential",
    "listings.ListingStamp": "epoch",
    "listings.Place": "state key name",
    "listings.Disclosure": "text",
    "listings.HistoricalSponsorship": "placement note history_change_reason history_type",
    "listings.Sponsorship": "placement note",
    "content.Source": "publisher title url",
    "content.Specialty": "slug name summary work",
    "content.CertifyingBody": "slug acronym name url summary",
    "content.Credential": "slug code name level setting entry status summary",
    "content.CredentialSetting": "setting",
    "content.Attribution": "attribute",
    "content.Requirement": "kind text",
    "content.Topic": "slug name summary school_filter",
    "content.Article": "slug kind status archived_to links_hash",
    "content.Revision": "state title summary lead body disclosures change_note",
    "content.LinkHost": "origin rules missing",
    "content.CitedLink": "address state verdict said evidence etag last_modified leads_to first_title"
    " first_terms title terms vouched",
    "content.LinkCheck": "state verdict title said",
    "content.LinkUse": "page",
    "content.EditorsMail": "kind subject text",
    "content.ErrorReport": "state answer",
    "content.Statistic": "key label unit per subject area measure publisher provider break_reason",
    "content.Observation": "period missing release status decided_why",
    "content.FactBox": "title",
    "content.Fact": "label kind text unit per qualifier",
    "content.FactSource": "marker",
    "content.ImportBatch": "note",
    "content.BatchPage": "name sha256 raw state sentence encoding title lead body reading result",
    "content.ImportedPage": "sha256 name raw encoding status reason result",
    "content.Picture": "slug name alternative licence credit source_url stem widths",
    "content.PreviewLink": "token_hash",
    "content.ProviderState": "name trouble sample refused",
    "content.HistoricalRedirect": "path to history_change_reason history_type",
    "content.Redirect": "path to",
    "content.RelatedLink": "origin reason",
    "content.ArticleDigest": "content_hash terms links labels sketch",
    "content.Term": "slug name acronym definition",
    "content.Waiver": "code text reason",
    "content.RevisionStep": "move note",
    "auth.Permission": "name codename",
    "auth.Group": "name",
    "contenttypes.ContentType": "app_label model",
}


def fields():
    """Every column that could name a person, as `app.Model.field`."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields if model._meta.managed else ():
            told = field.related_model is Mailbox if field.is_relation else not isinstance(field, SILENT)
            if told:
                yield f"{model._meta.label}.{field.name}"


def registered():
    return [f"{kept.model}.{field}" for kept in REGISTER for field in kept.fields]


def impersonal():
    return [f"{model}.{field}" for model, names in IMPERSONAL.items() for field in names.split()]


def test_no_field_is_in_neither_list_and_none_in_both():
    assert set(fields()) == set(registered()) | set(impersonal())
    assert len(registered()) + len(impersonal()) == len(set(registered()) | set(impersonal()))


def test_every_row_says_what_why_how_long_and_who():
    for kept in REGISTER:
        assert all((kept.what, kept.why, kept.how_long, kept.who_sees)), kept.name
    assert len({kept.name for kept in REGISTER}) == len(REGISTER)
    assert len({kept.what for kept in REGISTER}) == len(REGISTER)


def test_whatever_belongs_to_a_mailbox_can_be_handed_out():
    """Each model that is found from a mailbox has rows that an export and an erasure reach."""
    owned = {f.related_model._meta.label for f in Mailbox._meta.related_objects}
    assert owned <= {kept.model for kept in REGISTER if kept.of}


def test_a_reference_to_an_editor_never_keeps_the_account():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is User and model._meta.managed:
                kept_back = field.remote_field.on_delete in (models.PROTECT, models.RESTRICT)
                assert not kept_back, f"{model._meta.label}.{field.name}"
