"""What the knowledge half of the site stores."""

from content.models.article import Article, Revision, RevisionQuerySet
from content.models.credential import CertifyingBody, Credential, CredentialQuerySet, Requirement
from content.models.fact import Fact, FactBox, FactSource
from content.models.imported_page import ImportedPage
from content.models.related_link import ArticleDigest, RelatedGeneration, RelatedLink, RelatedLinkQuerySet
from content.models.source import Source
from content.models.specialty import Specialty
from content.models.statistic import Missing, Observation, ObservationQuerySet, Statistic, StatisticQuerySet
from content.models.topic import Topic

__all__ = [
    "Article",
    "ArticleDigest",
    "CertifyingBody",
    "Credential",
    "CredentialQuerySet",
    "Fact",
    "FactBox",
    "FactSource",
    "ImportedPage",
    "Missing",
    "Observation",
    "ObservationQuerySet",
    "RelatedGeneration",
    "RelatedLink",
    "RelatedLinkQuerySet",
    "Requirement",
    "Revision",
    "RevisionQuerySet",
    "Source",
    "Specialty",
    "Statistic",
    "StatisticQuerySet",
    "Topic",
]
