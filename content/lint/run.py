"""All rules with their codes and levels, and what they find in a text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from content.lint.draft import Draft
from content.lint.finding import Finding, Hit, Level
from content.lint.known import Known
from content.lint.rules import alike, facts, figures, leftovers, links, names, outline, prose

type Check = Callable[[Draft, Known], Iterator[Hit]]


@dataclass(frozen=True)
class Rule:
    """`wants` says in words what the rule asks of a text."""

    code: str
    level: Level
    check: Check
    wants: str


E, W, I = Level.ERROR, Level.WARNING, Level.INFO  # noqa: E741  # a table reads better with short names
RULES: Final = (
    Rule("marker-without-source", E, facts.marker_without_source, "Every mark in a facts box has its "
    "source."),
    Rule("acronym-conflict", E, names.acronym_conflict, "Letters stand for one thing."),
    Rule("retired-credential-as-current", E, names.retired_credential, "A retired credential is called so."),
    Rule("prose-number-contradicts-statistic", E, figures.contradicts_statistic, "No number "
    "contradicts a statistic."),
    Rule("broken-link", E, links.broken_link, "Links lead somewhere."),
    Rule("unsafe-link", E, links.unsafe_link, "Links are http, https, mailto or a path of this site."),
    Rule("missing-disclosure", E, leftovers.missing_disclosure, "Paid places and paid links are disclosed."),
    Rule("leftover-boilerplate", E, leftovers.leftover_boilerplate, "Nothing of another site's page "
    "is left."),
    Rule("image-alt", E, outline.image_alt, "Every picture says in words what it shows."),
    Rule("stale-statistic", E, figures.too_old, "No figure is over six years old, no projection has ended."),
    Rule("stale-statistic", W, figures.getting_old, "Figures are three years old at most."),
    Rule("fact-without-period", W, facts.fact_without_period, "Figures in a facts box say their year."),
    Rule("fact-without-source", W, facts.fact_without_source, "Figures in a facts box have a source."),
    Rule("source-without-marker", W, facts.source_without_marker, "Every source of a box is used in it."),
    Rule("unexpanded-acronym", W, names.unexpanded_acronym, "Letters are spelled out once."),
    Rule("missing-heading", W, outline.missing_heading, "Every section has a heading."),
    Rule("heading-skip", W, outline.heading_skip, "Headings go down one level at a time."),
    Rule("heading-duplicate", W, outline.heading_duplicate, "No heading stands twice."),
    Rule("lead-length", W, outline.lead_length, "A lead has 120 to 320 characters."),
    Rule("title-length", W, outline.title_length, "A title has 15 to 60 characters."),
    Rule("missing-summary", W, outline.missing_summary, "There is a summary."),
    Rule("table-header", W, outline.table_header, "The columns of a table are named."),
    Rule("link-text", W, links.link_text, "The words of a link say where it leads."),
    Rule("thin-content", W, outline.thin_content, "An article has 250 words or more."),
    Rule("near-duplicate", W, alike.near_duplicate, "No other article says the same."),
    Rule("prose-number-without-source", I, figures.number_without_source, "Figures in sentences have "
    "a source."),
    Rule("qualifier-mismatch", I, figures.qualifier_mismatch, "A figure is called what it is."),
    Rule("count-mismatch", I, figures.count_mismatch, "As many things are named as are announced."),
    Rule("tracking-parameters", I, links.tracking_parameters, "Addresses carry no tracking."),
    Rule("hedges", I, prose.hedges, "Sentences say what is known."),
    Rule("long-sentence", I, prose.long_sentence, "Sentences have 30 words at most."),
    Rule("long-paragraph", I, prose.long_paragraph, "Paragraphs have 120 words at most."),
    Rule("reading-grade", I, prose.reading_grade, "Grade 12 is enough to read it."),
)  # fmt: skip
ORDER: Final = {level: place for place, level in enumerate(Level)}


def lint(draft: Draft, known: Known) -> list[Finding]:
    """What all rules find, errors first, each in the order of the text."""
    found = [_finding(draft, rule, each) for rule in RULES for each in rule.check(draft, known)]
    return sorted(
        dict.fromkeys(found), key=lambda each: (ORDER[each.level], each.line, each.column, each.code)
    )


def _finding(draft: Draft, rule: Rule, each: Hit) -> Finding:
    line, column = each.field.place(each.offset)
    said = (each.text, each.message, each.suggestion, each.field.name)
    return Finding(draft.file, rule.code, rule.level, line, column, *said)
