"""The real site, with its starter content and sample schools, in a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

BASE = Path(__file__).resolve().parents[2]
LISTENER = """
window.__csp = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__csp.push([event.effectiveDirective, event.blockedURI, event.sourceFile].join(" ")));
"""


@dataclass
class Site:
    """A running site: its address and the environment its commands run in."""

    url: str
    env: dict[str, str]

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=BASE, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "the web server ended"
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the web server did not answer within 30 s")


@contextmanager
def serve(folder: Path, **settings: str) -> Iterator[Site]:
    """The site as `make run` serves it, on a port and in a folder of its own."""
    port = free_port()
    own = {"VAR_DIR": str(folder), "PORT": str(port), "DEBUG": "0"} | settings
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL")}
    running = Site(f"http://127.0.0.1:{port}", keep | own)
    for words in (
        ["migrate", "-v0"],
        ["collectstatic", "--noinput", "-v0"],
        ["start_content"],
        ["sample_schools"],
    ):
        running.manage(*words)
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--workers", "1", "--blocking-threads", "4", "directory.wsgi:application"]
    server = subprocess.Popen(command, cwd=BASE, env=running.env, start_new_session=True)
    try:
        wait_for(running.url + "/healthz", server)
        yield running
    finally:
        server.terminate()
        try:
            server.wait(3)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; every name but this machine's own fails to resolve inside it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-pings",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        )
        yield browser
        browser.close()


@dataclass
class Watch:
    """What went wrong while a page was open: policy violations, console errors, requests to elsewhere."""

    site: Site
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self.on_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("request", self.on_request)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{self.page.url}: console: {message.text}")

    def on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.site.url, "data:")):
            self.troubles.append(f"{self.page.url}: asks {request.url}")

    def open(self, path: str, *, status: int = 200) -> Page:
        """Opens a page of the site; violations of the page before are kept."""
        self.collect()
        answer = self.page.goto(path if path.startswith("http") else self.site.url + path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.page

    def collect(self) -> None:
        """Moves the policy violations of the open page to the troubles; call it before the page goes."""
        if self.page.url.startswith(self.site.url):
            found = self.page.evaluate("window.__csp ? window.__csp.splice(0) : []")
            self.troubles += [f"{self.page.url}: policy: {violation}" for violation in found]


@pytest.fixture
def watch(site: Site, chromium: Browser) -> Iterator[Callable[..., Watch]]:
    """Opens a browser context that listens; options are Playwright's, such as color_scheme or viewport."""
    contexts: list[BrowserContext] = []

    def open_context(**options: object) -> Watch:
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        context.add_init_script(LISTENER)
        contexts.append(context)
        return Watch(site, context, context.new_page())

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def editor(site: Site, watch: Callable[..., Watch]) -> Watch:
    """A browser that is logged in as an editor, by the one-time link."""
    logged_in = watch()
    page = logged_in.open(site.manage("editor_login"))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(site.url + "/admin/")
    return logged_in
