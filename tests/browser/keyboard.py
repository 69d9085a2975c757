"""A reader who has no mouse and no JavaScript: goes from control to control with Tab."""

import re
from collections.abc import Callable
from typing import Any, Final

from tests.browser.conftest import Watch

ACTIVE: Final = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  return {tag: at.tagName.toLowerCase(), name: at.getAttribute("name") || "", value: at.value || "",
          href: at.getAttribute("href") || "", text: at.textContent.replace(/\\s+/g, " ").trim(),
          id: at.id, seen: box.width > 0 && box.height > 0, outlined: at.matches(":focus-visible")};
}"""
MOST_TABS: Final = 300
TYPING: Final = (
    20  # milliseconds between keys; faster, and a list of choices takes a blank for a key of its own
)

Control = dict[str, Any]
Meant = Callable[[Control], bool]


def link(words: str) -> Meant:
    return lambda at: at["tag"] == "a" and bool(re.search(words, at["text"]))


def address(pattern: str) -> Meant:
    return lambda at: at["tag"] == "a" and bool(re.fullmatch(pattern, at["href"]))


def button(words: str) -> Meant:
    return lambda at: at["tag"] == "button" and at["text"].startswith(words)


def control(name: str, value: str | None = None) -> Meant:
    return lambda at: at["name"] == name and (value is None or at["value"] == value)


class Keyboard:
    """Counts what the reader does; what has the focus is always seen."""

    def __init__(self, reader: Watch, path: str = "/") -> None:
        self.reader = reader
        self.page = reader.open(path)
        self.steps = 0

    def go_to(self, meant: Meant) -> Control:
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            at: Control = self.page.evaluate(ACTIVE)
            if meant(at):
                assert at["seen"], at
                assert at["outlined"], at
                return at
        raise AssertionError(f"Tab does not lead there from {self.page.url}")

    def follow(self, meant: Meant) -> None:
        """Enter on a link or a button, which opens a page."""
        self.steps += 1
        self.go_to(meant)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation() as opened:
            self.page.keyboard.press("Enter")
        answer = opened.value
        assert answer is None or answer.status == 200, self.page.url

    def tick(self, meant: Meant) -> None:
        self.steps += 1
        self.go_to(meant)
        self.page.keyboard.press("Space")

    def write(self, meant: Meant, text: str) -> None:
        """Into a field, or the beginning of a choice in a list of choices."""
        self.steps += 1
        self.go_to(meant)
        self.page.keyboard.type(text, delay=TYPING)

    def said(self, selector: str = "main") -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def cards(self) -> list[str]:
        return [
            " ".join(card.split())
            for card in self.page.locator("main .school-card:not(.card-ad)").all_inner_texts()
        ]
