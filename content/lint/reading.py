"""Drafts out of what holds them: a Markdown file with front matter, or a saved revision."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.text import slugify

from content.lib.decode import decode
from content.lib.figures import format_value
from content.lint.draft import BoxWords, Draft, FactWords, Field, Kind, SourceWords, Words
from content.lint.markdown import Node, read
from content.models import Article, Fact, Revision
from content.pipeline.document import Document
from content.pipeline.extract import extract
from content.pipeline.front_matter import take_front_matter
from content.pipeline.limits import check_length, check_lines, check_markdown, check_size
from content.pipeline.markdown import read_markdown
from content.pipeline.marks import MARK
from content.pipeline.page import Box, FactLine, Page
from content.pipeline.sources import NAMED as SOURCES
from content.rendering import MARK as STATISTIC

BOXED: Final = ("table", "bullet_list", "ordered_list", "paragraph", "dl", "html_block")
NOTED: Final = ("paragraph", "bullet_list", "ordered_list")


def from_file(data: bytes, name: str) -> Draft:
    """The text of a Markdown file; raises Refused or NotText with a sentence where it cannot be read."""
    check_size(len(data))
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    check_lines(text)
    check_markdown(text)
    document = Document("markdown")
    rest = take_front_matter(text, document)
    whole, start = Field("file", text), len(text) - len(rest)
    matter = {name: str(value) for name, value in document.front_matter.items() if isinstance(value, str)}
    lead = _named(whole, start, "lead", document.lead or matter.get("lead", ""))
    nodes = read(whole, start)
    nodes, lead = _without_lead(nodes, lead)
    page = _page(rest)
    nodes, boxes = _without_boxes(nodes, page.fact_boxes, whole)
    title = _named(whole, start, "title", document.titles[0] if document.titles else "")
    if not title.plain:
        nodes, title = _titled(nodes, title)
    return Draft(
        file=name,
        slug=document.slug or slugify(title.plain),
        kind=matter.get("kind", Article.Kind.ARTICLE.value),
        title=title,
        summary=_named(whole, start, "summary", matter.get("summary", "")),
        lead=lead,
        body=tuple(words for node in nodes for words in node.words),
        body_field=whole,
        page=page,
        boxes=tuple(boxes),
        html=tuple(html for node in nodes for html in node.html),
        nodes=tuple((node.type, node.start, node.end) for node in nodes),
        disclosures=matter.get("disclosures", "") or matter.get("disclosure", ""),
    )


def from_revision(revision: Revision) -> Draft:
    """The text of a revision; places are those of its fields."""
    article = revision.article
    body = Field("body", revision.body.replace("\r\n", "\n"))
    lead = Field("lead", revision.lead.replace("\r\n", "\n"))
    nodes = read(body)
    return Draft(
        file=article.get_absolute_url(),
        slug=article.slug,
        kind=article.kind,
        title=_plainly(Field("title", revision.title), "title"),
        summary=_joined(
            read(Field("summary", revision.summary)), Field("summary", revision.summary), "summary"
        ),
        lead=_joined(read(lead), lead, "lead"),
        body=tuple(words for node in nodes for words in node.words),
        body_field=body,
        page=_page(body.text),
        boxes=tuple(_stored_boxes(revision)),
        html=tuple(html for node in nodes for html in node.html),
        nodes=tuple((node.type, node.start, node.end) for node in nodes),
        disclosures=revision.disclosures,
    )


def _page(text: str) -> Page:
    """What the import reads of it: facts boxes, bodies, credentials, disclosures."""
    document = Document("markdown")
    # A pipe in a mark would end the cell of a table.
    read_markdown("\n" + STATISTIC.sub(r"[[stat:\1]]", text), document)
    check_length(0, len(document.blocks))
    return extract(document)


def _plainly(field: Field, kind: Kind) -> Words:
    return Words(kind, field.text, field, ((0, 0),))


def _joined(nodes: list[Node], field: Field, kind: Kind) -> Words:
    """Several paragraphs as the words of one field."""
    every = [words for node in nodes for words in node.words]
    plain, stretches = "", []
    for words in every:
        shift = len(plain)
        stretches += [(shift + here, there) for here, there in words.stretches]
        plain += words.plain + " "
    links = tuple(link for words in every for link in words.links)
    pictures = tuple(picture for words in every for picture in words.pictures)
    noted = any(words.has_note for words in every)
    return Words(
        kind, plain.rstrip(), field, tuple(stretches), links=links, pictures=pictures, has_note=noted
    )


def _named(whole: Field, start: int, name: str, value: str) -> Words:
    """A value of the front matter, with the places of its words in the file."""
    key = re.compile(rf"^[ \t]*{name}[ \t]*[:=][ \t]*(?:[>|][+-]?[ \t]*\n[ \t]*|\"\"\"|[\"'])?", re.I | re.M)
    found = key.search(whole.text, 0, start)
    if found is None or not value:
        return Words(name, "", whole, ((0, found.start() if found else 0),))  # type: ignore[arg-type]  # one of Kind
    words = _joined(read(Field(name, value)), Field(name, value), name)  # type: ignore[arg-type]
    cursor, stretches = found.end(), []
    for here in (match.start() for match in re.finditer(r"\S+", words.plain)):
        word = words.plain[here:].split(maxsplit=1)[0]
        place = whole.text.find(word, cursor, start)
        if place >= 0:
            stretches.append((here, place))
            cursor = place + len(word)
    return replace(words, field=whole, stretches=tuple(stretches) or ((0, found.end()),))


def _without_lead(nodes: list[Node], lead: Words) -> tuple[list[Node], Words]:
    """A first paragraph that says what the lead says is the lead; so is one without a lead in front."""
    at = next((at for at, node in enumerate(nodes) if node.words and node.words[0].level != 1), None)
    first = nodes[at] if at is not None else None
    if first is None or first.type != "paragraph":
        return nodes, lead
    words = first.words[0]
    if not lead.plain and any(node.type == "heading" for node in nodes[(at or 0) :]):
        return [node for node in nodes if node is not first], replace(words, kind="lead")
    if _folded(words.plain) == _folded(lead.plain):
        return [node for node in nodes if node is not first], replace(words, kind="lead")
    return nodes, lead


def _folded(plain: str) -> str:
    return " ".join(re.findall(r"\w+", plain.casefold()))


def _titled(nodes: list[Node], title: Words) -> tuple[list[Node], Words]:
    """A text without a title in front is named by its heading of the first level."""
    first = next((node for node in nodes if node.words and node.words[0].level == 1), None)
    if first is None:
        return nodes, title
    return [node for node in nodes if node is not first], replace(first.words[0], kind="title")


def _without_boxes(nodes: list[Node], boxes: list[Box], whole: Field) -> tuple[list[Node], list[BoxWords]]:
    """The blocks that are no facts box and no line of its sources, and the boxes with their places."""
    found: list[BoxWords] = []
    taken: set[int] = set()
    at = 0
    for box in boxes:
        places = [number for number in range(at, len(nodes)) if _holds(nodes[number], box.facts, whole)]
        if not places:
            continue
        at = places[0] + 1
        mine = {places[0], *(number for number in places[1:] if nodes[number].type == "paragraph")}
        last = max(mine)
        while last + 1 < len(nodes) and _is_source(nodes[last + 1], box):
            last += 1
            mine.add(last)
        taken |= mine
        at = last + 1
        found.append(_box(box, whole, nodes[min(mine)].start, nodes[last].end))
    return [node for number, node in enumerate(nodes) if number not in taken], found


def _holds(node: Node, facts: tuple[FactLine, ...], whole: Field) -> bool:
    if node.type not in BOXED:
        return False
    said = _folded(whole.text[node.start : node.end])
    holding = (_folded(f"{fact.label}") in said and _folded(fact.raw) in said for fact in facts if fact.label)
    return any(holding) if node.type != "paragraph" else any(
        said.startswith(_folded(fact.label)) and _folded(fact.raw) in said for fact in facts if fact.label
    )  # fmt: skip


def _is_source(node: Node, box: Box) -> bool:
    if node.type not in NOTED or not node.words or not box.sources:
        return False
    plain = node.words[0].plain
    names = any(source.name in words.plain for source in box.sources for words in node.words)
    return bool(SOURCES.match(plain) or MARK.match(plain) or node.type != "paragraph") and names


def _box(box: Box, whole: Field, start: int, end: int) -> BoxWords:
    known = {source.marker for source in box.sources if source.marker}
    loose = any(source.marker is None for source in box.sources)
    facts = []
    cursor = start
    for line in box.facts:
        cursor = whole.find(line.label or line.raw, cursor, end)
        facts.append(_fact(line, known, whole, cursor, loose=loose))
    used = {mark for line in box.facts for mark in line.markers}
    named = {source.name for line in box.facts for source in line.sources}
    sources = []
    for source in box.sources:
        # "*BLS; Payscale.com": what follows the semicolon has no mark of its own.
        first, *loose_names = source.name.split("; ")
        is_used = source.marker in used or source.name in named
        sources.append(SourceWords(first, is_used, whole.find(first, cursor, end)))
        sources += [SourceWords(name, False, whole.find(name, cursor, end)) for name in loose_names]
    return BoxWords(tuple(facts), tuple(sources), whole)


def _fact(line: FactLine, known: set[str], whole: Field, offset: int, *, loose: bool) -> FactWords:
    """`loose`: the box has a source without a marker, which may stand for every line."""
    value, key = line.value, STATISTIC.search(line.raw)
    amounts = (value.value, value.value_min, value.value_max)
    return FactWords(
        label=line.label or line.raw,
        raw=line.raw,
        kind=value.kind,
        field=whole,
        offset=offset,
        first=value.period.first if value.period else None,
        last=value.period.last if value.period else None,
        qualifier=value.qualifier or "",
        amounts=tuple(float(each) for each in amounts if isinstance(each, int | float)),
        markers=line.markers,
        unknown_markers=tuple(mark for mark in line.markers if mark not in known),
        sourced=bool(line.sources or line.markers or loose),
        key=key[1] if key else "",
    )


def _stored_boxes(revision: Revision) -> Iterator[BoxWords]:
    for box in revision.fact_boxes.prefetch_related("facts__statistic", "facts__markers__source"):
        facts = [_stored_fact(fact) for fact in box.facts.all()]
        yield BoxWords(tuple(facts), (), Field("facts", ""))


def _stored_fact(fact: Fact) -> FactWords:
    bound = fact.statistic is not None
    amounts = (fact.value, fact.value_min, fact.value_max)
    written = [format_value(each, fact.unit, fact.per) for each in amounts if each is not None]
    first, last = fact.period_from, fact.period_to
    return FactWords(
        label=fact.label,
        raw=fact.text or " to ".join(written),
        kind=Fact.Kind.TEXT.value if bound else fact.kind,
        field=Field("facts", ""),
        offset=0,
        first=first if first is not None else last,
        last=last if last is not None else first,
        qualifier=fact.qualifier,
        amounts=tuple(float(each) for each in amounts if each is not None),
        markers=tuple(marker.marker for marker in fact.markers.all() if marker.marker),
        sourced=bool(fact.markers.all()),
        key=fact.statistic.key if fact.statistic else "",
    )
