"""Field groups, CIP codes, award levels: the one table of how programs are named and grouped.

CIP titles: NCES, CIP 2020. Award levels: NCES, IPEDS completions. Credential levels: College Scorecard.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CIP_TITLES: Final = {
    "51.0701": "Health/Health Care Administration/Management",
    "51.0702": "Hospital and Health Care Facilities Administration/Management",
    "51.0703": "Health Unit Coordinator/Ward Clerk",
    "51.0704": "Health Unit Manager/Ward Supervisor",
    "51.0705": "Medical Office Management/Administration",
    "51.0706": "Health Information/Medical Records Administration/Administrator",
    "51.0707": "Health Information/Medical Records Technology/Technician",
    "51.0708": "Medical Transcription/Transcriptionist",
    "51.0709": "Medical Office Computer Specialist/Assistant",
    "51.0710": "Medical Office Assistant/Specialist",
    "51.0711": "Medical/Health Management and Clinical Assistant/Specialist",
    "51.0712": "Medical Reception/Receptionist",
    "51.0713": "Medical Insurance Coding Specialist/Coder",
    "51.0714": "Medical Insurance Specialist/Medical Biller",
    "51.0715": "Health/Medical Claims Examiner",
    "51.0716": "Medical Administrative/Executive Assistant and Medical Secretary",
    "51.0717": "Medical Staff Services Technology/Technician",
    "51.0718": "Long Term Care Administration/Management",
    "51.0719": "Clinical Research Coordinator",
    "51.0720": "Regulatory Science/Affairs",
    "51.0721": "Disease Registry Data Management",
    "51.0722": "Healthcare Innovation",
    "51.0723": "Healthcare Information Privacy Assurance and Security",
    "51.0799": "Health and Medical Administrative Services, Other",
}


@dataclass(frozen=True)
class FieldGroup:
    """CIP codes that readers think of together; `place` 0 is nearest to what the site is about."""

    slug: str
    name: str
    place: int
    cips: frozenset[str]


def _cips(*tails: str) -> frozenset[str]:
    return frozenset(f"51.{tail}" for tail in tails)


FIELD_GROUPS: Final = (
    FieldGroup("billing-coding", "Billing and coding", 0, _cips("0713", "0714", "0715")),
    FieldGroup("health-records", "Health records", 1, _cips("0706", "0707")),
    FieldGroup(
        "medical-office",
        "Medical office",
        2,
        _cips("0703", "0705", "0708", "0709", "0710", "0712", "0716"),
    ),
    FieldGroup(
        "administration",
        "Administration",
        3,
        _cips("0701", "0702", "0704", "0711", "0717", "0718", "0719", "0720", "0721", "0722", "0723", "0799"),
    ),
)
GROUP_BY_SLUG: Final = {group.slug: group for group in FIELD_GROUPS}


def group_of(cip: str) -> FieldGroup:
    """The group of a CIP code; what no group names is administration, the rest of 51.07."""
    return next((group for group in FIELD_GROUPS if cip in group.cips), FIELD_GROUPS[-1])


def cip_title(cip: str) -> str:
    return CIP_TITLES.get(cip, f"CIP {cip}")


@dataclass(frozen=True)
class AwardLevel:
    """An IPEDS AWLEVEL with the filter choice it falls under and its College Scorecard credential level."""

    code: int
    name: str
    choice: str
    credlev: int


AWARD_CHOICES: Final = {
    "under-12-weeks": "Under 12 weeks",
    "under-1-year": "12 weeks to 1 year",
    "1-2-years": "1 to 2 years",
    "2-4-years": "2 to 4 years",
    "associate": "Associate's degree",
    "bachelor": "Bachelor's degree",
    "graduate": "After a bachelor's degree",
}
AWARD_LEVELS: Final = {
    level.code: level
    for level in (
        AwardLevel(20, "Certificate under 12 weeks", "under-12-weeks", 1),
        AwardLevel(21, "Certificate of 12 weeks to 1 year", "under-1-year", 1),
        AwardLevel(2, "Certificate of 1 to 2 years", "1-2-years", 1),
        AwardLevel(4, "Certificate of 2 to 4 years", "2-4-years", 1),
        AwardLevel(3, "Associate's degree", "associate", 2),
        AwardLevel(5, "Bachelor's degree", "bachelor", 3),
        AwardLevel(6, "Postbaccalaureate certificate", "graduate", 8),
        AwardLevel(7, "Master's degree", "graduate", 5),
        AwardLevel(8, "Post-master's certificate", "graduate", 8),
        AwardLevel(17, "Doctor's degree, research/scholarship", "graduate", 6),
        AwardLevel(18, "Doctor's degree, professional practice", "graduate", 7),
        AwardLevel(19, "Doctor's degree, other", "graduate", 6),
    )
}


CREDENTIAL_LEVELS: Final = {
    1: "Undergraduate certificate or diploma",
    2: "Associate's degree",
    3: "Bachelor's degree",
    4: "Post-baccalaureate certificate",
    5: "Master's degree",
    6: "Doctoral degree",
    7: "First professional degree",
    8: "Graduate or professional certificate",
}


@dataclass(frozen=True)
class Delivery:
    """How a program is taught; a listing row holds the sum of the bits of its ways."""

    slug: str
    name: str
    bit: int


DELIVERIES: Final = (
    Delivery("campus", "On campus", 1),
    Delivery("online", "Online", 2),
    Delivery("hybrid", "Hybrid", 4),
)


def delivery_sum(slugs: Iterable[str]) -> int:
    wanted = set(slugs)
    return sum(delivery.bit for delivery in DELIVERIES if delivery.slug in wanted)


def year_name(year: int) -> str:
    """The academic year of an IPEDS completions file: C2023 is said as 2022-23."""
    return f"{year - 1}-{year % 100:02d}"
