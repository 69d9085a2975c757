"""Values of every field that may be stated: made at random, and some that must be refused."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from listings.stating import of_programs as programs
from listings.stating.parts import BLANK

CREDENTIALS = ("cca", "ccs", "cpc")
SPOILT = "\0\x07\x1b\u00ad\u200b\u200d\u200e\u202e\u2066\ufeff\ufe0f\u3164\ud800<>&\"'\n\t"
SHOWN = st.text(min_size=1, max_size=80).map(lambda text: f"x{text}")
HOSTILE = st.lists(st.one_of(st.text(max_size=8), st.sampled_from([*SPOILT, "<script>", "x"]))).map(
    lambda bits: f"x{''.join(bits)}"[:80]
)
WORDS = st.one_of(SHOWN, HOSTILE)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(str)
YEARS = st.integers(2000, 2100)
HOURS = st.one_of(st.none(), st.integers(1, programs.MOST_HOURS))


def some(choices: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(choices)), min_size=1, max_size=8)


GIVEN: dict[str, st.SearchStrategy[Any]] = {
    "delivery": some(programs.WAYS),
    "credentials": st.lists(st.sampled_from(CREDENTIALS)),
    "tuition": st.fixed_dictionaries({"amount": st.integers(0, 500_000), "year": YEARS}),
    "covers": some(programs.COVERS),
    "months": st.integers(1, 120),
    "starts": st.one_of(
        st.just({"rolling": True}),
        st.fixed_dictionaries({"dates": st.lists(DAYS, min_size=1, max_size=24)}),
    ),
    "curriculum": st.fixed_dictionaries(
        {
            "courses": st.lists(
                st.fixed_dictionaries({"title": WORDS}, optional={"hours": HOURS}), min_size=1, max_size=60
            )
        },
        optional={"hours": HOURS},
    ),
    "prerequisites": WORDS,
    "aid": st.one_of(some(programs.AID.keys() - {"none"}), st.just(["none"])),
    "externship": st.one_of(
        st.just({"kind": "none"}),
        st.fixed_dictionaries({"kind": st.sampled_from(["required", "optional"]), "hours": HOURS}),
    ),
    "voucher": st.one_of(
        st.just({"included": False}),
        st.fixed_dictionaries(
            {"included": st.just(True), "credential": st.sampled_from([None, *CREDENTIALS])}
        ),
    ),
    "pass_rate": st.fixed_dictionaries(
        {
            "credential": st.sampled_from(CREDENTIALS),
            "percent": st.one_of(st.integers(0, 100), st.floats(0, 100)),
            "year": YEARS,
            "source": WORDS,
        },
        optional={"takers": st.one_of(st.none(), st.integers(1, 100_000))},
    ),
    "name": WORDS,
    "address": st.fixed_dictionaries(
        {
            "street": WORDS,
            "city": WORDS,
            "state": st.sampled_from(["OH", "oh", " PR "]),
            "zip": st.from_regex(r"[0-9]{5}(-[0-9]{4})?", fullmatch=True, alphabet="0123456789-"),
        }
    ),
    "phone": st.from_regex(
        r"(1[ -])?\(?[2-9][0-9]{2}\)?[ -][2-9][0-9]{2}[. -][0-9]{4}( ?(x|ext\.?|extension) ?[0-9]{1,5})?",
        fullmatch=True,
        alphabet="0123456789()-. xextnsio",
    ),
    "website": st.from_regex(
        r"(https?://)?[a-z0-9]{1,20}(\.[a-z0-9]{1,20})?\.(edu|org|com)(/[A-Za-z0-9_~%?=&-]{0,40})?",
        fullmatch=True,
    ),
    "logo": st.fixed_dictionaries(
        {
            "name": st.from_regex(r"[0-9a-f]{32}", fullmatch=True, alphabet="0123456789abcdef"),
            "width": st.integers(1, 480),
            "height": st.integers(1, 240),
        }
    ),
    "closure": st.fixed_dictionaries({"closed_on": DAYS}, optional={"note": WORDS}),
}
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "amount",
                    "year",
                    "dates",
                    "rolling",
                    "courses",
                    "title",
                    "hours",
                    "kind",
                    "included",
                    "credential",
                    "percent",
                    "source",
                    "street",
                    "city",
                    "state",
                    "zip",
                    "closed_on",
                    "note",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)
UNSHOWN = set(map(chr, BLANK)) | set(SPOILT) - set("<>&\"'\n\t")
