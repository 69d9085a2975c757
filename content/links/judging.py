"""What is made of an answer, or of none: one verdict, in a sentence for editors. Neither network nor "
"database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from content.lib.addresses import normal
from content.lib.http import BadCertificate, CallFailed, Circle, Damaged, Refused, TooBig, TooSlow
from content.links.addresses import is_aside, is_front, owner
from content.links.page import WORD, Seen
from content.links.spam import sign


class Kind(StrEnum):
    """Verdicts; each belongs to one of the four groups below."""

    GOOD = "good"
    ROBOTS = "robots"
    BLOCKED = "blocked"
    ASIDE = "aside"
    NOT_ASKED = "not-asked"
    GONE = "gone"
    OUT_OF_ORDER = "out-of-order"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    CERTIFICATE = "certificate"
    CIRCLE = "circle"
    FRONT_PAGE = "front-page"
    SOFT_404 = "soft-404"
    PLACEHOLDER = "placeholder"
    OTHER_TOPIC = "other-topic"
    PARKED = "parked"
    PHARMACY = "pharmacy"
    GAMBLING = "gambling"


DRIFTED: Final = frozenset({Kind.PARKED, Kind.PHARMACY, Kind.GAMBLING})
UNSURE: Final = frozenset({Kind.ROBOTS, Kind.BLOCKED, Kind.ASIDE, Kind.NOT_ASKED})
FAILED: Final = frozenset(Kind) - DRIFTED - UNSURE - {Kind.GOOD}

GONE: Final = {404, 410}
NOT_FOUND_TITLE: Final = re.compile(
    r"(?:error\s*)?404(?:\s*[:.-]?\s*(?:error|(?:page |file )?not found))?!?"
    r"|(?:sorry,? )?(?:the )?(?:requested )?(?:page|file|"
    r"content|document|resource)(?: (?:you requested|requested))? (?:was |is |could "
    r"|can)?\s?(?:not (?:be )?found|cannot be found"
    r"|does not exist|no longer (?:exists|available)|unavailable)|not found|page (?:doesn.t exist|missing)",
    re.I,
)
NOT_FOUND: Final = re.compile(
    r"\b(?:page|document|file|content|url)\b.{0,40}\b(?:not (?:be )?found|is not here|does not exist"
    r"|doesn.t exist|no longer (?:exists"
    r"|available)|cannot be found|can.t be found|has been (?:removed|deleted))",
    re.I,
)
SHORT: Final = 150  # words
CHALLENGE_TITLE: Final = re.compile(
    r"just a moment|attention required|access denied|pardon our interruption|are you a robot"
    r"|human verification|ddos-guard"
    r"|checking your browser|one moment, please|client challenge|security verification|request rejected",
    re.I,
)
CHALLENGE: Final = re.compile(
    r"\bverify(?:ing)? (?:that )?you are (?:a )?human|\bare you a (?:robot|human)|\bi.?a?m not a robot"
    r"|\bnot a robot\b|\bunusual traffic\b"
    r"|\benable javascript and cookies to continue|\bchecking your browser"
    r"|\brequest unsuccessful\. incapsula|\bunusual activity from your"
    r"|\bcomplete the captcha|\baccess (?:to this page )?(?:has been|is|was) (?:denied|blocked)",
    re.I,
)
CHALLENGERS: Final = (
    "cdn-cgi/challenge",
    "captcha-delivery",
    "_incapsula_",
    "px-captcha",
    "perimeterx",
    "hcaptcha",
    "recaptcha",
    "awswaf",
    "turnstile",
)
FEW_WORDS: Final = 80
PLACEHOLDER: Final = re.compile(
    r"welcome to (?:nginx|openresty|centos|apache)|apache2? .{0,20}default page"
    r"|apache http server test page|iis windows server"
    r"|^index of /|account (?:has been )?suspended|web ?site (?:is )?(?:coming.soon|under construction"
    r"|suspended)|^coming.soon|future home of"
    r"|^it works!$|default web ?(?:site|page)|site not (?:published|configured|installed)"
    r"|this site can.t be reached|hosting24|plesk default",
    re.I,
)
ENGLISH: Final = re.compile(r"\b(?:the|and|of|to|for|in)\b", re.I)
LEAST_TERMS: Final = 15
SHARED: Final = 0.04
ALIKE: Final = 0.8
SAID: Final = {
    Kind.ROBOTS: "Not checked: the site asks robots to stay away.",
    Kind.BLOCKED: "Not checked: the site sends robots away. Open it yourself to see it.",
    Kind.ASIDE: "Not checked: it asks for a login or for consent first.",
    Kind.GONE: "There is no such page any more",
    Kind.CIRCLE: "It leads in a circle, or on and on.",
    Kind.FRONT_PAGE: "It leads to a front page: what was cited is not there any more.",
    Kind.SOFT_404: "It answers, and what it says is that there is no such page.",
    Kind.PLACEHOLDER: "There is only what a server shows that nobody set up, or whose owner was locked out.",
    Kind.OTHER_TOPIC: "It speaks of something else than what was cited: no word in common.",
}


@dataclass(frozen=True)
class Before:
    """What the address said when it was first read; empty where it never was."""

    title: str = ""
    terms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    kind: Kind
    said: str
    evidence: str = ""
    seen: Seen | None = None

    @property
    def status(self) -> int | None:
        return self.seen.status if self.seen else None


def verdict(kind: Kind, said: str = "", evidence: str = "", seen: Seen | None = None) -> Verdict:
    return Verdict(kind, said or SAID[kind], evidence, seen)


def of_failure(failure: CallFailed) -> Verdict:
    """No answer, or none that could be read."""
    said = str(failure)
    match failure:
        case Circle():
            return verdict(Kind.CIRCLE)
        case Refused():
            return verdict(Kind.NOT_ASKED, f"Not checked: {said.removeprefix('not checked: ')}")
        case TooSlow():
            return verdict(Kind.SLOW, said)
        case BadCertificate():
            return verdict(Kind.CERTIFICATE, f"{said} It may have run out; browsers warn readers.")
        case Damaged() | TooBig():
            return verdict(Kind.GOOD, f"It answers. {said}")
    return verdict(Kind.UNREACHABLE, said)


def of_answer(cited: str, seen: Seen, before: Before, missing: Seen | None) -> Verdict:
    """`missing` is the site's answer to an address that is not there; None where it was not asked."""
    return (
        _of_status(seen)
        or _of_owner(seen, before)
        or _of_place(cited, seen)
        or _of_text(seen, before, missing)
        or verdict(Kind.GOOD, _where(cited, seen), seen=seen)
    )


