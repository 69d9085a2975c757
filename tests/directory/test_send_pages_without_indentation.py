"""Templates are indented for those who write them, and sent without it."""

from pathlib import Path

import pytest
from django.template import Engine
from django.test import Client

from tests.build import make_school


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/schools/", "/about/"])
def test_no_line_of_a_page_is_indented(client: Client, address: str) -> None:
    make_school("Ada College")
    lines = client.get(address).content.decode().splitlines()
    assert len(lines) > 50, "lines stay, or nobody could read the page"
    assert [line for line in lines if line.startswith((" ", "\t"))] == []


@pytest.mark.parametrize(
    ("name", "written", "sent"),
    [
        (
            "list.html",
            "<ul>\n  <li>\n    {{ said }}\n  </li>\n</ul>\n",
            "<ul>\n<li>\n  a\n  b\n</li>\n</ul>\n",
        ),
        ("raw.html", "  <pre>\n  x\n</pre>", "  <pre>\n  x\n</pre>"),
        ("box.html", '  <textarea name="x">\n  x</textarea>', '  <textarea name="x">\n  x</textarea>'),
        ("mail.txt", "Hello\n  {{ said }}", "Hello\n    a\n  b"),
    ],
)
def test_what_is_said_in_them_stays_as_it_is(tmp_path: Path, name: str, written: str, sent: str) -> None:
    (tmp_path / name).write_text(written)
    files = ("django.template.loaders.filesystem.Loader", [tmp_path])
    engine = Engine(loaders=[("directory.unindented.Loader", [files])])
    assert engine.render_to_string(name, {"said": "  a\n  b"}) == sent
