"""How long from a key press to the next segment painted, and what a key costs the server.

The review page against a page of native widgets that does the same (``native_page.py``): both
servers run, both pages are open, and the presses take turns, so that both see the same machine. A
press is Accept, which also writes to the database. Painted means: the frame after the one in which
the number of the segment changed. Processor time is that of the server's process, divided by the
presses; for it each page is used alone, a key a second, until every decision is saved.

    python benchmarks/browser.py [--segments 2000 100000] [--presses 30]

It ends with 1 if the page is less than 5 times as fast, or as cheap, as the native one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from runpy import run_path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from seeding import seed_lines  # noqa: E402
from serving import Server  # noqa: E402

from mtreview.store.repository import ReviewStore  # noqa: E402

GOAL = 5.0
WARM = 3
PACE = 1.0
"""Seconds from key to key while processor time is measured: a fast reviewer."""
LIMIT = 30_000
PROBE = """(() => {
  // Installed before the page's own scripts, because the card keeps its keys to itself.
  let roots = null;
  const text = () => {
    for (const root of roots) {
      const found = root.querySelector(".where, h3")?.textContent.match(/Segment \\d+/);
      if (found) return found[0];
    }
    return null;
  };
  window.addEventListener("keydown", () => {
    const start = performance.now();
    const hosts = [...document.querySelectorAll("*")].filter((node) => node.shadowRoot);
    roots = [document, ...hosts.map((host) => host.shadowRoot)];
    const before = text();
    window.took = null;
    const look = () => {
      if (text() === before) requestAnimationFrame(look);
      else requestAnimationFrame(() => (window.took = performance.now() - start));
    };
    requestAnimationFrame(look);
  }, true);
})()"""


@dataclass
class Contender:
    """A server with its page, and what was measured on it."""

    name: str
    server: Server
    page: Page | None = None
    opening: float = 0.0
    times: list[float] = field(default_factory=list)
    processor: float = 0.0

    @property
    def open_page(self) -> Page:
        """The page, once it is open."""
        if self.page is None:
            raise RuntimeError("the page is not open")
        return self.page

    def open(self, browser: Browser, review: str) -> None:
        """Open the page, and wait for the first segment."""
        self.page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        self.page.add_init_script(PROBE)
        for _ in range(2):  # the first time the server warms up
            start = time.perf_counter()
            self.page.goto(f"{self.server.url}?review={review}")
            self.page.wait_for_selector(".where:has-text('·'), h3:has-text('·')", timeout=180_000)
            self.opening = time.perf_counter() - start
        self.page.wait_for_timeout(3_000)  # let both settle before anything is measured

    def press(self) -> None:
        """Accept a segment and note how long the next one took."""
        page = self.open_page
        page.keyboard.press("a")
        page.wait_for_function("window.took", polling=20, timeout=LIMIT)
        self.times.append(page.evaluate("window.took"))

    def used(self) -> float:
        """Return the processor seconds that the server has used so far."""
        process = self.server.process
        if process is None:
            raise RuntimeError("the server does not run")
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def measure(segments: int, presses: int, browser: Browser, folder: Path) -> list[Contender]:
    """Return the two contenders, measured on a review of so many segments."""
    contenders = []
    for name, script in (
        ("card", ROOT / "app.py"),
        ("native", Path(__file__).with_name("native_page.py")),
    ):
        place = folder / f"{name}-{segments}"
        place.mkdir()
        contenders.append(Contender(name, Server(place, script=script)))
    with ReviewStore.open(contenders[0].server.store) as store:
        review = seed_lines(store, segments)
    first, second = (contender.server.folder / "reviews.db" for contender in contenders)
    shutil.copy(first, second)  # closed, so that nothing of it is elsewhere
    try:
        for contender in contenders:
            contender.server.start()
            contender.open(browser, review)
        run(contenders, presses)
        for contender in contenders:
            with ReviewStore.open(contender.server.store) as store:
                saved = len(store.decisions(store.reviews()[0].id))
            if saved != 2 * presses + WARM:
                print(f"{contender.name} saved {saved} of {2 * presses + WARM} decisions")
    finally:
        for contender in contenders:
            contender.server.kill()
            if contender.page is not None:
                contender.page.context.close()
    return contenders


def run(contenders: Sequence[Contender], presses: int) -> None:
    """Press by turns for the times; then each page at the same pace for what its server uses."""
    for _ in range(WARM):
        for contender in contenders:
            contender.press()
    for contender in contenders:
        contender.times.clear()
    for _ in range(presses):
        for contender in contenders:
            contender.press()
    times = [list(contender.times) for contender in contenders]
    for contender in contenders:
        time.sleep(2.0)
        before = contender.used()
        for _ in range(presses):
            begun = time.monotonic()
            contender.press()
            time.sleep(max(0.0, PACE - (time.monotonic() - begun)))
        time.sleep(2.0)  # what is still being saved belongs to the presses
        contender.processor = (contender.used() - before) / presses
    for contender, by_turns in zip(contenders, times, strict=True):
        contender.times = by_turns


def main() -> int:
    """Measure, print a table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--segments", type=int, nargs="+", default=[2_000, 100_000])
    parser.add_argument("--presses", type=int, default=30)
    options = parser.parse_args()
    reached = True
    print("segments  page    open s  median ms  p90 ms  server ms/key")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=run_path(str(ROOT / "tests" / "find_chromium.py"))["find_chromium"](),
            args=["--no-sandbox", "--disable-gpu"],
        )
        try:
            for segments in options.segments:
                measured = measure(segments, options.presses, browser, Path(folder))
                for each in measured:
                    p90 = statistics.quantiles(each.times, n=10)[8]
                    print(
                        f"{segments:8d}  {each.name:6s}  {each.opening:6.1f}  "
                        f"{statistics.median(each.times):9.0f}  {p90:6.0f}  "
                        f"{1000 * each.processor:13.1f}"
                    )
                card, native = measured
                faster = statistics.median(native.times) / statistics.median(card.times)
                cheaper = native.processor / max(card.processor, 1e-9)
                print(f"{segments:8d}  {faster:.1f} times as fast, {cheaper:.1f} times as cheap")
                reached &= faster >= GOAL and cheaper >= GOAL
        finally:
            browser.close()
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