def wants_missing(seen: Seen, before: Before) -> bool:
    """Whether it takes the site's answer to a random address to judge this one."""
    return seen.status < 300 and seen.is_page and (_says_not_found(seen) or _is_new(seen, before))


def _of_status(seen: Seen) -> Verdict | None:
    status = seen.status
    if _is_challenge(seen):
        return verdict(Kind.BLOCKED, seen=seen)
    if status in GONE:
        return verdict(Kind.GONE, f"{SAID[Kind.GONE]} (status {status}).", seen=seen)
    if status >= 500 and status != 999:
        return verdict(Kind.OUT_OF_ORDER, f"It is out of order (status {status}).", seen=seen)
    if status >= 400:
        said = f"{SAID[Kind.BLOCKED]} (Status {status}.)"
        return verdict(Kind.BLOCKED, said, seen=seen)
    return None


def _of_owner(seen: Seen, before: Before) -> Verdict | None:
    found = sign(seen, before.title)
    return Verdict(Kind(found.kind), found.said, found.evidence, seen) if found else None


def _of_place(cited: str, seen: Seen) -> Verdict | None:
    if is_aside(seen.url) and not is_aside(cited):
        return verdict(Kind.ASIDE, seen=seen, evidence=seen.url)
    if _is_placeholder(seen):
        return verdict(Kind.PLACEHOLDER, seen=seen, evidence=seen.title)
    if is_front(seen.url) and not is_front(cited):
        return verdict(Kind.FRONT_PAGE, seen=seen, evidence=seen.url)
    return None


def _of_text(seen: Seen, before: Before, missing: Seen | None) -> Verdict | None:
    if _is_soft_404(seen, before, missing):
        return verdict(Kind.SOFT_404, seen=seen, evidence=seen.title or seen.text[:200])
    if _differs(seen, before):
        evidence = f"First: {before.title}\nNow: {seen.title}\n{seen.url}"
        return verdict(Kind.OTHER_TOPIC, seen=seen, evidence=evidence)
    return None


def _is_challenge(seen: Seen) -> bool:
    if not seen.is_page or seen.count > FEW_WORDS:
        return False
    guarded = any(name in src for src in seen.embedded for name in CHALLENGERS)
    return bool(guarded or CHALLENGE_TITLE.search(seen.title) or CHALLENGE.search(seen.text))


def _is_placeholder(seen: Seen) -> bool:
    if seen.count > SHORT:
        return False
    return bool(PLACEHOLDER.search(seen.title) or (seen.count < FEW_WORDS and PLACEHOLDER.search(seen.text)))


def _titled_not_found(seen: Seen) -> bool:
    parts = re.split(r"\s[|\u2013\u2014»·-]\s|\s*[|»]\s*", seen.title)
    return any(NOT_FOUND_TITLE.fullmatch(part.strip(" .!")) for part in parts)


def _says_not_found(seen: Seen) -> bool:
    short = seen.count <= SHORT
    return short and (_titled_not_found(seen) or bool(NOT_FOUND.search(seen.text)))


def _is_soft_404(seen: Seen, before: Before, missing: Seen | None) -> bool:
    if not seen.is_page:
        return False
    answered = missing is not None and missing.status < 300
    alike = missing is not None and answered and _are_alike(seen, missing)
    if _says_not_found(seen):
        return alike or (_titled_not_found(seen) and seen.title != before.title)
    # A shell that scripts fill answers everywhere alike, too; but it has no words, and did so from the start.
    return alike and _is_new(seen, before) and seen.count >= 8


def _are_alike(one: Seen, other: Seen) -> bool:
    if one.url == other.url:
        return True
    return one.title == other.title and _overlap(one.terms, other.terms) >= ALIKE


def _is_new(seen: Seen, before: Before) -> bool:
    """Whether it was read before, and nothing of its title is as it was."""
    return bool(before.title) and not set(_words(seen.title)) & set(_words(before.title))


def _differs(seen: Seen, before: Before) -> bool:
    """Whether title and words have nothing in common, in the same language."""
    enough = min(len(seen.terms), len(before.terms)) >= LEAST_TERMS
    if not enough or not _is_new(seen, before) or seen.lang not in ("", "en"):
        return False
    english = len(ENGLISH.findall(seen.text[:5000])) >= 0.05 * len(WORD.findall(seen.text[:5000]))
    return english and _overlap(seen.terms, before.terms) <= SHARED


def _overlap(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """The share of the shorter list of terms that the other has too."""
    fewer = min(len(one), len(other))
    return len(one.keys() & other.keys()) / fewer if fewer else float(not one and not other)


def _words(title: str) -> list[str]:
    return [word.lower() for word in WORD.findall(title)]


def _where(cited: str, seen: Seen) -> str:
    if normal(seen.url) in ("", cited):
        return "It answers."
    return (
        "It answers, at another site."
        if owner(seen.url) != owner(cited)
        else "It answers, at another address."
    )
