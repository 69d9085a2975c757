"""A08: words that are there for machines alone, or in another order than they are read, do not come in."""

from pathlib import Path

import pytest
from django.test import Client

from listings.models import School
from tests.build import make_article
from tests.listings.imports.federal import Year, program, school
from tests.reading import Page

pytestmark = pytest.mark.django_db
CONTROLS = ("\u202e", "\u200b", "\u2066", "\u2069", "\u2060", "\ufeff")


@pytest.mark.parametrize("control", CONTROLS)
def test_a08_a_school_comes_in_under_the_name_that_is_read(tmp_path: Path, control: str) -> None:
    name = f"Green{control}wood {control}College"
    given = school(100_001, INSTNM=name, IALIAS=f"G{control}C")
    Year(tmp_path, 2023, [given], [program(100_001)]).load()
    found = School.objects.get()
    assert (found.name, found.aliases) == ("Greenwood College", "GC")


@pytest.mark.parametrize("control", CONTROLS)
def test_a08_a_text_reads_as_it_is_written(client: Client, control: str) -> None:
    article = make_article(body=f"Coding{control} pays {control}well.\n\n## A{control} head\n\nWords.")
    page = Page(client, article.get_absolute_url())
    assert "Coding pays well." in page.text(".prose")
    assert control not in page.text(".prose")
    assert "h-a-head" in page.html


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="color:#fff;background:#fff">secret</p>',
        '<font color="white">secret</font>',
        '<p class="visually-hidden">secret</p>',
        '<p style="position:absolute;left:-9999px">secret</p>',
        '<p style="text-indent:-9999px">secret</p>',
    ],
)
def test_a08_words_lose_what_would_hide_them(client: Client, hidden: str) -> None:
    """Editors see then in the preview what readers see."""
    article = make_article(body=f"Before.\n\n{hidden}\n\nAfter.")
    page = Page(client, article.get_absolute_url())
    assert "secret" in page.text(".prose")
    assert page.tree.css(".prose [style], .prose [color], .prose [class]") == []
