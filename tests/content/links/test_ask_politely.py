"""Sites are asked as they wish, and nothing that they send does harm."""

import gzip
from datetime import timedelta

import pytest

from content.links import robots
from content.models import CitedLink, LinkCheck, LinkHost, LinkUse
from tasks.upkeep import purge
from tests.build import make_source
from tests.content.http.servers import PUBLIC, Handler
from tests.content.links.conftest import NOW, link, run
from tests.content.links.pages import always, html, moved, site, topic
from tests.content.links.web import Web

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "http://sick.example/cited"
METADATA = "http://169.254.169.254/latest/meta-data/"


@pytest.fixture
def cited(web: Web) -> Web:
    make_source("Cited", url=ADDRESS)
    web.hosts["sick.example"] = site({"/cited": html(topic("cpc"), ETag='"one"', Set_Cookie="a=b")})
    return web


def test_robots_are_read_once_a_day_and_marks_are_sent(cited: Web) -> None:
    run(0)
    assert cited.paths("sick.example") == ["/robots.txt", "/cited"]
    assert "if-none-match" not in cited.headers[-1]
    run(8)
    assert cited.paths("sick.example")[2:] == ["/robots.txt", "/cited"]
    assert cited.headers[-1]["if-none-match"] == '"one"'
    assert [name for headers in cited.headers for name in headers if name == "cookie"] == []
    assert {headers["user-agent"] for headers in cited.headers} == {"Superbill"}


def test_a_host_that_says_unchanged_for_ever_is_read_anyway(cited: Web) -> None:
    def answer(request: Handler) -> None:
        if request.headers.get("If-None-Match"):
            request.send(status=304)
        else:
            html(topic("cpc"), ETag='"one"')(request)

    cited.hosts["sick.example"] = always(answer)
    for day in (0, 8, 16, 24, 32):
        run(day)
    sent = [
        headers.get("if-none-match")
        for (_h, path), headers in zip(cited.asked, cited.headers, strict=True)
        if path == "/cited"
    ]
    assert sent == [None, '"one"', '"one"', '"one"', None]


def test_what_robots_may_not_ask_is_not_asked(cited: Web) -> None:
    cited.hosts["sick.example"] = site({}, robots="User-agent: superbill\nDisallow: /ci*d$\nAllow: /")
    run(0)
    assert cited.paths("sick.example") == ["/robots.txt"]
    assert (link(ADDRESS).state, link(ADDRESS).verdict) == ("unsure", "robots")


def test_a_redirect_asks_the_robots_of_the_other_site(cited: Web) -> None:
    cited.hosts["sick.example"] = always(moved("http://other.example/there"))
    cited.hosts["other.example"] = site({}, robots="User-agent: *\nDisallow: /")
    run(0)
    assert cited.paths("other.example") == ["/robots.txt"]
    assert link(ADDRESS).verdict == "robots"


@pytest.mark.parametrize(
    ("status", "verdict"), [(500, "robots"), (429, "blocked"), (403, "good"), (404, "good")]
)
def test_a_robots_file_that_cannot_be_read(cited: Web, status: int, verdict: str) -> None:
    page = html(topic("cpc"))
    cited.hosts["sick.example"] = lambda each: html("", status)(each) if "robots" in each.path else page(each)
    run(0)
    assert link(ADDRESS).verdict == verdict


def test_a_host_that_asks_for_peace_gets_it(cited: Web) -> None:
    make_source("Again", url="http://sick.example/again")
    cited.hosts["sick.example"] = always(html("", 429, Retry_After="7200"))
    run(0)
    assert len(cited.paths("sick.example")) == 2  # of two addresses, and robots.txt
    assert LinkHost.objects.get(origin="http://sick.example").rests_until == NOW + timedelta(hours=2)


