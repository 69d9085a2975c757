"""What is no part of an article: lines and sentences that sites put around it, told by their words."""

import re
from typing import Final

from content.pipeline.document import DropKind

MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTHS},? \d{{4}}|{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|{MONTHS} \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
SCHOOL: Final = (
    r"(?:schools?|colleges?|universit(?:y|ies)|programs?|programmes?|degrees?|courses?|class(?:es)?"
    r"|training|boot ?camps?)"
)
HERE: Final = (
    r"(?:here|below|above|today|now|now!|free|near you|near me|in your area|in your state|online|in minutes"
    r"|these popular choices|our (?:partner|featured|sponsored|popular) \w+|for you)"
)
TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]")
PAGE_SIGNS: Final = frozenset(
    "\u2026.|/\u00b7\u2022<>\u00ab\u00bb\u2039\u203a\u2190\u2192\u25c0\u25b6-:,[]()"
)
TURNS: Final = frozenset(
    {"next", "prev", "previous", "older", "newer", "\u00ab", "\u00bb", "\u2190", "\u2192"}
)
PAGE_WORDS: Final = TURNS | frozenset(
    {"page", "pages", "of", "first", "last", "back", "to", "go", "continue", "on", "post", "posts", "article"}
    | {"articles", "view", "all", "single", "show", "as", "one"}
)
CRUMB: Final = re.compile(r"(?:you are here\s*:?\s*|home\s*[>/|\u00bb\u203a\u2192:\u00b7]+\s*)\S", re.I)
PART_SIGN: Final = re.compile(r"\s*[|\u00b7\u2022]\s*")
TRAIL_SIGN: Final = re.compile(r"\s[>\u00bb\u203a\u2192]\s")
CRUMB_SIGN: Final = re.compile(r"\s[>/|\u00bb\u203a\u2192\u00b7]+\s")
SHARES: Final = frozenset(
    {
        "share",
        "tweet",
        "pin",
        "print",
        "facebook",
        "twitter",
        "linkedin",
        "pinterest",
        "reddit",
        "whatsapp",
        "tumblr",
    }
    | {"instagram", "youtube", "telegram", "bluesky", "mastodon", "sms", "bookmark"}
)
SHARE_WORDS: Final = SHARES | frozenset(
    {
        "email",
        "mail",
        "e",
        "x",
        "copy",
        "link",
        "like",
        "follow",
        "us",
        "save",
        "post",
        "messenger",
        "send",
        "threads",
    }
    | {
        "this",
        "page",
        "article",
        "on",
        "via",
        "with",
        "friend",
        "friends",
        "or",
        "and",
        "a",
        "to",
        "by",
        "it",
        "the",
    }
    | {"story", "guide", "now", "your"}
)
ADVERT: Final = re.compile(
    r"[\W_]{0,6}(?:advertise?ment|advertisement continues below|continue reading below(?: advertisement)?"
    r"|story continues below(?: advertisement)?|article continues (?:below"
    r"|after)(?: this)?(?: advertisement| ad)?"
    r"|sponsored(?: (?:content|links?|post|message|by))?|promoted(?: content)?|paid (?:content|post"
    r"|advertisement)"
    r"|ads?(?: by \w{1,20})?|anzeige)[\W_]{0,6}",
    re.I,
)
ADVERT_START: Final = re.compile(
    r"[\W_]{0,3}(?:advertise?ment|sponsored(?: (?:content|post|link))?|promoted|ad|paid (?:content"
    r"|advertisement))"
    r"\s?[:\]\u2013\u2014|-]+\s",
    re.I,
)
COOKIES: Final = re.compile(
    r"\b(?:we|site|website|page|partners)\b.{0,60}\b(?:use|uses|using|store|stores|set"
    r"|sets)\b.{0,60}\bcookies?\b"
    r"|\bcookies?\b.{0,80}\b(?:accept|consent|agree|privacy policy|preferences|improve your experience)\b"
    r"|^(?:accept|reject|manage)(?: all)? cookies\W*$",
    re.I,
)
FOOTER: Final = re.compile(
    r"(?:\u00a9|\(c\)|copyright\b).{0,20}\b(?:19|20)\d\d|\ball rights reserved\b"
    r"|^(?:(?:privacy(?: policy)?|terms(?: of (?:use|service)| and conditions)?|cookie policy|contact(?: us)?"
    r"|about(?: us)?|site ?map|accessibility|careers|help|do not sell my (?:personal )?info(?:rmation)?"
    r"|imprint"
    r"|advertise(?: with us)?)(?:[\s|/\u00b7\u2022,-]{1,5}|$)){2,12}$",
    re.I,
)
NAVIGATION: Final = re.compile(
    r"^(?:tags?|tagged|categor(?:y|ies)|filed under|posted in)\s?:\s.{1,200}$|"
    r"^(?:skip to (?:main )?(?:content|navigation)|back to top|to top|top of page|menu|main menu"
    r"|toggle navigation"
    r"|jump to(?: section)?|in this article|on this page|table of contents|contents)\W{0,3}$"
    r"|^(?:(?:home|find (?:a )?schools?|schools|programs|careers|articles|blog|news|log ?in|sign in"
    r"|sign up|register"
    r"|my account|about(?: us)?|contact(?: us)?|search|help|faq|resources|degrees|menu|subscribe|shop)"
    r"(?:[\s|/\u00b7\u2022,>-]{1,5}|$)){2,16}$",
    re.I,
)
UPDATED: Final = re.compile(
    rf"\W{{0,3}}(?:(?:this )?(?:page|article|post)\s+)?(?:was )?(?:last )?(?:updated|modified|reviewed"
    rf"|revised"
    rf"|published|posted|date|updated on|first published)\b[\s:]{{0,3}}(?:on\s|by [\w. ]{{1,40}},?\s"
    rf"|at\s)?\s?{DATE}\W{{0,3}}"
    rf"(?:by [\w. ]{{1,40}}|\d{{1,3}} min(?:ute)?s? read|at \d{{1,2}}:\d\d.{{0,10}})?\W{{0,3}}",
    re.I,
)
BYLINE: Final = re.compile(
    r"(?:(?:written|reviewed|edited|medically reviewed|fact[- ]checked|posted|published)\s)?by:?\s(?-i:[A-Z])"
    r"[\w.'\u2019-]{0,30}(?:\s(?:(?-i:[A-Z&])[\w.,'\u2019&-]{0,30}|of|the|and|de|van)){0,6}"
    r"(?:\s?[|,\u2013\u2014\u00b7\u2022-]?\s?(?:(?:last )?"
    rf"(?:updated|published|posted|reviewed)\W{{0,3}}(?:on )?)?{DATE})?"
    r"(?:\s?[|\u00b7\u2022,]\s?\d{1,3} min(?:ute)?s? read)?\W?",
    re.I,
)
DAY: Final = re.compile(DATE, re.I)
NAMED_DAY: Final = re.compile(
    rf"(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTHS}),?"
    rf"|(?P<month2>{MONTHS})(?: (?P<second>\d{{1,2}})(?:st|nd|rd|th)?)?,?) (?P<year>\d{{4}})",
    re.I,
)
MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LISTING: Final = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*)?(?:(?:our|the)\s)?(?:popular|featured|sponsored|partner|top|recommended"
    r"|matching|nearby"
    r"|browse|find|compare|explore|search)(?:\s(?:popular|featured|sponsored|partner|online|accredited|a"
    r"|the|our|local"
    rf"|top|\w{{3,20}})){{0,3}}\s{SCHOOL}"
    r"(?:\s(?:near you|for you|in your area|online|offering|listings?|directory"
    r"|results)(?:\s\w{1,20}){0,4})?\W{0,3}"
    r"|\W{0,3}(?:\d{1,2}[.)]\s*)?(?:degree|school|college|program)\s(?:options|listings?|matches|finder"
    r"|search results"
    r"|choices|directory|ads)\W{0,3}"
    r"|\W{0,3}schools? (?:near you|(?:offering|that offer|that teach|with) .{1,60}|for you"
    r"|that match.{0,40})\W{0,3}"
    r"|\W{0,3}sponsored (?:listings?|results|schools?|programs?|links?)\W{0,3}",
    re.I,
)
RELATED: Final = re.compile(
    r"\W{0,3}(?:related(?: (?:articles?|topics?|reading|links?|careers?|pages?|posts?|guides?|resources?"
    r"|content|to this"
    r"|stories|questions|searches))?|see also|(?:you (?:may|might) also (?:like|enjoy|be interested in"
    r"|want to read)).{0,20}"
    r"|more (?:articles?|reading|guides?|stories|on this topic|to read|like this|from .{1,30})"
    r"|recommended(?: (?:articles?|reading|for you|posts?))?|read (?:next|more|also)|further reading"
    r"|keep reading"
    r"|next articles?|up next|other articles?|popular articles?|latest articles?|trending(?: (?:now"
    r"|articles?))?)\W{0,3}",
    re.I,
)
PROMO: Final = re.compile(
    rf"^(?:(?:next|continue)\W{{1,3}})?(?:view|see|find|browse|compare) (?:all |more "
    rf"|our )?{SCHOOL}\W{{0,4}}$|"
    rf"^(?:{SCHOOL}|institutions)\s(?:offering|that offer|with|near|providing"
    rf"|teaching)\b.{{1,120}}\b(?:found|listed|seen"
    rf"|viewed|browsed|explored|available|popular choices)\b.{{0,60}}$"
    rf"|^(?:find|compare|browse|search|view|see|explore|discover|check out|look at|match with"
    rf"|get matched with|apply to"
    rf"|contact|enroll in|enrol in|visit)\b.{{0,60}}\b{SCHOOL}\b.{{0,60}}\b{HERE}\W{{0,3}}$"
    rf"|^(?:find|compare|browse|search|explore|discover|get matched with|apply to|contact"
    rf"|request info(?:rmation)? from)\b"
    rf".{{0,40}}\b{SCHOOL}\b.{{0,30}}!$"
    r"|^get matched\b.{0,60}$|^(?:request|get) (?:free |more |your free )?info(?:rmation)?\b.{0,60}$"
    r"|^(?:apply|enroll|enrol|start|call|act|order|buy|sign up|join|get started|subscribe)\b.{0,80}"
    r"\b(?:today|now|\d% off)\b.{0,20}[.!]?$"
    r"|^(?:get|save|take) \d{1,3}% off\b.{0,80}$"
    r"|^(?:are you )?ready to (?:get started|start|enroll|apply|take the next step|begin)\b.{0,80}$"
    r"|^(?:start|launch|jump-?start|advance|kick-?start) your (?:new )?(?:career|training|future"
    r"|journey)\b.{0,60}(?:!|today\W*|now\W*)$"
    rf"|^(?:earn|get|finish|complete) your .{{0,60}}\b(?:degree|diploma|certificate|certification)\b.{{0,60}}"
    rf"(?:!|today\W*|now\W*|in (?:just|as little as|only) .{{1,30}})$"
    r"|^limited[- ]time offer\b.{0,100}$|^(?:click|tap) (?:here|below|the (?:button|link)s?)\b.{0,60}"
    rf"\b(?:request|info(?:rmation)?|find|compare|apply|enroll|subscribe|download|get|{SCHOOL})\b.{{0,60}}$",
    re.I,
)
ACTION: Final = re.compile(
    r"^(?:want|looking|ready|eager) to (?:learn|know|find out|see|hear|read) more\W*$|"
    r"^to continue (?:researching|reading|your (?:research|search))\b.{0,240}$"
    r"|^(?:or,? )?(?:learn|read|find out|discover) more (?:about|on"
    r"|by)\b.{0,120}\b(?:related (?:articles?|links?|topics?)|articles?"
    r"|links?|pages?) (?:below|here|above)\W{0,3}$"
    r"|^.{0,60}\b(?:degree|school|program) options? (?:below|above|here)\b.{0,200}$"
    r"|^(?:subscribe|sign up|signup|join|register)\b.{0,80}\b(?:newsletter|mailing list|e-?mails?"
    r"|updates|alerts|tips)\b.{0,80}$"
    r"|^(?:download|get|grab) (?:our|the|your|a) (?:free )?.{0,40}\b(?:guide|e-?book|checklist|brochure"
    r"|catalog|report|pdf)\b.{0,60}$"
    r"|^(?:follow|like|find) us on\b.{0,100}$|^(?:leave|post|add) a (?:comment|reply)\W*$"
    r"|^(?:have|got) (?:a )?questions?\?.{0,60}(?:call|contact|ask|chat|email)\b.{0,80}$"
    r"|^(?:continue reading|read more|learn more|show more|view more|see more|load more"
    r"|read the full \w+)\W*$"
    r"|^(?:take|start) (?:our|the|this) (?:free )?(?:quiz|survey|assessment)\b.{0,80}$"
    r"|^(?:call|text|chat with|speak (?:to|with)) (?:us|an? \w+)\b.{0,60}\b(?:today|now|free|\d{3}).{0,30}$"
    r"|^(?:we'?d love|help us|rate this|was this (?:page|article|post) helpful)\b.{0,100}$",
    re.I,
)
FORM: Final = re.compile(
    r"^.{0,120}\bselect one\b|^(?:enter|type|select|choose) your\b.{0,80}\b(?:zip|postal|e-?mail|state"
    r"|subject|degree|program"
    r"|name|phone|area of study)\b.{0,80}$"
    r"|^(?:your )?(?:e-?mail|zip(?: code)?|name|phone)(?: address)?\s?:?\s?[_.\[(]{2,80}.{0,40}$"
    r"|^.{0,60}\[_{0,60}\s{0,10}\].{0,40}\[\s?\w.{0,30}\]$",
    re.I,
)
WORTH_A_LOOK: Final = re.compile(
    r"school|college|universit|program|degree|course|class|training|click|tap|subscribe|sign ?up"
    r"|newsletter|download|free"
    r"|today|now|here|below|!|\?|more|follow|off\b|offer|options|request|info|questions|continue|quiz"
    r"|call|text|rate|help",
    re.I,
)
LONGEST_LINE: Final = 300
LONGEST_SENTENCE: Final = 320
WHOLE: Final[tuple[tuple[DropKind, re.Pattern[str]], ...]] = (
    ("advertisement", ADVERT),
    ("updated-line", UPDATED),
    ("updated-line", BYLINE),
)


