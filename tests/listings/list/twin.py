"""The plain reading of what a filter means, program by program, to hold the queries against."""

from typing import Any

from listings.fields import AWARD_LEVELS, group_of

Spec = dict[str, Any]
Choice = dict[str, list[str]]


def answer(program: Spec, key: str, values: list[str]) -> bool | None:
    """Whether a program meets a choice; None where it did not say."""
    match key:
        case "field":
            return program["cip"] in values or group_of(program["cip"]).slug in values
        case "award":
            return AWARD_LEVELS[program["award_level"]].choice in values
        case "delivery":
            return any(way in values for way in program["delivery"]) if "delivery" in program else None
        case "credential":
            return (
                any(slug in values for slug in program["credentials"]) if "credentials" in program else None
            )
        case "max_tuition":
            return program["tuition"] <= int(values[0]) if "tuition" in program else None
        case "max_months":
            return program["months"] <= int(values[0]) if "months" in program else None
    raise KeyError(key)


def school_answer(school: Spec, key: str, values: list[str]) -> bool | None:
    if key == "state":
        return school["state"] in values
    return school["control"] in values if school["control"] else None


def programs(school: Spec, choice: Choice) -> tuple[list[Spec], list[Spec]]:
    """Those that meet every choice by what is stated, and those that meet it or did not say."""
    of_school = [
        school_answer(school, key, values) for key, values in choice.items() if key in {"state", "control"}
    ]
    stated, possible = [], []
    for program in school["programs"]:
        answers = of_school + [
            answer(program, key, values) for key, values in choice.items() if key not in {"state", "control"}
        ]
        if False not in answers:
            possible.append(program)
            if None not in answers:
                stated.append(program)
    return stated, possible


def measure(found: list[Spec], sort: str) -> tuple[bool, float]:
    """What a school is sorted by; those without it come last."""
    column = {"tuition": "tuition", "length": "months", "awards": "awards"}[sort]
    values = [program[column] for program in found if program.get(column) is not None]
    if not values:
        return (True, 0)
    return (False, -sum(values) if sort == "awards" else min(values))


def expected(
    schools: list[Spec], choice: Choice, sort: str, *, include_unknown: bool
) -> tuple[list[str], list[str]]:
    """Names in order; each school carries its `rank_key` and `name_key`."""
    stated, unsaid = [], []
    for school in schools:
        by_statement, possible = programs(school, choice)
        if by_statement:
            stated.append((school, by_statement))
        elif possible and include_unknown:
            unsaid.append((school, possible))
    if sort in {"tuition", "length", "awards"} and all(
        measure(found, sort)[0] for _, found in [*stated, *unsaid]
    ):
        sort = "order"
    return _in_order(stated, sort), _in_order(unsaid, sort)


def _in_order(part: list[tuple[Spec, list[Spec]]], sort: str) -> list[str]:
    def key(entry: tuple[Spec, list[Spec]]) -> Any:
        school, found = entry
        if sort == "name":
            return school["name_key"]
        return school["rank_key"] if sort == "order" else (measure(found, sort), school["rank_key"])

    return [school["name"] for school, _ in sorted(part, key=key)]


def _met(school: Spec, program: Spec, choice: Choice) -> list[bool | None]:
    """A program's answers, and its school's, to all keys."""
    return [
        school_answer(school, key, values) if key in {"state", "control"} else answer(program, key, values)
        for key, values in choice.items()
    ]


def beside(schools: list[Spec], choice: Choice, key: str, value: str, *, include_unknown: bool) -> list[int]:
    """How many schools state the value and meet the other keys, and how many more may."""
    others = {other: values for other, values in choice.items() if other != key}
    stated = perhaps = 0
    for school in schools:
        own = [program for program in school["programs"] if all(_met(school, program, {key: [value]}))]
        met = [_met(school, program, others) for program in own]
        if any(all(answers) for answers in met):
            stated += 1
        elif include_unknown and any(False not in answers for answers in met):
            perhaps += 1
    return [stated, perhaps]


def silent(
    schools: list[Spec], choice: Choice, key: str, anything: list[str], *, include_unknown: bool
) -> int:
    """How many are meant only because they did not say; `anything` are values of which one says something."""
    others = {other: values for other, values in choice.items() if other != key}
    count = 0
    for school in schools:
        shown = [
            program
            for program in school["programs"]
            if (False not in _met(school, program, others))
            and (include_unknown or None not in _met(school, program, others))
        ]
        own = [_met(school, program, {key: choice.get(key, anything)})[0] for program in shown]
        says = [is_met if key in choice else is_met is not None for is_met in own]
        count += None in own and True not in says
    return count
