"""Two hundred sites that are well: every kind with several topics."""

from itertools import cycle, islice

from tests.content.links.kinds import (
    Days,
    Kind,
    about_errors,
    all_answered,
    bare_shell,
    big,
    chain,
    consent,
    cookie,
    data,
    front,
    front_moves,
    index,
    kind,
    languages,
    late,
    latin,
    login_link,
    login_wall,
    long_page,
    menu,
    missing_once,
    missing_twice,
    moved_later,
    news,
    nothing,
    only_get,
    packed,
    partners,
    pdf,
    plain,
    redesigned,
    refreshed,
    renamed,
    rewritten,
    robots_in_part,
    robots_page,
    sale,
    shell,
    spanish,
    titleless,
    to_front_for_others,
    to_https,
    unchanged,
    unmodified,
    wall,
    within,
)
from tests.content.links.pages import TOPICS

KINDS: list[Kind] = [
    *(
        kind("/cited", build)
        for build in (plain, shell, bare_shell, pdf, long_page, unchanged, unmodified, renamed)
    ),
    *(
        kind("/cited", build)
        for build in (redesigned, rewritten, within, moved_later, chain, languages, spanish)
    ),
    *(
        kind("/cited", build)
        for build in (wall, consent, cookie, only_get, menu, partners, news, missing_once)
    ),
    *(
        kind("/cited", build)
        for build in (missing_twice, all_answered, to_front_for_others, about_errors, latin)
    ),
    *(
        kind("/cited", build)
        for build in (robots_in_part, robots_page, packed, nothing, data, titleless, sale)
    ),
    *(kind("/cited", build) for build in (login_link, login_wall, refreshed)),
    *(kind("/", build) for build in (front, front_moves)),
    kind("/index.html", index),
]
# Dear ones: a few of each are enough.
FEW: list[tuple[Kind, int]] = [
    (kind("/cited", big), 2),
    (kind("/cited", late), 4),
    (kind("/cited", to_https), 8),
]


def healthy(count: int = 200) -> list[tuple[str, str, Days]]:
    """Host, path and answers of each; every kind with topics in turn, so that each kind meets several."""
    found: list[tuple[str, str, Days]] = []
    secure = iter(range(3, 13))
    for each, times in FEW:
        for name in islice(cycle(TOPICS), times):
            host = f"secure-{next(secure)}.example" if times == 8 else f"few-{len(found)}.example"
            path, days = each(name, host)
            found.append((host, path, days))
    names = list(TOPICS)
    for number in range(count - len(found)):
        turn, place = divmod(number, len(KINDS))
        name, host = names[(place + 3 * turn) % len(names)], f"well-{number}.example"
        path, days = KINDS[place](name, host)
        found.append((host, path, days))
    return found
