"""What an app tells the editors' front page: how many of something wait, and where they are listed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Attention:
    """`address` is the filtered admin list that holds exactly the `count` rows that `text` names.

    `one` and `many` go on after the number: "text waits for review", "texts wait for review".
    """

    count: int
    one: str
    many: str
    address: str
    urgent: bool = False

    @property
    def text(self) -> str:
        return self.one if self.count == 1 else self.many
