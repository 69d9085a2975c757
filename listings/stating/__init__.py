"""What may be stated of schools and programs: one table of fields, their values and their words."""

from typing import Final

from listings.stating.field import StatedField
from listings.stating.of_programs import OF_PROGRAMS
from listings.stating.of_schools import OF_SCHOOLS

__all__ = ["FIELDS", "PROGRAM_FIELDS", "SCHOOL_FIELDS", "StatedField"]

PROGRAM_FIELDS: Final[dict[str, StatedField]] = {str(field.name): field for field in OF_PROGRAMS}
SCHOOL_FIELDS: Final[dict[str, StatedField]] = {str(field.name): field for field in OF_SCHOOLS}
FIELDS: Final[dict[str, StatedField]] = PROGRAM_FIELDS | SCHOOL_FIELDS
