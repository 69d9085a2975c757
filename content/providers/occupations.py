"""The occupations that the site follows, and the areas and breaks of the surveys that count them."""

from dataclasses import dataclass
from typing import Final

from content.lib.figures import Break

BLS: Final = "U.S. Bureau of Labor Statistics"


@dataclass(frozen=True, slots=True)
class Occupation:
    """A SOC code, and the survey years whose figures for it mean the same."""

    title: str
    first: int = 1997
    last: int = 9999


OCCUPATIONS: Final[dict[str, Occupation]] = {
    "00-0000": Occupation("All occupations"),
    "11-9111": Occupation("Medical and health services managers"),
    "13-1031": Occupation("Claims adjusters, examiners, and investigators"),
    "29-2071": Occupation("Medical records and health information technicians", last=2018),
    "29-2098": Occupation(
        "Medical dosimetrists, medical records specialists, and health technologists and technicians, "
        "all other",
        first=2019,
        last=2020,
    ),
    "29-2072": Occupation("Medical records specialists", first=2021),
    "29-9021": Occupation("Health information technologists and medical registrars", first=2021),
    # The code is older, but in May 2019 and 2020 its jobs were counted in another group.
    "29-9099": Occupation("Healthcare practitioners and technical workers, all other", first=2021),
    "31-9092": Occupation("Medical assistants"),
    "31-9094": Occupation("Medical transcriptionists"),
    "31-9099": Occupation("Healthcare support workers, all other"),
    "43-3021": Occupation("Billing and posting clerks"),
    "43-4171": Occupation("Receptionists and information clerks"),
    "43-4199": Occupation("Information and record clerks, all other"),
    "43-6013": Occupation("Medical secretaries and administrative assistants"),
    "43-9041": Occupation("Insurance claims and policy processing clerks"),
}

SERIES_BREAKS: Final = (
    Break(
        "29-2071",
        "29-2098",
        "For May 2019 and 2020 the survey counted medical records workers in one group with medical "
        "dosimetrists and other health technologists (29-2098).",
    ),
    Break(
        "29-2098",
        "29-2072",
        "Since May 2021 the survey counts medical records specialists by themselves (29-2072).",
    ),
)

STATES: Final[dict[str, tuple[str, str]]] = {
    "01": ("al", "Alabama"),
    "02": ("ak", "Alaska"),
    "04": ("az", "Arizona"),
    "05": ("ar", "Arkansas"),
    "06": ("ca", "California"),
    "08": ("co", "Colorado"),
    "09": ("ct", "Connecticut"),
    "10": ("de", "Delaware"),
    "11": ("dc", "District of Columbia"),
    "12": ("fl", "Florida"),
    "13": ("ga", "Georgia"),
    "15": ("hi", "Hawaii"),
    "16": ("id", "Idaho"),
    "17": ("il", "Illinois"),
    "18": ("in", "Indiana"),
    "19": ("ia", "Iowa"),
    "20": ("ks", "Kansas"),
    "21": ("ky", "Kentucky"),
    "22": ("la", "Louisiana"),
    "23": ("me", "Maine"),
    "24": ("md", "Maryland"),
    "25": ("ma", "Massachusetts"),
    "26": ("mi", "Michigan"),
    "27": ("mn", "Minnesota"),
    "28": ("ms", "Mississippi"),
    "29": ("mo", "Missouri"),
    "30": ("mt", "Montana"),
    "31": ("ne", "Nebraska"),
    "32": ("nv", "Nevada"),
    "33": ("nh", "New Hampshire"),
    "34": ("nj", "New Jersey"),
    "35": ("nm", "New Mexico"),
    "36": ("ny", "New York"),
    "37": ("nc", "North Carolina"),
    "38": ("nd", "North Dakota"),
    "39": ("oh", "Ohio"),
    "40": ("ok", "Oklahoma"),
    "41": ("or", "Oregon"),
    "42": ("pa", "Pennsylvania"),
    "44": ("ri", "Rhode Island"),
    "45": ("sc", "South Carolina"),
    "46": ("sd", "South Dakota"),
    "47": ("tn", "Tennessee"),
    "48": ("tx", "Texas"),
    "49": ("ut", "Utah"),
    "50": ("vt", "Vermont"),
    "51": ("va", "Virginia"),
    "53": ("wa", "Washington"),
    "54": ("wv", "West Virginia"),
    "55": ("wi", "Wisconsin"),
    "56": ("wy", "Wyoming"),
    "60": ("as", "American Samoa"),
    "66": ("gu", "Guam"),
    "69": ("mp", "Northern Mariana Islands"),
    "72": ("pr", "Puerto Rico"),
    "78": ("vi", "U.S. Virgin Islands"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A place as keys spell it (`us`, `oh`, `0010180`) and its name; the bare code where no file names it."""

    code: str
    name: str


NATION: Final = Area("us", "United States")


def area(code: str, name: str = "") -> Area:
    """The area of a survey's seven-digit code: 0000000 the nation, 3900000 a state, else a survey area."""
    if code == "0000000":
        return NATION
    if code.endswith("00000") and code[:2] in STATES:
        return Area(*STATES[code[:2]])
    return Area(code, name or code)


def breaks_of(occupation: str, key: str) -> tuple[Break, ...]:
    """The breaks that the series of this key is part of, spelled as the keys on both of their sides."""
    return tuple(
        Break(key.replace(occupation, change.before), key.replace(occupation, change.after), change.reason)
        for change in SERIES_BREAKS
        if occupation in (change.before, change.after)
    )
