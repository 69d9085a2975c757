"""Which credentials go with what somebody says of themselves, each with its reasons and their sources."""

from dataclasses import dataclass, field
from typing import Final

from content.models import Attribution, Credential, CredentialSetting, Source

Entry = Credential.Entry
# What suffices for whom; each answer includes the ones before it.
SUFFICES: Final[dict[str, frozenset[str]]] = {
    "nothing": frozenset({Entry.OPEN}),
    "diploma": frozenset({Entry.OPEN, Entry.DIPLOMA}),
    "training": frozenset({Entry.OPEN, Entry.DIPLOMA, Entry.TRAINING}),
    "studies": frozenset(entry for entry in Entry.values if entry),
}


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for or against it; `said` empty means not recorded."""

    label: str
    said: str
    source: Source | None = None
    as_of: int | None = None


@dataclass(frozen=True)
class Suggestion:
    credential: Credential
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Suggestions:
    """Those that fit, those of which something that decides is not recorded, those that ask for more."""

    fitting: list[Suggestion] = field(default_factory=list)
    unsure: list[Suggestion] = field(default_factory=list)
    asking_more: list[Suggestion] = field(default_factory=list)


def suggest(setting: str, shown: str) -> Suggestions:
    """In the order of bodies and codes; retired ones and those for other places are left out."""
    found = Suggestions()
    current = Credential.objects.current().select_related("body")
    for each in current.prefetch_related("settings__source", "attributions__source").order_by(
        "body__acronym", "code", "name"
    ):
        places = {place.setting for place in each.settings.all()}
        if setting and places and setting not in places:
            continue
        open_place = bool(setting) and not places
        open_entry = bool(shown) and not each.entry
        if shown and each.entry and each.entry not in SUFFICES[shown]:
            kind = found.asking_more
        elif open_place or open_entry or not each.status:
            kind = found.unsure
        else:
            kind = found.fitting
        kind.append(Suggestion(each, _reasons(each, setting)))
    return found


def _reasons(credential: Credential, setting: str) -> tuple[Reason, ...]:
    said = {each.attribute: each for each in credential.attributions.all()}
    places = [place for place in credential.settings.all() if setting in ("", place.setting)]
    entry = credential.get_entry_display() if credential.entry else ""
    status = "Yes" if credential.status == Credential.Status.GRANTED else ""
    return (
        _place(places),
        _reason("Before the exam", entry, said.get(Attribution.Attribute.ENTRY)),
        _reason("Still granted", status, said.get(Attribution.Attribute.STATUS)),
    )


def _place(places: list[CredentialSetting]) -> Reason:
    if not places:
        return Reason("Used in", "")
    names = "; ".join(place.get_setting_display() for place in places)
    return Reason("Used in", names, places[0].source, places[0].as_of)


def _reason(label: str, said: str, by: Attribution | None) -> Reason:
    return Reason(label, said, by.source if by and said else None, by.as_of if by else None)