def endless(request: Handler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    request.wfile.write(topic("cpc").encode())
    while True:
        request.wfile.write(b"<p>more and more</p>" * 5000)


BOMB = gzip.compress(topic("cpc").encode() + b" " * 60_000_000, 1)


def bomb(request: Handler) -> None:
    request.send(BOMB, Content_Type="text/html", Content_Encoding="gzip")


def many_headers(request: Handler) -> None:
    request.send_response(200)
    for number in range(5000):
        request.send_header(f"X-{number}", "y" * 100)
    request.end_headers()


def nested(request: Handler) -> None:
    html("<div style='display:none'>" * 50_000 + "<a href='http://x.example/'>x</a>")(request)


def hostile_marks(request: Handler) -> None:
    html(topic("cpc"), ETag="x" * 5000, Last_Modified="\x01")(request)


@pytest.mark.parametrize("answer", [endless, bomb, nested, hostile_marks])
def test_an_answer_made_to_hurt_is_cut(cited: Web, answer) -> None:
    cited.hosts["sick.example"] = always(answer)
    run(0)
    run(8)
    assert (link(ADDRESS).state, LinkCheck.objects.count()) == ("good", 2)


def test_a_flood_of_headers_is_no_answer(cited: Web) -> None:
    cited.hosts["sick.example"] = always(many_headers)
    run(0)
    assert link(ADDRESS).verdict == "unreachable"


@pytest.mark.parametrize(
    "answer",
    [
        always(moved(METADATA)),
        always(moved("http://127.0.0.1:6379/")),
        always(moved("file:///etc/passwd")),
        always(moved("http://inside.example/")),
        always(html(f'<meta http-equiv="refresh" content="0;url={METADATA}">')),
        always(html('<script>location.href = "http://127.0.0.1/admin"</script>')),
        site({"/cited": html(topic("cpc"))}, robots=None),
    ],
)
def test_nothing_leads_inside(cited: Web, answer) -> None:
    cited.names["inside.example"] = ["10.0.0.8"]
    cited.hosts["sick.example"] = answer
    run(0)
    assert link(ADDRESS).verdict in ("not-asked", "good")
    assert set(cited.dialled) <= {PUBLIC}


def test_a_name_that_turns_inside_is_not_dialled(cited: Web) -> None:
    cited.names["sick.example"] = [PUBLIC]
    run(0)
    cited.names["sick.example"] = ["127.0.0.1"]
    run(8)
    assert (link(ADDRESS).state, link(ADDRESS).verdict) == ("unsure", "not-asked")
    assert set(cited.dialled) == {PUBLIC}


@pytest.mark.parametrize("url", ["http://user:word@sick.example/", "http://sick.example:6379/"])
def test_addresses_of_odd_form_are_rows_that_are_not_asked(web: Web, url: str) -> None:
    source = make_source("Odd")
    type(source).objects.update(url=url)
    web.hosts["sick.example"] = always(html(topic("cpc")))
    run(0)
    assert [row.verdict for row in CitedLink.objects.all()] == ["not-asked"]
    assert web.asked == []


def test_what_is_cited_no_more_is_checked_no_more_and_goes(cited: Web) -> None:
    run(0)
    make_source("Cited", url=ADDRESS).delete()
    run(8)
    assert LinkUse.objects.count() == 0
    assert link(ADDRESS).checked_at == NOW
    counts = purge(lambda: None, NOW + timedelta(days=100))
    assert (counts["link_checks"], counts["links"], counts["link_hosts"]) == (1, 1, 1)
    assert (LinkHost.objects.count(), CitedLink.objects.count()) == (0, 0)


ROBOTS = [
    ("User-agent: *\nDisallow: /", "/x", False),
    ("User-agent: *\nDisallow:", "/x", True),
    ("User-agent: other\nDisallow: /", "/x", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Superbill\nAllow: /", "/x", True),
    ("User-agent: a\nUser-agent: superbill\nDisallow: /x", "/x", False),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
    ("user-agent: *\ndisallow: /p # private\n", "/p", False),
    ("\ufeffUser-agent: *\nDisallow: /x", "/x", True),
    ("User-agent: *\nDisallow: /%7ejoe", "/~joe/", False),
    ("Disallow: /", "/x", True),
    ("User-agent: *\n" + "Disallow: /y\n" * 9000, "/x", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), ROBOTS)
def test_rules_of_robots(text: str, path: str, allowed: bool) -> None:
    assert robots.allows(robots.rules_in(text), f"http://a.example{path}") is allowed
