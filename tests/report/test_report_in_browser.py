"""The HTML report in a real Chromium: accessible, letters joined, nothing fetched, sortable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mtreview.html_report import render
from mtreview.model import Decision, Review, Verdict

pytestmark = pytest.mark.browser

# Width of a stretch of Arabic as it stands on the page, and with nothing around or within it.
WIDTHS = """word => {
  const width = (root, from) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let position = 0;
    while (walker.nextNode()) {
      const end = position + walker.currentNode.length;
      if (position <= from && from < end) range.setStart(walker.currentNode, from - position);
      if (position < from + word.length && from + word.length <= end) {
        range.setEnd(walker.currentNode, from + word.length - position);
      }
      position = end;
    }
    const boxes = Array.from(range.getClientRects());
    return Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left));
  };
  const marked = Array.from(document.querySelectorAll("p.text"))
    .find(p => p.querySelector("mark.critical") && p.textContent.includes(word));
  const place = marked.textContent.indexOf(word);
  const bare = marked.cloneNode();
  bare.textContent = marked.textContent;
  marked.after(bare);
  const torn = marked.cloneNode(true);
  torn.querySelectorAll("mark").forEach(mark => mark.setAttribute("class", "badge"));
  marked.after(torn);
  const widths = [marked, bare, torn].map(p => width(p, place));
  bare.remove();
  torn.remove();
  return widths;
}"""


@pytest.fixture
def decided(review: Review, decide: Callable[..., Decision]) -> Review:
    """The review with a correction, an acceptance, and a source."""
    corrected = next(r for r in review.results if r.segment.target.startswith("في وقت لاحق"))
    accepted = next(r for r in review.results if r.segment.target.startswith("وقالت في"))
    assert accepted.back_translation is not None
    source = accepted.back_translation.text.replace("broken", "disrupted")
    results = tuple(
        replace(r, segment=replace(r.segment, source=source)) if r is accepted else r
        for r in review.results
    )
    after = corrected.segment.target.replace("الجانبين", "الجانبان")
    return replace(review, results=results).with_decisions(
        [decide(corrected, Verdict.EDIT, after), decide(accepted, Verdict.ACCEPT)]
    )


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page; it fails on any request, error or dialog."""
    contexts = []
    troubles: list[str] = []

    def opened(html: str, width: int = 1280, **settings: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(html, encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.on(
            "request",
            lambda request: None if request.url == file.as_uri() else troubles.append(request.url),
        )
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "light", 1280), ("en", "dark", 1280), ("ar", "light", 1280), ("ar", "dark", 390)],
)
def test_axe_finds_nothing(
    decided: Review, visit: Callable[..., Any], language: str, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(render(decided, language=language), width, color_scheme=scheme)
    page.evaluate("document.querySelector('details').open = true")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in violations] == []


def test_a_mark_inside_a_word_keeps_its_letters_joined(
    decided: Review, visit: Callable[..., Any]
) -> None:
    # The critical flag begins between the two yehs and the beh of this word.
    marked, bare, torn = visit(render(decided)).evaluate(WIDTHS, "الجانبين")
    assert marked == pytest.approx(bare, abs=0.5)
    assert abs(torn - bare) > 1.0, "the measure would not notice torn letters"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_needs_no_sideways_scrolling(
    decided: Review, visit: Callable[..., Any], language: str
) -> None:
    page = visit(render(decided, language=language), 360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    boxes = page.evaluate(
        "Array.from(document.querySelector('.pair').children, d => d.getBoundingClientRect().top)"
    )
    assert boxes[0] < boxes[1]


def test_arabic_stands_beside_its_back_translation(
    decided: Review, visit: Callable[..., Any]
) -> None:
    left = (
        "Array.from(document.querySelector('.pair').children, d => d.getBoundingClientRect().left)"
    )
    english = visit(render(decided)).evaluate(left)
    arabic = visit(render(decided, language="ar")).evaluate(left)
    assert english[0] < english[1]
    assert arabic[0] > arabic[1]


def test_rows_can_be_sorted_and_filtered(decided: Review, visit: Callable[..., Any]) -> None:
    page = visit(render(decided))
    numbers = (
        "Array.from(document.querySelectorAll('#rows > li'), row => Number(row.dataset.number))"
    )
    shown = "Array.from(document.querySelectorAll('#rows > li')).filter(r => r.offsetHeight).length"
    worst = page.evaluate(numbers)
    assert worst != sorted(worst)
    page.select_option("#order", "document")
    assert page.evaluate(numbers) == sorted(worst)
    page.select_option("#order", "worst")
    assert page.evaluate(numbers) == worst
    assert page.evaluate(shown) == 15
    page.select_option("#show", "flagged")
    assert page.evaluate(shown) == 5
    page.select_option("#show", "open")
    assert page.evaluate(shown) == 13


def test_without_scripts_everything_can_be_read(decided: Review, visit: Callable[..., Any]) -> None:
    page = visit(render(decided), java_script_enabled=False)
    assert not page.locator("#controls").is_visible()
    assert page.locator("#rows > li").count() == 15
    assert page.locator("#rows > li").last.is_visible()


def test_a_keyboard_reaches_the_reason_of_a_mark(
    decided: Review, visit: Callable[..., Any]
) -> None:
    page = visit(render(decided))
    link = page.locator("mark.critical a").first
    link.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("document.querySelector(':target').innerText")
    assert "the subject of the verb needs the nominative" in target


def test_print_cuts_no_row(decided: Review, visit: Callable[..., Any]) -> None:
    page = visit(render(decided))
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.row')).breakInside") == "avoid"
    assert not page.locator("#controls").is_visible()


def test_hostile_text_stays_text(review: Review, visit: Callable[..., Any]) -> None:
    attack = "</p><style>*{display:none}</style><img src='http://127.0.0.1:9/x'><script>alert(1)</script>"
    results = tuple(
        replace(
            result,
            segment=replace(result.segment, target=attack + "\N{RIGHT-TO-LEFT OVERRIDE}"),
            flags=(),
        )
        for result in review.results
    )
    page = visit(render(replace(review, results=results), title=attack))
    assert page.locator("img").count() == 0
    assert page.locator("style").count() == 1
    assert page.locator("script").count() == 1
    assert page.locator("h1").inner_text() == attack
    assert "[U+202E]" in page.locator("p.text").first.inner_text()
