"""Whatever the bytes: no error, no long run, nothing that a browser might run. Seeded, so that it repeats."""

import json
import random
import re
import time
from pathlib import Path

import pytest

from content.pipeline.body import body_markdown, lead_markdown
from content.pipeline.run import structure
from content.rendering import render
from tests.content.pipeline.reading import YEAR
from tests.proof import count

pytestmark = pytest.mark.once

LONGEST = 2.0
PAGES = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages").iterdir())]
NAMES = ["page.txt", "page.md", "page.html", "page"]
PIECES = [
    *(
        b"<script>alert(1)</script>",
        b"javascript:alert(1)",
        b"java\tscript:",
        b"JaVaScRiPt&#58;x",
        b"&colon;",
    ),
    *(b"<img src=x onerror=alert(1)>", b" onclick = 'x'", b"[a](javascript:x)", b"![x](data:text/html,x)"),
    *(
        b"<svg/onload=x>",
        b"<iframe srcdoc='<p>'>",
        b"on<b>click=",
        b"<scr<script>ipt>",
        b"java\xc2\xadscript:",
    ),
    *(
        b"<a href=' javascript:x'>y</a>",
        b"vbscript:",
        b"data:text/html;base64,",
        b"<base href=//x>",
        b"&Tab;",
    ),
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe2\x80\x8b",
        b"\xed\xa0\x80",
        b"&#x0;",
        b"&#xD800;",
        b"\x1b[31m",
    ),
    *(
        b"\xe2\x80\xae",
        b"---\n",
        b"+++\n",
        b"```\n",
        b"|---|---|\n",
        b"<div hidden>",
        b"<!--",
        b"-->",
        b"<table>",
    ),
    *(
        b"</td>",
        b"[^1]",
        b"[^1]: ",
        b"*",
        b"**",
        b"\xe2\x80\xa0",
        b"Sources: ",
        b"Quick Facts\n",
        b"$41,000*",
    ),
    *(
        b"(2019)",
        b": ",
        b"\t",
        b"\r\n",
        b"\n\n\n",
        b"(ABC)",
        b"Certified ",
        b"Board of ",
        b"1 2 Next",
        b"<style>",
    ),
    *(
        b"9" * 400,
        b"$" + b"9" * 30,
        b"{{7*7}}",
        b"[[stat:x]]",
        b"<b onx=1>",
        b"<details>",
        b"- - - ",
        b"> > > ",
    ),
]
UNSAFE = re.compile(
    r"javascript\s*:|vbscript\s*:|data\s*:\s*text/html|<\s*/?\s*(?:script|iframe|svg|object|embed)"
    r"|\bon(?:click|error|load|mouseover|focus|toggle)\s*="
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]"
    r"|[\ud800-\udfff]",
    re.I,
)
ACTIVE = re.compile(
    r"<(?:script|iframe|svg|object|embed|style|form|base)\b|<[^>]*\son\w+=|<a\s[^>]*href=\"(?!https?:|mailto:|/|#)",
    re.I,
)


def random_bytes(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(300))


def random_text(chance: random.Random) -> bytes:
    ranges = ((32, 127), (128, 0x2100), (0x1F000, 0x1F900), (10, 11))
    points = (chance.randrange(*chance.choice(ranges)) for _ in range(chance.randrange(400)))
    return "".join(map(chr, points)).encode()


def random_pieces(chance: random.Random) -> bytes:
    return b"".join(chance.choices(PIECES, k=chance.randrange(60)))


def mutated_page(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(PAGES))
    for _ in range(chance.randrange(1, 25)):
        place, what = chance.randrange(len(data) + 1), chance.random()
        if what < 0.5:
            data[place:place] = chance.choice(PIECES)
        elif what < 0.65:
            del data[place : place + chance.randrange(60)]
        elif what < 0.8:
            data[place:place] = data[chance.randrange(len(data) + 1) :][: chance.randrange(200)]
        elif what < 0.9:
            data[place : place + 1] = chance.randbytes(1)
        else:
            del data[max(10, place) :]
    return bytes(data)


def strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    inner = [*node, *node.values()] if isinstance(node, dict) else node if isinstance(node, list) else []
    return [text for each in inner for text in strings(each)]


@pytest.mark.parametrize("make", [random_bytes, random_text, random_pieces, mutated_page])
def test_any_bytes_make_a_page_or_a_sentence(make):
    chance = random.Random(make.__name__)
    for _ in range(count(2_500)):
        data, name = make(chance), chance.choice(NAMES)
        begun = time.process_time()
        page = structure(data, name, year=YEAR)
        answer = page.as_json()
        assert time.process_time() - begun < LONGEST, data
        assert answer["status"] in ("ok", "empty", "refused")
        json.dumps(answer, ensure_ascii=False).encode()
        kept = {key: value for key, value in answer.items() if key not in ("dropped", "warnings")}
        assert not [text for text in strings(kept) if UNSAFE.search(text)], (name, data)


def test_nothing_active_reaches_readers():
    chance = random.Random("readers")
    for _ in range(count(1_500)):
        page = structure(mutated_page(chance), chance.choice(NAMES), year=YEAR)
        shown = render(f"{lead_markdown(page)}\n\n{body_markdown(page)}", {}).html
        assert not ACTIVE.search(shown), shown


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "piece",
    [
        "Coders read charts and assign codes with care each day. ",
        "Certified Coder (CC) ",
        "Board of Billing and ",
        "(www.a.bc) Board of Foo ",
        "schools are sponsored paid advert ",
        "Median Salary (2019): $41,000* (x)\n",
        "Find schools near you. ",
        "1 ",
        "*a ",
        "(A",
        "|a|b|\n",
        "<script ",
        "<!--",
        "two bodies ",
        "ABC (Xy Zz) ",
        "a\n\n",
    ],
)
def test_a_page_as_long_as_may_be_takes_no_longer(piece, name):
    data = (piece * (290_000 // len(piece))).encode()
    begun = time.process_time()
    page = structure(data, name, year=YEAR)
    assert time.process_time() - begun < LONGEST
    assert page.status in ("ok", "empty", "refused")
