"""Fixtures of the browser tests: one server for those that only read and decide, and its pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

# The benchmark shares these modules, so they are not part of this one.
sys.path.insert(0, str(Path(__file__).parent))

from seeding import seed_article
from serving import Server

from mtreview.store.repository import ReviewStore

WINDOW = {"viewport": {"width": 1400, "height": 900}, "accept_downloads": True}
PATIENCE = 30_000
"""Milliseconds that a condition or an action may take on a slow, busy machine."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


class Workbench:
    """A page of the review page, and what tests do and look at on it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.problems: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, review: str, **parameters: str) -> Workbench:
        """Open a review and wait until its first segment is there."""
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        self.page.goto(f"{self.server.url}?review={review}&{query}")
        self.wait_for_segment()
        return self

    def wait_for_segment(self) -> None:
        """Wait until a segment is painted."""
        expect(self.page.locator(".where")).to_contain_text("·")

    def press(self, *keys: str) -> None:
        """Press keys by their physical code, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def wait_until_saved(self) -> None:
        """Wait until the server has acknowledged everything."""
        expect(self.page.locator(".status[data-state='done'][data-waiting='0']")).to_be_visible()

    @property
    def place(self) -> str:
        """What the heading says of the current segment."""
        return self.page.locator(".where").inner_text()


@pytest.fixture
def new_workbench(chromium: Browser):
    """Return a function that opens a workbench of its own browser profile on a server."""
    contexts = []

    def make(server: Server, **options: object) -> Workbench:
        context = chromium.new_context(**WINDOW, **options)
        contexts.append(context)
        return Workbench(context.new_page(), server)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server that tests share; each brings reviews of its own."""
    server = Server(tmp_path_factory.mktemp("server"))
    ReviewStore.open(server.store).close()
    try:
        yield server.start()
    finally:
        server.kill()


@pytest.fixture
def store(server: Server) -> Iterator[ReviewStore]:
    """Return the store of the shared server."""
    with ReviewStore.open(server.store) as store:
        yield store


@pytest.fixture
def article_review(store: ReviewStore) -> str:
    """Return the id of a review of the real article that nobody decided on."""
    return seed_article(store)


@pytest.fixture(scope="session")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a browser profile that tests share, so that the page's files are loaded once."""
    context = chromium.new_context(**WINDOW)
    yield context
    context.close()


@pytest.fixture
def workbench(profile: BrowserContext, server: Server) -> Iterator[Workbench]:
    """Return a workbench on the shared server; no script of ours may fail on it."""
    bench = Workbench(profile.new_page(), server)
    yield bench
    bench.page.close()
    assert bench.problems == []
