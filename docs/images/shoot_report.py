"""Take the pictures of the HTML report that the documentation shows.

    mtreview score data/lemonde-istanbul-talks.ar.txt --format html --output report.html
    python docs/images/shoot_report.py report.html docs/images/report

writes ``report-light.png``, ``report-dark.png``, ``report-phone.png`` and ``report.pdf``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from runpy import run_path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = (("light", 1280, 1500), ("dark", 1280, 1500), ("phone", 390, 1500))


def shoot(report: Path, stem: str) -> None:
    """Write the pictures of a report."""
    chromium = run_path(str(ROOT / "tests" / "find_chromium.py"))["find_chromium"]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for name, width, height in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if name == "dark" else "light",
            )
            page.goto(report.resolve().as_uri())
            page.screenshot(path=f"{stem}-{name}.png")
            if name == "light":
                page.pdf(path=f"{stem}.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    shoot(Path(sys.argv[1]), sys.argv[2])
