"""Templates as they are sent: without the indentation that is there for who writes them."""

import re
from typing import Final

from django.template.base import Origin
from django.template.loaders import cached

INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
KEEPS_BLANKS: Final = re.compile(r"<(?:pre|textarea)\b")


class Loader(cached.Loader):
    """Keeps templates compiled; lines stay, so that a page can be read and an error names the right one."""

    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        if not origin.name.endswith(".html") or KEEPS_BLANKS.search(contents):
            return contents
        return INDENTATION.sub("", contents)
