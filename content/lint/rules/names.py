"""Acronyms and what they stand for; credentials that are no longer granted."""

import re
from collections.abc import Iterator
from typing import Final

from content.acronyms import LETTERS, holds, stems
from content.lint.draft import Draft, Words
from content.lint.finding import Hit, hit
from content.lint.known import Known
from content.pipeline.names import FIRST_WORDS, is_acronym, mentions

_KNOWN_TO_ALL: Final = """
COVID US USA UK EU UN AM PM TV ID IDS OK PDF ZIP FAQ FAQS URL HTML CSV WWW GPS DVD CD ATM PIN SMS DIY ASAP CEO
GPA GED PHD MD DC AD BC II III IV VI VII VIII IX XI XII AI IT HR PO PC CV QR PS
NOT AND OR MUST ALL NO YES DO NEVER ALWAYS ONLY FREE NOTE IMPORTANT WARNING TIP IF BUT THE IS ARE AN TO OF IN
AL AK AZ AR CA CO CT DE FL GA HI IA IL KS KY LA MA ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH PA PR RI SC
SD TN TX UT VA VT WA WI WV WY
"""
KNOWN_TO_ALL: Final = frozenset(_KNOWN_TO_ALL.split())
STANDS_FOR: Final = (
    r"[A-Z][a-z]+(?:[\s-](?:of|and|for|the|[A-Z][a-z]+)){{1,8}},? or (?:the )?{acronym}\b",
    r"\b{acronym},? (?:which )?(?:stands for|is short for|short for|spelled out|in full)\b",
    r"\b{acronym}\s?(?:\(|[\u2013\u2014:-]\s|, (?:or|that is,?"
    r"|short for)\s)(?:the )?[A-Z][a-z]+(?:[\s-][A-Za-z]+)+",
    r"\b{first}[a-z]+(?:[\s-][A-Za-z]+){{1,8}}\s\(\W?(?:the |an? )?{acronym}s?[),;]",
    r"\b{first}[a-z]+(?:[\s-][A-Za-z]+){{1,8}}, (?:called|known as|short) (?:the |an? )?{acronym}s?\b",
)
FORMER: Final = re.compile(
    r"\b(?:formerly|previously|originally|once|former|old(?:er)?|retired?|retirement|renamed?|replaced?|replac(?:es|ing)"
    r"|became|become|used to|no longer|discontinued?|withdrawn|ended|until|before|was|were|had been"
    r"|now (?:the|called)"
    r"|turned into|earlier|past|stopped|ceased|phased out|superseded|instead of|not .{0,20}any ?more|legacy"
    r"|closed|obsolete|predecessor|dropped|converted)\b",
    re.I,
)


def acronym_conflict(draft: Draft, known: Known) -> Iterator[Hit]:
    """Letters that are said to stand for something else than elsewhere in the text, or on record."""
    said: dict[str, str] = {}
    for words, acronym, name, start in _expansions(draft):
        recorded = known.names.get(acronym)
        before = said.setdefault(acronym, name)
        other = recorded if recorded and not _same(recorded, name) else before
        if not _same(other, name):
            where = "on record" if other == recorded else "in this text"
            message = f"{acronym} stands for \u201c{other}\u201d {where}, and for \u201c{name}\u201d here."
            suggestion = f"Write \u201c{other} ({acronym})\u201d, or use other letters."
            yield hit(words, start, start + len(name), message, suggestion)


def _expansions(draft: Draft) -> Iterator[tuple[Words, str, str, int]]:
    for words in (draft.lead, *draft.body):
        for mention in mentions(words.plain):
            letters = re.escape(mention.acronym)
            in_brackets = re.compile(rf"\(\W?{letters}\W?\)|\b{letters}\s?\(").search(
                words.plain, mention.start, mention.end + 1
            )
            if mention.acronym and is_acronym(mention.acronym) and in_brackets:
                yield words, mention.acronym, mention.name, mention.start
        yield from _stated(words)


def _stated(words: Words) -> Iterator[tuple[Words, str, str, int]]:
    """ "CPC stands for Certified Professional Coder"."""
    pattern = (
        r"\b([A-Z][A-Z-]{1,7}) (?:stands for|is short for"
        r"|means) (?:the )?[\"\u201c]?([A-Z][a-z]+(?:[\s-](?:of|and|for|[A-Z][a-z]+))+)"
    )
    for match in re.finditer(pattern, words.plain):
        yield words, match[1], match[2], match.start(2)


