"""What the directory half of the site stores."""

from listings.models.attempt import Attempt, AttemptQuerySet
from listings.models.claim import Claim, ClaimQuerySet
from listings.models.contact_look import ContactLook
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
from listings.models.letter import Letter, LetterQuerySet
from listings.models.listing_row import ListingCredential, ListingRow
from listings.models.listing_stamp import ListingStamp, ListingStampQuerySet
from listings.models.mailbox import Mailbox, MailKey, MailKeyQuerySet
from listings.models.place import Place
from listings.models.program import Program
from listings.models.school import Control, School, SchoolQuerySet
from listings.models.school_text import SCHOOL_TEXT, SchoolText
from listings.models.sheet import Sheet, SheetQuerySet, SheetRow
from listings.models.sponsorship import Disclosure, Placement, Sponsorship, SponsorshipQuerySet
from listings.models.statement import Statement, StatementQuerySet
from listings.models.submission import (
    StoredAnswer,
    Submission,
    SubmissionEvent,
    SubmissionQuerySet,
    SubmittedField,
)
from listings.models.version import DataVersion, FederalFile

__all__ = [
    "SCHOOL_TEXT",
    "Attempt",
    "AttemptQuerySet",
    "Bystander",
    "Claim",
    "ClaimQuerySet",
    "CompletionsRow",
    "ContactLook",
    "Control",
    "DataVersion",
    "DirectoryRow",
    "Disclosure",
    "EarningsRow",
    "FederalFile",
    "FederalRow",
    "FederalRowQuerySet",
    "InstitutionRow",
    "Letter",
    "LetterQuerySet",
    "ListingCredential",
    "ListingRow",
    "ListingStamp",
    "ListingStampQuerySet",
    "MailKey",
    "MailKeyQuerySet",
    "Mailbox",
    "Place",
    "Placement",
    "Program",
    "ReportedRow",
    "School",
    "SchoolQuerySet",
    "SchoolText",
    "Sheet",
    "SheetQuerySet",
    "SheetRow",
    "Sponsorship",
    "SponsorshipQuerySet",
    "Statement",
    "StatementQuerySet",
    "StoredAnswer",
    "Submission",
    "SubmissionEvent",
    "SubmissionQuerySet",
    "SubmittedField",
    "TuitionRow",
]
