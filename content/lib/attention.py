"""What an app tells the editors' front page: how many of something wait, and where they are listed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Attention:
    """`address` is the filtered admin list that holds exactly the `count` rows that `text` names."""

    count: int
    text: str
    address: str
    urgent: bool = False
