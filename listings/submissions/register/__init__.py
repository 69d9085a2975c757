"""Every personal field that this site stores: what for, how long, who sees it.

The purge, the export, the erasure and the table on the privacy page are made from these rows, so they cannot
differ. A test holds that no other field of any model is personal.
"""

from typing import Final

from listings.submissions.register.of_others import OF_EDITORS, OF_READERS, OF_THE_SERVER
from listings.submissions.register.of_schools import ADDRESS, OF_SCHOOLS
from listings.submissions.register.row import Kept

__all__ = ["ADDRESS", "GROUPS", "REGISTER", "Kept"]

GROUPS: Final = (
    ("Of whoever writes for a school", (*OF_SCHOOLS, ADDRESS)),
    ("Of readers who report an error", OF_READERS),
    ("Of editors", OF_EDITORS),
    ("Of everybody, by the server", OF_THE_SERVER),
)
REGISTER: Final = tuple(kept for _, group in GROUPS for kept in group)
