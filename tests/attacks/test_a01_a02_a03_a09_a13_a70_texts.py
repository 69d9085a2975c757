"""A01-A03, A09, A13, A70: whatever an editor pastes, pages and feeds show prose and ask nobody."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from content.lib.sanitise import LINK_REL
from content.previewing import make_link
from tests.build import make_article, make_topic
from tests.content.rendering.corpus import CLOBBERS, ELEMENTS, HIDDEN, LINKS, MUTATIONS, RELS
from tests.content.rendering.safety import assert_safe
from tests.content.workflow.people import logged_in, make_editor
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
REMOTE = (
    "![](https://evil.example/pixel.gif)",
    "![one](//evil.example/p.png 'x')",
    "[![two](https://evil.example/p.png)](https://good.example/)",
    "<img src='https://evil.example/p.gif' srcset='https://evil.example/2.gif 2x' width=1 height=1>",
    "<p style='background-image:url(https://evil.example/p.gif)'>three</p>",
    "<picture><source srcset='https://evil.example/p.webp'><img src=/x></picture>",
    "<video poster='https://evil.example/p.gif'></video><audio src='https://evil.example/a.mp3'></audio>",
    "<input type=image src='https://evil.example/p.gif'><link rel=prefetch href='https://evil.example'>",
    "<table background='https://evil.example/p.gif'><tr><td>four</td></tr></table>",
    "![five][pixel]\n\n[pixel]: https://evil.example/p.gif",
)
NAMES = ("elements", "links", "mutations", "rels", "hidden", "clobbers")
ASKING = re.compile(r"evil\.example")


@pytest.mark.parametrize("texts", [ELEMENTS, LINKS, MUTATIONS, RELS, HIDDEN, CLOBBERS], ids=NAMES)
@pytest.mark.slow
def test_no_text_acts_on_its_readers(client: Client, settings: Any, texts: list[str]) -> None:
    settings.API_RATE = (1_000_000, 60)
    for number, text in enumerate(texts):
        article = make_article(f"text-{number}", body=f"{text}\n\nAfter it.", topic=make_topic("basics"))
        page = Page(client, article.get_absolute_url())
        body = page.tree.css_first(".prose")
        assert body is not None
        assert_safe(body.inner_html or "")
        assert (
            page.tree.css("main script:not([type='application/ld+json']), main iframe, main [onerror]") == []
        )
    feed = client.get("/topics/basics/feed.atom").content.decode()
    assert "<script" not in feed
    assert "onerror" not in feed.replace("onerror=alert(1)&gt;", "")


@pytest.mark.parametrize("text", REMOTE)
def test_a70_a_remote_picture_is_its_words(client: Client, text: str) -> None:
    article = make_article(body=f"Before.\n\n{text}\n\nAfter.", published=False)
    revision = article.revisions.get()
    editor = make_editor("superuser")
    _link, token = make_link(revision, days=1, by=editor)
    shown = [
        (client, reverse("preview", args=[token])),
        (logged_in(editor), reverse("editors-preview", args=[revision.pk])),
    ]
    for reader, address in shown:
        answer = reader.get(address)
        tree = LexborHTMLParser(answer.content.decode())
        asked = [
            value
            for node in tree.css("[src], [srcset], [poster], [background], [style], link[href], [data]")
            for value in node.attributes.values()
            if value and ASKING.search(value)
        ]
        assert asked == []
        assert "img-src 'self'" in answer["Content-Security-Policy"]
        for word in re.findall(r"one|two|three|four|five", text):
            assert word in tree.css_first("main").text()


def test_a09_rel_is_ours_whatever_was_written(client: Client) -> None:
    article = make_article(body="\n\n".join(RELS))
    links = [
        node
        for node in Page(client, article.get_absolute_url()).tree.css("main a")
        if "x.example" in (node.attributes.get("href") or "")
    ]
    assert len(links) == len(RELS)
    assert {node.attributes["rel"] for node in links} == {LINK_REL}


def test_a13_no_script_of_the_site_looks_for_an_element_by_a_global_name(client: Client) -> None:
    article = make_article(
        body="\n\n".join(f"## {name}\n\nWords." for name in ("location", "__proto__", "forms"))
    )
    ids = [
        node.attributes["id"] or "" for node in Page(client, article.get_absolute_url()).tree.css("main [id]")
    ]
    written = [each for each in ids if any(name in each for name in ("location", "proto", "forms"))]
    assert len(written) == 3
    assert all(each.startswith("h-") for each in written)
