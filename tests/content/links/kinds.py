"""Kinds of sites that are well, each odd in its own way; written down before the rules.

A site is built for a topic and gives the answers of each day, so that what changes is seen to change.
"""

import gzip
import time
from collections.abc import Callable

from tests.content.http.servers import Handler
from tests.content.links.pages import FRONT, NOT_FOUND, TOPICS, always, html, moved, page, site, topic
from tests.content.links.web import Answer

type Days = Callable[[int], Answer]
type Kind = Callable[[str, str], tuple[str, Days]]  # topic and host give the path and the answers


def kind(path: str, build: Callable[[str, str, int], Answer]) -> Kind:
    return lambda name, host: (path, lambda day: build(name, host, day))


def plain(name: str, host: str, day: int) -> Answer:
    return site({"/cited": html(topic(name)), "/": html(FRONT)})


def shell(name: str, host: str, day: int) -> Answer:
    """A page that scripts fill; every address answers alike, those that are not there too."""
    inside = '<body><div id="root"></div><script src="/app.js"></script></body>'
    body = f"<html><head><title>{TOPICS[name][0]}</title></head>{inside}</html>"
    return always(html(body))


def bare_shell(name: str, host: str, day: int) -> Answer:
    inside = '<body><div id="app">Loading...</div><script src="/a.js"></script></body>'
    body = f"<html><head><title>App</title></head>{inside}</html>"
    return always(html(body))


def pdf(name: str, host: str, day: int) -> Answer:
    return site(
        {"/cited": lambda request: request.send(b"%PDF-1.7\n" + bytes(2000), Content_Type="application/pdf")}
    )