def line_kind(words: str) -> DropKind | None:
    """What a line is that stands alone, unless it may belong to the article."""
    if not words or len(words) > LONGEST_LINE:
        return None
    for kind, pattern in WHOLE:
        if pattern.fullmatch(words):
            return kind
    parts = [part for part in PART_SIGN.split(words) if part]
    kinds = [_listed_kind(part) for part in parts]
    if len(parts) > 1 and all(kinds):
        return kinds[0]
    return _listed_kind(words) or (sentence_kind(words) if len(words) <= LONGEST_SENTENCE else None)


def _listed_kind(words: str) -> DropKind | None:
    if _is_pager(words):
        return "pagination"
    if (CRUMB.match(words) and CRUMB_SIGN.search(words)) or _is_trail(words):
        return "navigation" if "|" in words and NAVIGATION.search(words) else "breadcrumb"
    if _is_share_bar(words):
        return "share"
    for kind, pattern in (("footer", FOOTER), ("navigation", NAVIGATION), ("form", FORM)):
        if pattern.search(words):
            return kind  # type: ignore[return-value]  # mypy widens the tuple
    if ADVERT_START.match(words):
        return "advertisement"
    return "cookie-banner" if COOKIES.search(words) else None


def _is_trail(words: str) -> bool:
    """Short names one behind another: Health > Records > Registrars."""
    parts = TRAIL_SIGN.split(words)
    return len(parts) > 2 and all(0 < len(part.split()) < 7 and not part.endswith(".") for part in parts)


