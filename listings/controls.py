"""The controls of the filter form as HTML: one string a key, not a template node a choice."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from listings.facets import BOUNDED, Choice, Facet
from listings.fields import GROUP_BY_SLUG
from listings.wanted import SORTS, WITHIN, Wanted

MOST: Final = 12  # choices of a key in sight; the others are behind a fold
MORE: Final = {"field": "Single fields", "credential": "More credentials"}
UNSAID: Final = {True: "Show after the others", False: "Leave out"}


def options(choices: Mapping[str, str], chosen: str) -> SafeString:
    """The `option` elements of a `select`."""
    return SafeString(
        "".join(
            f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(name)}</option>'
            for value, name in choices.items()
        )
    )


def checkboxes(key: str, choices: Iterable[Choice]) -> SafeString:
    """Values are slugs and codes of ours; names of credentials come from editors."""
    return SafeString(
        "".join(
            f'<label><input type="checkbox" name="{key}" value="{choice.value}"'
            f"{' checked' if choice.is_chosen else ''}>"
            f"{escape(choice.name)} <small>{number(choice)}</small></label>\n"
            for choice in choices
        )
    )


def number(choice: Choice) -> str:
    """`1,204`, and `+ 12` for those that did not say what the other choices ask for."""
    return f"{choice.schools:,} + {choice.perhaps:,}" if choice.perhaps else f"{choice.schools:,}"


def group(facet: Facet) -> SafeString:
    """A key's choices with their numbers, and how many schools did not say."""
    shown, behind = _parted(facet)
    fold = SafeString("")
    if behind:
        fold = format_html(
            '<details class="more-choices"><summary>{}</summary>{}</details>',
            MORE[facet.key],
            checkboxes(facet.key, behind),
        )
    return format_html("{}{}{}", checkboxes(facet.key, shown), fold, unsaid_line(facet))


def unsaid_line(facet: Facet, *, include: bool | None = None) -> SafeString:
    """How many did not say; with `include`, of a bounded key, what becomes of them."""
    if not facet.unsaid:
        return SafeString("")
    said = f"{facet.unsaid:,} did not say"
    if include is not None:
        said += ", included after the others" if include else ", left out"
    elif not facet.is_stated:
        said = f"No school here states this; {said}. Ask the school"
    return format_html('<p class="hint">{}.</p>', said)


def controls(wanted: Wanted, facets: Mapping[str, Facet]) -> dict[str, SafeString]:
    """Every key's control with what is chosen; a state beyond the first keeps a box to clear it."""
    states = facets["state"].choices
    also = [choice for choice in states if choice.value in wanted.state[1:]]
    names = {choice.value: f"{choice.name} ({number(choice)})" for choice in states}
    made = {key: group(facets[key]) for key in ("field", "delivery", "award", "control", "credential")}
    made |= {f"{key}_unsaid": unsaid_line(facets[key], include=wanted.include_unknown) for key in BOUNDED}
    if any(choice.perhaps for facet in facets.values() for choice in facet.choices):
        made["perhaps"] = SafeString("; + those that did not say what the others ask for")
    return made | {
        "state": options({"": "All states"} | names, "".join(wanted.state[:1])),
        "more_states": checkboxes("state", also),
        "include_unknown": options(
            {str(int(include)): said for include, said in UNSAID.items()}, str(int(wanted.include_unknown))
        ),
        "within": options(WITHIN, wanted.within),
        "sort": options(SORTS, wanted.sort),
    }


def remove_label(key: str, value: str, names: Mapping[str, str]) -> SafeString | str:
    """What a chip says of one value that filters."""
    if key == "q":
        return format_html("\u201c{}\u201d", value)
    if key == "near":
        return f"Near {value}"
    if key == "within":
        return f"Within {value} miles"
    if key == "max_tuition":
        return f"Up to ${int(value):,}"
    if key == "max_months":
        return f"Up to {value} months"
    return names.get(value, value)


def _parted(facet: Facet) -> tuple[list[Choice], list[Choice]]:
    """The choices in sight, and those behind the fold; what is chosen stays in sight."""
    if facet.key == "field":
        shown = [choice for choice in facet.choices if choice.is_chosen or choice.value in GROUP_BY_SLUG]
        codes = [choice for choice in facet.choices if choice not in shown]
        return shown, [choice for choice in codes if choice.schools or choice.perhaps]
    if len(facet.choices) <= MOST:
        return list(facet.choices), []
    most = sorted(facet.choices, key=lambda choice: (not choice.is_chosen, -choice.schools, choice.name))
    shown, behind = most[:MOST], most[MOST:]
    return [choice for choice in facet.choices if choice in shown], behind