def big(name: str, host: str, day: int) -> Answer:
    def answer(request: Handler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/pdf")
        request.send_header("Content-Length", str(60_000_000))
        request.end_headers()
        for _ in range(60):
            request.wfile.write(bytes(1_000_000))

    return site({"/cited": answer})


def long_page(name: str, host: str, day: int) -> Answer:
    title, text = TOPICS[name]
    return site({"/cited": html(page(title, f"{text} " * 3000))})


def unchanged(name: str, host: str, day: int) -> Answer:
    def answer(request: Handler) -> None:
        if request.headers.get("If-None-Match") == '"one"':
            request.send(status=304, ETag='"one"')
        else:
            html(topic(name), ETag='"one"')(request)

    return site({"/cited": answer})


def unmodified(name: str, host: str, day: int) -> Answer:
    stamp = "Wed, 21 Oct 2025 07:28:00 GMT"

    def answer(request: Handler) -> None:
        if request.headers.get("If-Modified-Since") == stamp:
            request.send(status=304)
        else:
            html(topic(name), Last_Modified=stamp)(request)

    return site({"/cited": answer})


def renamed(name: str, host: str, day: int) -> Answer:
    title, text = TOPICS[name]
    new = (
        title,
        f"{title.split(':')[0].split('|')[0]} in 2027",
        f"All about it. {title}",
        f"Updated: {title}",
    )
    return site({"/cited": html(page(new[day % 4], text))})


def redesigned(name: str, host: str, day: int) -> Answer:
    title, text = TOPICS[name]
    if day < 2:
        return plain(name, host, day)
    cards = "".join(f"<section><h2>{sentence}</h2></section>" for sentence in text.split(". ")[:3])
    return site({"/cited": html(f"<html><title>{title}</title><body><div>{cards}</div></body></html>")})


def rewritten(name: str, host: str, day: int) -> Answer:
    """Other sentences on the same matter under another title."""
    if day < 2:
        return plain(name, host, day)
    first = TOPICS[name][0].split(":")[0].split("|")[0]
    words = " ".join(sorted(TOPICS[name][1].split(), key=len)[-18:])
    return site(
        {"/cited": html(page(f"What to know: {first}", f"We wrote this page anew. It speaks of {words}."))}
    )


def to_https(name: str, host: str, day: int) -> Answer:
    def answer(request: Handler) -> None:
        if request.server.server_port == 0:
            raise AssertionError
        where = f"https://{host}{request.path}"
        secure = "ssl" in type(request.connection).__module__
        (html(topic(name)) if secure else moved(where))(request)

    return site({"/cited": answer, "/": html(FRONT)})


def within(name: str, host: str, day: int) -> Answer:
    return site({"/cited": moved("/library/cited.html"), "/library/cited.html": html(topic(name))})


def moved_later(name: str, host: str, day: int) -> Answer:
    return plain(name, host, day) if day < 2 else within(name, host, day)


def chain(name: str, host: str, day: int) -> Answer:
    return site(
        {"/cited": moved("/a", 302), "/a": moved("/b", 307), "/b": moved("/c", 308), "/c": html(topic(name))}
    )


def languages(name: str, host: str, day: int) -> Answer:
    return site({"/cited": moved("/en/cited", 302), "/en/cited": html(topic(name))})


def spanish(name: str, host: str, day: int) -> Answer:
    text = (
        "Esta página explica la certificación, los requisitos, el examen y los costos. Los estudiantes "
        "aprenden códigos "
        "de diagnóstico y procedimientos, seguros y registros médicos. La farmacia atiende con receta médica."
    )
    return (
        plain(name, host, day)
        if day < 2
        else site({"/cited": html(page("Certificación y farmacia", text, lang="es"))})
    )


def front(name: str, host: str, day: int) -> Answer:
    return site({"/": html(topic(name))})


def front_moves(name: str, host: str, day: int) -> Answer:
    return site({"/": moved("/en/home/", 302), "/en/home/": html(topic(name))})


def index(name: str, host: str, day: int) -> Answer:
    return site({"/index.html": moved("/"), "/": html(topic(name))})


def wall(name: str, host: str, day: int) -> Answer:
    inside = '<p>We use cookies.</p><a href="/cookies">Accept all</a>'
    more = f'<div class="cookie-banner" style="display:none">{inside}</div>'
    return site({"/cited": html(topic(name, more=more))})


def consent(name: str, host: str, day: int) -> Answer:
    where = page(
        "Before you continue", "We and our partners use cookies. Accept all, reject all, more options."
    )
    return site({"/cited": moved("/consent?to=/cited", 302), "/consent?to=/cited": html(where)})


def cookie(name: str, host: str, day: int) -> Answer:
    return site({"/cited": html(topic(name), Set_Cookie="session=abc; Path=/; HttpOnly")})


def late(name: str, host: str, day: int) -> Answer:
    def answer(request: Handler) -> None:
        time.sleep(0.15)
        html(topic(name))(request)

    return site({"/cited": answer})


def only_get(name: str, host: str, day: int) -> Answer:
    def answer(request: Handler) -> None:
        allowed = request.command == "GET"
        html(topic(name) if allowed else "", 200 if allowed else 405)(request)

    return site({"/cited": answer})


def menu(name: str, host: str, day: int) -> Answer:
    """A menu that opens by script, with programs of a school behind it."""
    entries = (
        "Pharmacy Technician",
        "Casino Management",
        "Gaming and Betting Law",
        "Online Programs",
        "Addiction Studies",
    )
    hidden = "".join(f'<li><a href="/programs/{n}">{entry}</a></li>' for n, entry in enumerate(entries))
    return site({"/cited": html(topic(name, more=f'<ul hidden style="display:none">{hidden}</ul>'))})


def partners(name: str, host: str, day: int) -> Answer:
    more = (
        '<ul><li><a href="https://www.fda.example/besafe">Buying medicine from an online pharmacy</a></li>'
        '<li><a href="https://gamblers.example/">Gambling helpline</a></li>'
        '<li><a href="https://drugs.example/viagra">Viagra (sildenafil)</a></li></ul>'
    )
    return site({"/cited": html(topic(name, more=more))})


def news(name: str, host: str, day: int) -> Answer:
    """A list of news that changes every day, a story of crime among them."""
    stories = (
        "Man sentenced for selling Viagra without prescription",
        "Casino opens downtown, hospital sees more billing jobs",
        "Online pharmacy shut down by agency; tramadol seized",
        "State votes on sports betting",
    )
    more = "".join(f"<h2>{stories[(day + n) % 4]}</h2>" for n in range(3))
    return site({"/cited": html(topic(name, more=more))})


def missing_once(name: str, host: str, day: int) -> Answer:
    """Out of order on one day in between."""
    return always(html("", 502)) if day == 2 else plain(name, host, day)


def missing_twice(name: str, host: str, day: int) -> Answer:
    return site({}) if day in (1, 3) else plain(name, host, day)


def all_answered(name: str, host: str, day: int) -> Answer:
    """Answers 200 for what is not there, and is well where it is cited."""
    return site({"/cited": html(topic(name))}, html(NOT_FOUND))


def to_front_for_others(name: str, host: str, day: int) -> Answer:
    return site({"/cited": html(topic(name)), "/": html(FRONT)}, moved("/", 302))


def about_errors(name: str, host: str, day: int) -> Answer:
    more = "<h2>What does “page not found” mean?</h2><p>Error 404 says that a record was not found.</p>"
    return site({"/cited": html(topic(name, more=more))})


def robots_in_part(name: str, host: str, day: int) -> Answer:
    rules = "User-agent: *\nDisallow: /private\nAllow: /cited\n\nUser-agent: Other\nDisallow: /"
    return site({"/cited": html(topic(name))}, robots=rules)


def robots_page(name: str, host: str, day: int) -> Answer:
    return site({"/cited": html(topic(name))}, robots="<html><body>Disallow: everything</body></html>")


def latin(name: str, host: str, day: int) -> Answer:
    body = topic(name, more="<p>Résumé, café, naïve: §1</p>").replace('<meta charset="utf-8">', "")
    return site(
        {
            "/cited": lambda each: each.send(
                body.encode("cp1252", "replace"), Content_Type="text/html; charset=windows-1252"
            )
        }
    )


def packed(name: str, host: str, day: int) -> Answer:
    body = gzip.compress(topic(name).encode())
    return site({"/cited": lambda each: each.send(body, Content_Type="text/html", Content_Encoding="gzip")})


def nothing(name: str, host: str, day: int) -> Answer:
    return site({"/cited": html("")})


def data(name: str, host: str, day: int) -> Answer:
    return site({"/cited": lambda each: each.send(b'{"results": [1, 2]}', Content_Type="application/json")})


def titleless(name: str, host: str, day: int) -> Answer:
    return site({"/cited": html(f"<p>{TOPICS[name][1]}</p>")})


def sale(name: str, host: str, day: int) -> Answer:
    more = "<p>Textbooks for sale. Buy now at the campus store. This domain of knowledge is wide.</p>"
    return site({"/cited": html(topic(name, more=more))})


def login_link(name: str, host: str, day: int) -> Answer:
    more = '<form><label>Member login <input name="user"></label></form>'
    more += "<p>Verify your membership. Security check at the door.</p>"
    return site({"/cited": html(topic(name, more=more))})


def login_wall(name: str, host: str, day: int) -> Answer:
    where = page("Sign in", "Members sign in with their number and password.")
    return site({"/cited": moved("/login?next=/cited", 302), "/login?next=/cited": html(where)})


def refreshed(name: str, host: str, day: int) -> Answer:
    head = '<meta http-equiv="refresh" content="900">'
    return site({"/cited": html(topic(name, head=head))})