def _same(one: str, other: str) -> bool:
    """Whether two names are one, small words, endings and a country in front aside; one may be cut short."""
    first, second = stems(one), stems(other)
    shorter, longer = sorted((first, second), key=len)
    return shorter == longer or (len(shorter) > 1 and set(shorter) <= set(longer))


def unexpanded_acronym(draft: Draft, known: Known) -> Iterator[Hit]:
    """Letters in running words that the text never spells out."""
    text = " ".join(words.plain for words in (draft.lead, *draft.body))
    text += " ".join(f" {fact.raw} " for fact in draft.facts)
    spelt = {mention.acronym for words in (draft.lead, *draft.body) for mention in mentions(words.plain)}
    # The page names the bodies in full beside its credentials, a link to a credential leads to its name, and
    # a retired one has a rule of its own.
    seen = _bodies(text, known) | {credential.code for credential in known.retired}
    for _field, link in draft.links:
        seen |= set(LETTERS.findall(link.words)) if "/credentials/" in link.href else set()
    for words in (*draft.prose, *(each for each in draft.body if each.kind in ("cell", "note"))):
        for match in LETTERS.finditer(words.plain):
            acronym = re.sub(r"(?<=[A-Z]{2})s$", "", match[0])
            if acronym in seen or _is_word(acronym) or _is_in_name(words.plain, match.start()):
                continue
            seen.add(acronym)
            stem = acronym.split("-")[0]
            if not any(_is_spelt(each, spelt, text, known) for each in dict.fromkeys((acronym, stem))):
                name = known.names.get(acronym) or known.names.get(stem)
                example = f"{name} ({acronym})" if name else f"the full name ({acronym})"
                message = f"{acronym} is not spelled out anywhere in the text."
                yield hit(
                    words,
                    match.start(),
                    match.end(),
                    message,
                    f"Write \u201c{example}\u201d where it first stands.",
                )


def _bodies(text: str, known: Known) -> set[str]:
    """Those that grant several credentials, or one that the text names."""
    return {
        body
        for body, granted in known.granted.items()
        if len(granted) > 1 or any(re.search(rf"\b{re.escape(label)}\b", text) for label in granted)
    }


def _is_word(acronym: str) -> bool:
    return acronym.partition("-")[0] in KNOWN_TO_ALL or not re.search(r"[A-Z]{2}|[A-Z]&[A-Z]", acronym)


def _is_in_name(plain: str, start: int) -> bool:
    """Whether the letters belong to a name ("Pearson VUE"), or all words around are in capitals."""
    before = re.search(r"[\w,;] ([A-Z][a-z]+) $", plain[:start])
    if before and before[1].lower() not in FIRST_WORDS:
        return True
    near = re.findall(r"[A-Za-z]{2,}", plain[max(0, start - 30) : start + 40])
    return len(near) > 3 and sum(word.isupper() for word in near) * 3 > len(near) * 2


def _is_spelt(acronym: str, spelt: set[str], text: str, known: Known) -> bool:
    if acronym in spelt:
        return True
    name = known.names.get(acronym)
    if name and holds(text, name):
        return True
    first = f"[{acronym[0]}{acronym[0].lower()}]"
    return any(re.search(each.format(acronym=re.escape(acronym), first=first), text) for each in STANDS_FOR)


def retired_credential(draft: Draft, known: Known) -> Iterator[Hit]:
    """A credential that is no longer granted, in a sentence that does not say so."""
    for words in (
        draft.title,
        draft.summary,
        *draft.prose,
        *(w for w in draft.body if w.kind in ("cell", "heading")),
    ):
        for credential in known.retired:
            pattern = rf"(?<![\w-]){re.escape(credential.code)}(?![\w-])"
            for match in re.finditer(pattern, words.plain):
                if not FORMER.search(words.sentence_at(match.start())) and not FORMER.search(words.intro):
                    became = credential.became
                    suggestion = (
                        f"Name {became.label}, which it became" if became else "Name what is granted now"
                    )
                    message = f"{credential.code} is no longer granted, and the sentence does not say so."
                    yield hit(
                        words,
                        *match.span(),
                        message,
                        f"{suggestion}, or say that {credential.code} is a former name.",
                    )
    for fact in draft.facts:
        for credential in known.retired:
            if re.search(rf"(?<![\w-]){re.escape(credential.code)}(?![\w-])", fact.raw) and not FORMER.search(
                f"{fact.label} {fact.raw} {fact.qualifier}"
            ):
                message = f"{credential.code} is no longer granted, and the line does not say so."
                yield Hit(fact.raw, fact.field, fact.offset, message, "Name what is granted now.")
