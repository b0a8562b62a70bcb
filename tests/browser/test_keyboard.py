"""Everything by keyboard, on any layout, and nothing by accident."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from seeding import seed_lines

from mtreview.model import Verdict

PRESS = """({ code, key, ...more }) => {
  const event = new KeyboardEvent("keydown",
    { code, key, bubbles: true, composed: true, cancelable: true, ...more });
  (document.activeElement ?? document.body).dispatchEvent(event);
}"""


@pytest.fixture
def review(store):
    return seed_lines(store, 30)


@pytest.fixture
def bench(workbench, review):
    return workbench.open(review)


def test_the_same_keys_work_on_an_arabic_layout(bench, store, review):
    for code, key in (("KeyA", "ش"), ("KeyX", "ء"), ("KeyS", "س"), ("KeyJ", "ت"), ("KeyA", "ش")):
        bench.page.evaluate(PRESS, {"code": code, "key": key})
    bench.wait_until_saved()
    verdicts = [d.verdict for d in store.decisions(review)]
    assert verdicts == [Verdict.ACCEPT, Verdict.REJECT, Verdict.SKIP, Verdict.ACCEPT]
    assert [d.segment_id for d in store.decisions(review)] == ["1", "2", "3", "5"]


def test_nothing_fires_while_a_letter_is_composed(bench, store, review):
    bench.page.evaluate(PRESS, {"code": "KeyA", "key": "Process", "isComposing": True})
    bench.page.evaluate(PRESS, {"code": "KeyA", "key": "Process", "keyCode": 229})
    bench.press("KeyX")  # had the others fired, this would be the second decision
    bench.wait_until_saved()
    assert [d.verdict for d in store.decisions(review)] == [Verdict.REJECT]


def test_nothing_fires_while_typing_into_a_field_or_with_a_modifier(bench, store, review):
    field = bench.page.get_by_role("textbox", name="Words in the Arabic")
    field.click()
    bench.page.keyboard.type("axj")
    expect(field).to_have_value("axj")
    field.fill("")
    bench.page.locator(".where").click()
    bench.press("Control+KeyA", "Alt+KeyX")
    bench.press("KeyS")
    bench.wait_until_saved()
    assert [d.verdict for d in store.decisions(review)] == [Verdict.SKIP]


def test_letters_in_the_editor_are_letters(bench, store, review):
    bench.press("Enter")
    editor = bench.page.locator(".editor")
    expect(editor).to_be_focused()
    before = editor.inner_text()
    bench.page.keyboard.type("axjk?")
    expect(editor).to_have_text(f"{before}axjk?", use_inner_text=True)
    assert store.decisions(review) == []


def test_the_page_of_streamlit_keeps_its_hands_off(bench):
    bench.press("KeyR", "KeyC")
    expect(bench.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("key", ["Shift+Slash", "KeyH"])
def test_the_help_tells_every_key(bench, key):
    bench.press(key)
    dialog = bench.page.get_by_role("dialog")
    for label in ("J", "A", "Shift+D", "Ctrl+Enter", "Alt+Enter"):
        expect(dialog.get_by_text(label, exact=True).first).to_be_visible()
    bench.press("Escape")
    expect(dialog).to_have_count(0)


def test_buttons_keep_their_own_keys(bench, store, review):
    bench.page.get_by_role("button", name="Reject").focus()
    bench.press("Enter")
    bench.wait_until_saved()
    assert [d.verdict for d in store.decisions(review)] == [Verdict.REJECT]


def test_the_sentences_of_the_article_are_one_stop_and_arrows_move_among_them(bench):
    page = bench.page
    stops = page.locator(".sentence[tabindex='0']")
    expect(stops).to_have_count(1)
    current = page.locator(".sentence.current")
    current.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-segment='3']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(current).to_have_attribute("data-segment", "3")
    expect(page.locator(".where")).to_be_focused()
    bench.press("Enter")  # is the card's again
    expect(page.locator(".editor")).to_be_focused()
    bench.press("Escape")
    current.focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-segment='1']")).to_be_focused()
    bench.press("KeyJ")
    expect(current).to_have_attribute("data-segment", "4")
    expect(current).to_be_focused()
    expect(stops).to_have_count(1)
