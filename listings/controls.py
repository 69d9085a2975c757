"""The controls of the filter form as HTML: one string a key, not a template node a choice."""

from collections.abc import Collection, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from listings.fields import FIELD_GROUPS
from listings.filters import Choices, SchoolFilter
from listings.wanted import CHOICES, SORTS, WITHIN, Wanted


def options(choices: Mapping[str, str], chosen: str) -> SafeString:
    """The `option` elements of a `select`."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if value == chosen else "", name)
            for value, name in choices.items()
        ),
    )


def checkboxes(key: str, choices: Mapping[str, str], chosen: Collection[str]) -> SafeString:
    return format_html_join(
        "\n",
        '<div class="choice"><input type="checkbox" name="{0}" id="{0}-{1}" value="{1}"{2}>'
        '<label for="{0}-{1}">{3}</label></div>',
        (
            (key, value, SafeString(" checked") if value in chosen else "", name)
            for value, name in choices.items()
        ),
    )


def controls(schools: SchoolFilter) -> dict[str, SafeString]:
    """Every key's control with what is chosen; a state beyond the first keeps a box to clear it."""
    wanted = schools.wanted
    credentials = schools.form.fields["credential"]
    boxes: dict[str, Mapping[str, str]] = {
        "field": _field_choices(wanted),
        "delivery": CHOICES["delivery"],
        "award": CHOICES["award"],
        "control": CHOICES["control"],
        "credential": credentials.names if isinstance(credentials, Choices) else {},
        "more_states": {state: CHOICES["state"][state] for state in wanted.state[1:]},
    }
    made = {
        key: checkboxes("state" if key == "more_states" else key, choices, _chosen(wanted, key))
        for key, choices in boxes.items()
    }
    return made | {
        "state": options({"": "All states"} | CHOICES["state"], "".join(wanted.state[:1])),
        "include_unknown": options(
            {"1": "Show after the others", "0": "Leave out"}, str(int(wanted.include_unknown))
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


def _chosen(wanted: Wanted, key: str) -> Collection[str]:
    return wanted.state if key == "more_states" else getattr(wanted, key)


def _field_choices(wanted: Wanted) -> dict[str, str]:
    """The groups, and those CIP codes that are chosen."""
    codes = {field: CHOICES["field"][field] for field in wanted.field}
    return {group.slug: group.name for group in FIELD_GROUPS} | codes
