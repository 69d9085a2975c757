"""What the directory half of the site stores."""

from listings.models.federal import (
    Bystander,
    CompletionsRow,
    DirectoryRow,
    EarningsRow,
    FederalRow,
    FederalRowQuerySet,
    InstitutionRow,
    ReportedRow,
    TuitionRow,
)
from listings.models.listing_row import ListingCredential, ListingRow
from listings.models.listing_stamp import ListingStamp, ListingStampQuerySet
from listings.models.place import Place
from listings.models.program import Program
from listings.models.school import Control, School, SchoolQuerySet
from listings.models.school_text import SCHOOL_TEXT, SchoolText
from listings.models.sponsorship import Disclosure, Placement, Sponsorship, SponsorshipQuerySet
from listings.models.statement import Statement, StatementQuerySet
from listings.models.version import DataVersion, FederalFile

__all__ = [
    "SCHOOL_TEXT",
    "Bystander",
    "CompletionsRow",
    "Control",
    "DataVersion",
    "DirectoryRow",
    "Disclosure",
    "EarningsRow",
    "FederalFile",
    "FederalRow",
    "FederalRowQuerySet",
    "InstitutionRow",
    "ListingCredential",
    "ListingRow",
    "ListingStamp",
    "ListingStampQuerySet",
    "Place",
    "Placement",
    "Program",
    "ReportedRow",
    "School",
    "SchoolQuerySet",
    "SchoolText",
    "Sponsorship",
    "SponsorshipQuerySet",
    "Statement",
    "StatementQuerySet",
    "TuitionRow",
]
