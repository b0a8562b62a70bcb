"""Take the pictures of the documentation: the sample article, scored by the embedded model.

python tests/browser/screenshots.py docs/images
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from seeding import article
from serving import Server

from mtreview.batch import score_review
from mtreview.config import Config
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

WIDE = (1440, 960)
PHONE = (390, 844)
SENTENCE = "حدد الجانبين"


def take(
    browser: Browser,
    address: str,
    path: Path,
    *,
    size: tuple[int, int] = WIDE,
    scheme: str = "light",
    keys: tuple[str, ...] = (),
) -> None:
    """Open an address, press keys, and save a picture once everything has come to rest."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")
    if "view=" not in address:
        page.wait_for_selector(".sentence.current")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(2_500)  # fonts and charts fade in
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Score the article and take all pictures."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        (place / "config.toml").write_text("", encoding="utf-8")
        server = Server(place, MTREVIEW_CONFIG=str(place / "config.toml"))
        with ReviewStore.open(server.store) as store:
            review = store.create(article())
            score_review(store, review, Pipeline(Config()))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            address = f"{server.start().url}?review={review}"
            found = f"{address}&text={SENTENCE}"
            take(browser, found, target / "review-light.png", keys=("KeyF",))
            take(browser, found, target / "review-dark.png", scheme="dark", keys=("KeyF",))
            take(browser, f"{found}&lang=ar", target / "review-arabic.png", keys=("KeyF",))
            take(browser, found, target / "review-phone.png", size=PHONE)
            take(browser, address, target / "review-editing.png", keys=("KeyE",))
            take(browser, f"{address}&view=overview", target / "review-overview.png")
        finally:
            server.kill()
            browser.close()


if __name__ == "__main__":
    main()
