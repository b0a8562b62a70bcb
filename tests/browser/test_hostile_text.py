"""Text from outside stays text: nothing runs, loads, links, styles, or turns the page around."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from seeding import flag_on, made_up, result_of

from mtreview.model import Reason, Severity

PAYLOADS = (
    "نص <script>window.hacked = 1</script> عربي",
    "نص <img src=x onerror='window.hacked = 2'> عربي",
    "نص <style>* { display: none !important }</style> عربي",
    "نص [اضغط](javascript:window.hacked=3) و[هنا](http://evil.example/x) عربي",
    "نص ![صورة](http://evil.example/pixel.png) عربي",
    "نص \u202etxt.exe\u202c عربي \u202d",
    '=HYPERLINK("http://evil.example") نص عربي',
)
NAME = "![x](http:evil.example)<img src=x onerror=window.hacked=4>\N{RIGHT-TO-LEFT OVERRIDE}.txt"


@pytest.fixture
def review(store):
    document = made_up(PAYLOADS, sources=PAYLOADS, name=NAME)
    review_id = store.create(document, project="**p** <b>b</b>")
    results = []
    for segment in document.segments:
        flag = flag_on(
            segment,
            segment.target[3:9],
            reason=Reason(segment.target, segment.target),
            evidence=segment.target,
            suggestion=segment.target,
            severity=Severity.CRITICAL,
        )
        results.append(result_of(segment, [flag], segment.target, 5.0))
    store.save_results(review_id, results)
    return review_id


@pytest.fixture
def watched(workbench):
    """A workbench that notes every request to elsewhere."""
    workbench.elsewhere = []
    workbench.page.on(
        "request",
        lambda request: "evil.example" in request.url and workbench.elsewhere.append(request.url),
    )
    return workbench


def assert_inert(bench):
    page = bench.page
    assert page.evaluate("window.hacked") is None
    assert bench.elsewhere == []
    counts = page.evaluate(
        """() => {
          const roots = [document];
          for (const node of document.querySelectorAll("*")) {
            if (node.shadowRoot) roots.push(node.shadowRoot);
          }
          const found = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
          return {
            scripts: found("[onerror], [onload]").length,
            links: found("a[href*='evil'], a[href^='javascript']").length,
            images: found("img[src*='evil']").length,
            styles: found("style").filter((s) => s.textContent.startsWith("* {")).length,
          };
        }"""
    )
    assert counts == {"scripts": 0, "links": 0, "images": 0, "styles": 0}


def test_the_card_shows_hostile_text_as_text(watched, review):
    watched.open(review, order="document")
    page = watched.page
    for payload in PAYLOADS[:5]:
        expect(page.locator(".reading")).to_have_text(payload)
        expect(page.locator(".reason")).to_have_text(payload)
        watched.press("KeyF", "KeyW", "KeyE")
        expect(page.locator(".editor")).to_be_focused()
        assert page.locator(".editor").inner_text() == payload
        watched.press("Escape")
        page.locator(".reading mark").first.hover()
        assert_inert(watched)
        watched.press("KeyJ")


def test_direction_controls_are_seen_and_confined(watched, review):
    watched.open(review, order="document")
    page = watched.page
    for _ in range(5):
        watched.press("KeyJ")
    expect(page.locator(".where")).to_contain_text("Segment 6 ")
    unseen = page.locator(".reading .unseen-character")
    codes = unseen.evaluate_all("nodes => nodes.map((node) => node.dataset.code)")
    assert codes == ["U+202E", "U+202C", "U+202D"]
    isolation = unseen.first.evaluate("node => getComputedStyle(node).unicodeBidi")
    assert isolation == "isolate"


def test_names_of_reviewers_are_text(new_workbench, server, watched, review):
    name = "<img src=x onerror=window.hacked=5> [x](http:evil.example)"
    other = new_workbench(server).open(review, order="document", reviewer=quote(name))
    other.press("KeyN")
    other.page.get_by_role("dialog").get_by_label("Comment").fill(PAYLOADS[0])
    other.press("Control+Enter")
    expect(other.page.locator(".notes")).to_contain_text(name)
    other.wait_until_saved()
    expect(other.page.locator(".sentence.current")).to_be_visible()  # the segment is claimed
    watched.open(review, order="document", states="")
    watched.page.locator(".sentence").first.click()
    expect(watched.page.locator(".claim")).to_contain_text(name)
    expect(watched.page.locator(".notes")).to_contain_text(f"{name}: {PAYLOADS[0]}")
    watched.press("KeyA")
    other.press("KeyA")
    expect(other.page.locator(".conflict")).to_contain_text(PAYLOADS[0])
    assert_inert(watched)


@pytest.mark.parametrize("view", ["overview", "export"])
def test_labels_and_tables_show_hostile_names_as_text(watched, review, view):
    page = watched.page
    page.goto(f"{watched.server.url}?review={review}&view={view}")
    expect(page.get_by_role("heading", name="evil.example")).to_contain_text("[U+202E]")
    assert_inert(watched)


def test_the_list_of_reviews_shows_hostile_names_as_text(watched, review):
    page = watched.page
    page.goto(watched.server.url)
    expect(page.get_by_role("button", name="evil.example").first).to_contain_text("[U+202E]")
    expect(page.get_by_text("**p** <b>b</b>").first).to_be_visible()
    assert_inert(watched)


def test_exports_are_inert_where_they_are_opened(watched, review, tmp_path):
    watched.open(review, order="document")
    for _ in range(6):
        watched.press("KeyA")
    watched.press("KeyE")
    expect(watched.page.locator(".editor")).to_be_focused()
    watched.page.keyboard.press("Control+A")
    watched.page.keyboard.insert_text("=1+1")
    watched.press("Control+Enter")
    watched.wait_until_saved()
    page = watched.page
    page.goto(f"{watched.server.url}?review={review}&view=export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Decisions (CSV)").click()
    audit = tmp_path / "audit.csv"
    download.value.save_as(audit)
    cells = audit.read_text(encoding="utf-8-sig")
    assert ",'=1+1," in cells
    assert ",=1+1" not in cells
    with page.expect_download() as download:
        page.get_by_role("button", name="Comma-separated values").click()
    table = tmp_path / "table.csv"
    download.value.save_as(table)
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(PAYLOADS)
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")] == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Report (HTML").click()
    report = tmp_path / "report.html"
    download.value.save_as(report)
    page.goto(report.as_uri())
    expect(page.locator("body")).to_contain_text("window.hacked = 1")
    assert_inert(watched)
