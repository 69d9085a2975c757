"""What one row of the register says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from listings.models import Mailbox
from listings.submissions.forgetting import Rows, deleted

EDITORS: Final = "Editors who decide on what schools send, and you on your private page."
MODERATORS: Final = "Editors who decide on what schools send."
OPERATOR: Final = "Whoever runs the server."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One row. `of` gives what one mailbox has of it; `over` what was kept long enough, and `forget` ends it.

    Without `over` nothing here ends it: `how_long` says what does. `beside` are columns that an export needs
    to be read.
    """

    name: str
    what: str
    why: str
    how_long: str
    who_sees: str
    model: str = ""
    fields: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    of: Callable[[Mailbox], Rows] | None = None
    over: Callable[[datetime], Rows] | None = None
    forget: Callable[[Rows], int] = deleted
