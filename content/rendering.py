"""Markdown to the HTML that readers get, with `[[stat:KEY]]` filled in and a table of contents.

No other markup of a text is evaluated.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from content import blocks, illustrations
from content.acronyms import FirstUses, Uses
from content.expanding import expand
from content.lib.figures import format_value
from content.lib.normal import HIDING
from content.lib.sanitise import ID_PREFIX, sanitise, text_of
from content.models import Picture, Statistic
from content.pictures import slug_of

MARK: Final = re.compile(r"\[\[stat:([^\[\]|\n]{1,120})(\|full)?\]\]")
# While Markdown is read a mark stands in private characters: its brackets would end the words of a link,
# its pipe the cell of a table.
OPEN, FULL, CLOSE = "\ue000", "\ue001", "\ue002"
VEILED: Final = re.compile(f"{OPEN}([^{FULL}{CLOSE}]+)({FULL}?){CLOSE}")
SIGNS: Final = OPEN + FULL + CLOSE + illustrations.BEGIN + illustrations.END
UNSEEN: Final = {**HIDING, **str.maketrans("", "", SIGNS)}
UNTITLED: Final = "{untitled}"
UNKNOWN: Final = "figure not available"
STALE: Final = "may be out of date"
PROSE_KEPT: Final = 64  # texts
NO_PICTURES: Final[Mapping[str, Picture]] = {}


@dataclass(frozen=True)
class Section:
    """An entry of the table of contents; `anchor` is the id of its heading."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, and its sections in order."""

    html: SafeString
    contents: tuple[Section, ...]


def statistics_named(*texts: str) -> dict[str, Statistic]:
    """The statistics that the texts name, by key, with their current values: one query, none for no mark."""
    keys = {key for text in texts for key, _full in MARK.findall(text)}
    keys.update(key for text in texts for key in blocks.keys_in(text))
    if not keys:
        return {}
    return {statistic.key: statistic for statistic in Statistic.objects.with_current().filter(key__in=keys)}


def render(  # noqa: PLR0913  # each is a matter of its own, and named
    text: str,
    statistics: Mapping[str, Statistic],
    *,
    pictures: Mapping[str, Picture] = NO_PICTURES,
    drawn: bool = True,
    uses: FirstUses | None = None,
    withheld: Container[str] = frozenset(),
) -> Rendered:
    """A Markdown text for readers; headings begin at level 2, under the title of the page.

    Of a picture that is not given they get the words. `drawn` says whether charts are charts; else they are
    tables of the values given. `uses` are the acronyms that are spelled out where they first stand. Links to
    addresses in `withheld` keep their words alone.
    """
    held, placed = blocks.hold(text)
    veiled = _veil(held)
    named = sorted({key for key, _full in VEILED.findall(veiled)} & statistics.keys())
    told = tuple((key, _told(statistics[key])) for key in named)
    left = uses.left if uses else ()
    prose = _prose(veiled, told, frozenset(pictures), left)
    if kept_back := frozenset(address for address in prose.addresses if address in withheld):
        prose = _prose(veiled, told, frozenset(pictures), left, kept_back)
    if uses:
        for letters in prose.spelled:
            uses.take(letters)
    whole = blocks.put(prose.html, placed, statistics, drawn=drawn) if placed else prose.html
    shown = [illustrations.Shown(pictures[slug], words, is_linked) for slug, words, is_linked in prose.shown]
    whole = illustrations.put(whole, shown) if shown else whole
    return Rendered(mark_safe(whole), prose.contents)  # noqa: S308  # sanitised, and our own tables


class Told(NamedTuple):
    """What a text says of a statistic: value in words, period and publisher, and whether it went stale."""

    value: str
    origin: str
    is_stale: bool


class Prose(NamedTuple):
    """A sanitised text with placeholders for its tables, charts and pictures.

    `shown` are its pictures: slug, words, whether inside a link; `spelled` the acronyms that it writes out;
    `addresses` those of other sites that it links to.
    """

    html: str
    contents: tuple[Section, ...]
    shown: tuple[tuple[str, str, bool], ...]
    spelled: tuple[str, ...]
    addresses: tuple[str, ...]


@lru_cache(PROSE_KEPT)
def _prose(
    veiled: str,
    told: tuple[tuple[str, Told], ...],
    pictures: frozenset[str],
    left: tuple[tuple[str, str], ...],
    withheld: frozenset[str] = frozenset(),
) -> Prose:
    """Made of nothing but what it is given, so that what is kept is right for whoever gives the same."""
    uses, addresses = Uses(dict(left)), list[str]()
    env: dict[str, Any] = {
        "told": dict(told),
        "contents": [],
        "uses": uses,
        "pictures": pictures,
        "shown": [],
    }

    def keeps(address: str) -> bool:
        addresses.append(address)
        return address not in withheld

    html = sanitise(_unveil(MARKDOWN.render(veiled, env)), keeps)
    spelled = dict(left).keys() - dict(uses.left).keys()
    return Prose(html, tuple(env["contents"]), tuple(env["shown"]), tuple(sorted(spelled)), tuple(addresses))


def plain(text: str, statistics: Mapping[str, Statistic]) -> str:
    """The same text as one line without markup, for descriptions and feeds."""
    return text_of(render(blocks.without(text), statistics).html)


def _veil(text: str) -> str:
    marks = text.translate(UNSEEN)
    return MARK.sub(lambda mark: f"{OPEN}{mark[1]}{FULL if mark[2] else ''}{CLOSE}", marks)


