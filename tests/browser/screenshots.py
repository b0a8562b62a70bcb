"""Take the pictures of the documentation: page and report of the sample article, as scored.

python tests/browser/screenshots.py [docs/images]
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from runpy import run_path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from seeding import article
from serving import ROOT, Server

from mtreview.batch import score_review
from mtreview.config import Config
from mtreview.corpus import with_corpus_scores
from mtreview.html_report import render
from mtreview.model import Decision, Verdict
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

WIDE = (1440, 900)
PHONE = (390, 844)
SENTENCE = "حدد الجانبين"
"""Words of the segment in the pictures; its case, a calque and a space are flagged."""

REPORTS = (
    ("light", (1280, 1500), "light"),
    ("dark", (1280, 1500), "dark"),
    ("phone", (390, 1500), "light"),
)
PATIENCE = 120_000
COLOURS = 256
LIMIT = 250_000
"""Bytes of a picture."""


def take(
    browser: Browser,
    address: str,
    path: Path,
    *,
    size: tuple[int, int] = WIDE,
    scheme: str = "light",
    keys: tuple[str, ...] = (),
) -> None:
    """Open the page, press keys, and save a picture once everything has come to rest."""
    page = opened(browser, address, size, scheme)
    is_card = "&view=" not in address
    page.wait_for_selector(".sentence.current" if is_card else "[data-testid=stVegaLiteChart]")
    page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(3_000)  # fonts and charts fade in
    save(page, path)


def opened(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> Page:
    """Return a page at an address."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def save(page: Page, path: Path) -> None:
    """Save a small picture of a page, and close it."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    page.close()
    if path.stat().st_size > LIMIT:
        raise SystemExit(f"{path.name} has more than {LIMIT:,} bytes")


def decide_some(store: ReviewStore, review: str) -> None:
    """Decide on some segments, so that the meter and the charts have something to show."""
    for row in store.queue(review, limit=8).rows[::2]:
        target = next(s.target for s in store.segments(review, [row.segment_id]))
        if SENTENCE in target:
            continue
        now = "2026-11-25T09:00:00+00:00"
        store.decide(review, Decision(row.segment_id, Verdict.ACCEPT, "Amal", now, target, target))


def main() -> None:
    """Score the article and take all pictures."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    chromium = run_path(str(ROOT / "tests" / "find_chromium.py"))["find_chromium"]()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        (place / "config.toml").write_text("", encoding="utf-8")
        server = Server(place, MTREVIEW_CONFIG=str(place / "config.toml"))
        with ReviewStore.open(server.store) as store:
            review = store.create(article())
            score_review(store, review, Pipeline(Config()))
            report = render(with_corpus_scores(store.load(review)))
            (place / "report.html").write_text(report, encoding="utf-8")
            decide_some(store, review)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            address = f"{server.start().url}?review={review}"
            found = f"{address}&states=&text={quote(SENTENCE)}"
            take(browser, found, target / "page-light.png", keys=("Digit2",))
            take(browser, found, target / "page-dark.png", scheme="dark", keys=("Digit2",))
            take(browser, f"{found}&lang=ar", target / "page-arabic.png", keys=("Digit2",))
            take(browser, found, target / "page-phone.png", size=PHONE)
            take(browser, f"{address}&view=overview", target / "page-overview.png")
            shown = (place / "report.html").as_uri()
            for name, size, scheme in REPORTS:
                save(opened(browser, shown, size, scheme), target / f"report-{name}.png")
        finally:
            server.kill()
            browser.close()


if __name__ == "__main__":
    main()