def _is_pager(words: str) -> bool:
    """Numbers in a row, or words for turning pages and nothing else; a number alone is a number."""
    tokens = TOKEN.findall(words.lower())
    numbers = [int(token) for token in tokens if token.isascii() and token.isdigit() and len(token) < 4]
    known = [token for token in tokens if token in PAGE_WORDS or token in PAGE_SIGNS]
    if not tokens or len(numbers) + len(known) < len(tokens):
        return False
    if TURNS & set(tokens):
        return len(tokens) > 1 or tokens[0].isalpha()
    if "page" in tokens or "pages" in tokens:
        return bool(numbers)
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_share_bar(words: str) -> bool:
    tokens = [token for token in TOKEN.findall(words.lower()) if token.isalpha()]
    return bool(SHARES & set(tokens)) and len(tokens) <= 30 and set(tokens) <= SHARE_WORDS


def sentence_kind(sentence: str) -> DropKind | None:
    """Whether a sentence sells something or sends the reader elsewhere."""
    if len(sentence) > LONGEST_SENTENCE or not WORTH_A_LOOK.search(sentence):
        return None
    if PROMO.search(sentence):
        return "promo"
    return "call-to-action" if ACTION.search(sentence) else None


def is_listing_name(words: str) -> bool:
    """Whether a heading stands above a list of schools that pay."""
    return len(words) <= 100 and bool(LISTING.fullmatch(words))


def is_related_name(words: str) -> bool:
    """Whether a heading stands above links to other articles."""
    return len(words) <= 100 and bool(RELATED.fullmatch(words))


def day(words: str) -> str:
    """The first date in a line as 2022-07-07; as written where its order is anybody's guess."""
    match = DAY.search(words)
    if match is None:
        return ""
    named = NAMED_DAY.fullmatch(match[0])
    if named is None:
        return match[0]
    number, month, year = named["first"] or named["second"], named["month"] or named["month2"], named["year"]
    return f"{year}-{MONTH_NAMES.index(month[:3].lower()) + 1:02}-{int(number or 1):02}"