def _unveil(html: str) -> str:
    """Marks in code stay as they were written."""
    return html.replace(OPEN, "[[stat:").replace(FULL, "|full").replace(CLOSE, "]]")


def _told(statistic: Any) -> Told:
    """Of one that was read with its current value."""
    current = statistic.current
    if current is None:
        return Told(UNKNOWN, statistic.label, bool(statistic.is_stale))
    value = format_value(current.value, statistic.unit, statistic.per) or current.get_missing_display()
    return Told(value, f"{current.period}, {current.source.publisher}", bool(statistic.is_stale))


def _statistic(state: StateInline, silent: bool) -> bool:
    """The inline rule for `[[stat:KEY]]`; inside a link it is a value without a link of its own."""
    mark = VEILED.match(state.src, state.pos)
    if mark is None:
        return False
    if not silent:
        token = state.push("statistic", "", 0)
        token.content = mark[1]
        token.meta = {"full": bool(mark[2]), "linked": state.linkLevel == 0}
    state.pos = mark.end()
    return True


def _headings(state: StateCore) -> None:
    """Levels from 2 on without a gap, ids, contents; a section without a name begins with a plain break."""
    tokens = iter(state.tokens)
    kept: list[Token] = []
    taken: dict[str, int] = {}
    level = 1
    for token in tokens:
        kept.append(token)
        if token.type != "heading_open":
            continue
        inline, close = next(tokens), next(tokens)
        if inline.content.strip() == UNTITLED:
            kept[-1] = Token("hr", "hr", 0, attrs={"class": "break"}, block=True)
            continue
        level = max(2, min(int(token.tag[1]), level + 1))
        token.tag = close.tag = f"h{level}"
        title = _words(inline.children or [], state.env["told"])
        name = _free(slugify(title)[:60].strip("-") or "section", taken)
        token.attrSet("id", name)
        if level == 2:
            state.env["contents"].append(Section(ID_PREFIX + name, title))
        kept += [inline, close]
    state.tokens = kept


def _words(tokens: list[Token], told: Mapping[str, Told]) -> str:
    """What a heading says, without its markup."""
    found = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        (told[token.content].value if token.content in told else UNKNOWN)
        if token.type == "statistic"
        else _unveil(token.content)
        if token.type in ("text", "code_inline")
        else found.get(token.type, "")
        for token in tokens
    )


def _free(name: str, taken: dict[str, int]) -> str:
    """The name, numbered from its second use on."""
    free = name
    while free in taken:
        taken[name] += 1
        free = f"{name}-{taken[name]}"
    taken[free] = 1
    return free


def _cells(state: StateCore) -> None:
    """Aligned columns by class, for the site's policy refuses style attributes; headers with their scope."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style.endswith("right"):
                token.attrSet("class", "number")
            if token.type == "th_open":
                token.attrSet("scope", "col")


class _Renderer(RendererHTML):
    """Tokens as HTML; each method is named like its token."""

    def statistic(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        told: Told | None = env["told"].get(token.content)
        if told is None:
            return f'<span class="missing">{UNKNOWN}</span>'
        value: str = escape(told.value)
        if token.meta["linked"]:
            receipt = escape(reverse("statistic-detail", args=[token.content]))
            value = f'<a class="stat" href="{receipt}" title="{escape(told.origin)}">{value}</a>'
        notes = [told.origin] * token.meta["full"] + [STALE] * told.is_stale
        return f'{value} <span class="stat-note">({escape("; ".join(notes))})</span>' if notes else value

    def expansion(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        token = tokens[idx]
        letters, name = escape(token.content), escape(token.meta["name"])
        if token.meta["written"]:
            return f"{letters} ({name})"
        return f'<abbr title="{name}">{letters}</abbr>'

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        words = self.renderInlineAsText(tokens[idx].children or [], options, env)
        slug = slug_of(str(tokens[idx].attrs.get("src", "")))
        if slug not in env["pictures"]:
            return escape(words)
        before = [token.nesting for token in tokens[:idx] if token.type in ("link_open", "link_close")]
        env["shown"].append((slug, words, sum(before) > 0))
        return f"{illustrations.BEGIN}{len(env['shown']) - 1}{illustrations.END}"

    def table_open(self, *_: object) -> str:
        return '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>'

    def table_close(self, *_: object) -> str:
        return "</table></div>"


def _note_number(_renderer: object, tokens: Sequence[Token], idx: int, *_: object) -> str:
    return f"[{tokens[idx].meta['id'] + 1}]"


def _notes_open(*_: object) -> str:
    return '<section class="footnotes" aria-label="Notes"><ol>'


def _notes_close(*_: object) -> str:
    return "</ol></section>"


def _note_back(_renderer: object, tokens: Sequence[Token], idx: int, *_: object) -> str:
    number, again = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"]
    target = f"fnref{number}:{again}" if again > 0 else f"fnref{number}"
    return f' <a href="#{target}" class="footnote-backref" aria-label="Back to the text">↩</a>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", renderer_cls=_Renderer).enable("table").use(footnote_plugin)
    # Every address passes here, so that an unsafe link loses its address and keeps its words.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "statistic", _statistic)
    parser.core.ruler.push("headings", _headings)
    parser.core.ruler.push("cells", _cells)
    parser.core.ruler.push("first_uses", expand)
    parser.inline.add_terminator_char(OPEN)
    parser.add_render_rule("footnote_caption", _note_number)
    parser.add_render_rule("footnote_block_open", _notes_open)
    parser.add_render_rule("footnote_block_close", _notes_close)
    parser.add_render_rule("footnote_anchor", _note_back)
    return parser


MARKDOWN: Final = _parser()
