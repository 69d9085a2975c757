"""What the knowledge half of the site stores."""

from content.models.article import Article, ArticleQuerySet, Revision, RevisionQuerySet
from content.models.cited_link import CitedLink, CitedLinkQuerySet, LinkCheck, LinkHost, LinkUse
from content.models.credential import (
    Attribution,
    CertifyingBody,
    Credential,
    CredentialQuerySet,
    CredentialSetting,
    Requirement,
)
from content.models.editors_mail import EditorsMail
from content.models.error_report import ErrorReport, ErrorReportQuerySet
from content.models.fact import Fact, FactBox, FactSource
from content.models.import_batch import BatchPage, BatchPageQuerySet, ImportBatch, ImportBatchQuerySet
from content.models.imported_page import ImportedPage
from content.models.picture import Licence, Picture
from content.models.preview_link import PreviewLink, PreviewLinkQuerySet
from content.models.provider_state import ProviderState, ProviderStateQuerySet
from content.models.publication import Publication, PublicationQuerySet
from content.models.redirect import Redirect
from content.models.related_link import ArticleDigest, RelatedGeneration, RelatedLink, RelatedLinkQuerySet
from content.models.revision_text import REVISION_TEXT, RevisionText
from content.models.source import Source
from content.models.specialty import Specialty
from content.models.statistic import Missing, Observation, ObservationQuerySet, Statistic, StatisticQuerySet
from content.models.term import Term
from content.models.text_check import TextCheck, TextCheckQuerySet, Waiver, WaiverQuerySet
from content.models.topic import Topic
from content.models.unsaved_text import UnsavedText, UnsavedTextQuerySet
from content.models.workflow import RevisionStep

__all__ = [
    "REVISION_TEXT",
    "Article",
    "ArticleDigest",
    "ArticleQuerySet",
    "Attribution",
    "BatchPage",
    "BatchPageQuerySet",
    "CertifyingBody",
    "CitedLink",
    "CitedLinkQuerySet",
    "Credential",
    "CredentialQuerySet",
    "CredentialSetting",
    "EditorsMail",
    "ErrorReport",
    "ErrorReportQuerySet",
    "Fact",
    "FactBox",
    "FactSource",
    "ImportBatch",
    "ImportBatchQuerySet",
    "ImportedPage",
    "Licence",
    "LinkCheck",
    "LinkHost",
    "LinkUse",
    "Missing",
    "Observation",
    "ObservationQuerySet",
    "Picture",
    "PreviewLink",
    "PreviewLinkQuerySet",
    "ProviderState",
    "ProviderStateQuerySet",
    "Publication",
    "PublicationQuerySet",
    "Redirect",
    "RelatedGeneration",
    "RelatedLink",
    "RelatedLinkQuerySet",
    "Requirement",
    "Revision",
    "RevisionQuerySet",
    "RevisionStep",
    "RevisionText",
    "Source",
    "Specialty",
    "Statistic",
    "StatisticQuerySet",
    "Term",
    "TextCheck",
    "TextCheckQuerySet",
    "Topic",
    "UnsavedText",
    "UnsavedTextQuerySet",
    "Waiver",
    "WaiverQuerySet",
]
