"""axe finds nothing, in both themes and both languages; a phone can read."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mtreview.model import Decision, Verdict

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def problems(page):
    """Return what axe holds against a page at rest; Streamlit dims what it redraws."""
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    page.wait_for_function("document.getAnimations().every((a) => a.playState !== 'running')")
    violations = Axe().run(page, options=RULES).response["violations"]
    return [
        (violation["id"], node["target"], node["html"][:200])
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_the_card(
    new_workbench, server, store, article_review, scheme, language
):
    target = store.document(article_review).segments[2].target
    comment = Decision("3", Verdict.COMMENT, "Basma", "2026-11-24T09:00:00+00:00", target, target)
    store.decide(article_review, comment)
    bench = new_workbench(server, color_scheme=scheme).open(article_review, lang=language)
    bench.press("KeyF", "KeyW")
    expect(bench.page.locator(".sentence.current")).to_be_visible()
    assert problems(bench.page) == []
    bench.press("KeyE")
    expect(bench.page.locator(".editor")).to_be_focused()
    bench.page.keyboard.insert_text("، كلمة")
    expect(bench.page.locator(".difference")).to_be_visible()
    assert problems(bench.page) == []
    bench.press("Escape", "Slash")
    expect(bench.page.get_by_role("dialog")).to_be_visible()
    assert problems(bench.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_other_pages(new_workbench, server, article_review, scheme):
    page = new_workbench(server, color_scheme=scheme).page
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Recent reviews")).to_be_visible()
    assert problems(page) == []
    page.goto(f"{server.url}?review={article_review}&view=export")
    expect(page.get_by_role("button", name="Report (HTML")).to_be_visible()
    assert problems(page) == []


def test_the_arabic_interface_is_mirrored(new_workbench, server, article_review):
    bench = new_workbench(server).open(article_review, lang="ar")
    page = bench.page
    arabic, english = page.locator(".arabic_pane"), page.locator(".back_pane")
    assert arabic.bounding_box()["x"] > english.bounding_box()["x"]
    assert page.get_by_test_id("stSidebar").bounding_box()["x"] > 700
    expect(page.get_by_role("button", name="قبول")).to_be_visible()


def test_a_phone_can_read(new_workbench, server, article_review):
    bench = new_workbench(server)
    bench.page.set_viewport_size({"width": 390, "height": 844})
    bench.open(article_review)
    width = bench.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    box = bench.page.locator(".reading").bounding_box()
    assert box["width"] > 250
    size = bench.page.locator(".reading").evaluate("b => parseFloat(getComputedStyle(b).fontSize)")
    assert size >= 18


def test_the_bundled_arabic_font_is_used(workbench, article_review):
    workbench.open(article_review)
    loaded = workbench.page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded')"
        ".map((f) => f.family.replaceAll('\"', '')))"
    )
    assert "Noto Naskh Arabic" in loaded
