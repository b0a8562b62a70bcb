"""What a reviewer does on the card: reading, correcting, dismissing, marking, taking back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from seeding import flag_on, made_up, result_of

from mtreview.model import Severity, Verdict

SENTENCE = "😀 حدد الجانبين الخطوات الأولية  للمفاوضات."
SOURCE = "The two sides identified the first steps."
ENGLISH = "The two sides defined the initial steps of the negotiations."


@pytest.fixture
def review(store):
    """A review of three segments; the first has two flags, an emoji and an English source."""
    document = made_up([SENTENCE, "حدد الجانبين الموعد.", "انتهى الاجتماع."], sources=[SOURCE])
    review_id = store.create(document)
    first, second, third = document.segments
    flags = [
        flag_on(first, "الجانبين", suggestion="الجانبان"),
        flag_on(first, "  ", check="double-space", severity=Severity.MINOR, suggestion=" "),
    ]
    store.save_results(
        review_id,
        [
            result_of(first, flags, ENGLISH, 20.0),
            result_of(second, [flag_on(second, "الجانبين")], "The two sides set the date.", 60.0),
            result_of(third, [], "The meeting ended.", 95.0),
        ],
    )
    return review_id


@pytest.fixture
def bench(workbench, review):
    return workbench.open(review)


def test_flagged_characters_are_marked_and_letters_stay_joined(bench):
    marks = bench.page.locator(".reading mark")
    assert marks.all_inner_texts() == ["الجانبين", "  "]
    assert bench.page.locator(".reading").inner_text() == SENTENCE
    styles = marks.first.evaluate(
        "m => { const s = getComputedStyle(m); return [s.display, s.padding, s.backgroundColor] }"
    )
    assert styles[:2] == ["inline", "0px"]
    assert styles[2] != "rgba(0, 0, 0, 0)"
    direction = "b => [getComputedStyle(b).direction, b.lang]"
    assert bench.page.locator(".reading").evaluate(direction) == ["rtl", "ar"]
    assert bench.page.locator(".back_text").evaluate(direction) == ["ltr", "en"]


def test_the_source_is_shown_with_what_differs_from_the_back_translation(bench):
    source = bench.page.locator(".source_text")
    assert source.locator("ins").all_inner_texts() == ["identified", "first"]
    assert source.locator("del").first.inner_text() == "defined"
    bench.press("KeyJ")
    expect(bench.page.locator(".source_pane")).to_be_hidden()


def test_the_score_says_what_it_can_and_cannot_tell(bench):
    expect(bench.page.locator(".basis")).to_contain_text("With the English source.")
    bench.press("KeyJ")
    expect(bench.page.locator(".basis")).to_contain_text("From the Arabic alone.")
    expect(bench.page.locator(".basis")).to_contain_text("cannot prove that something was left out")
    bench.press("KeyW")
    expect(bench.page.locator(".quality table")).to_contain_text("How sure the model was")


def test_a_cause_that_begins_with_an_arabic_word_reads_from_left_to_right(workbench, store):
    document = made_up([SENTENCE])
    (segment,) = document.segments
    result = result_of(segment, [], ENGLISH, 20.0)
    cause = "حدد takes no object; أحدد does"
    quality = replace(result.quality, explanation=f"{cause} (-10)")
    review_id = store.create(document)
    store.save_results(review_id, [replace(result, quality=quality)])
    page = workbench.open(review_id).page
    item = page.locator(".causes li")
    expect(item).to_contain_text(cause)
    ends = """item => ["حدد", "does"].map((word) => {
        const walk = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
        while (!walk.nextNode().data.includes(word));
        const range = document.createRange();
        const start = walk.currentNode.data.indexOf(word);
        range.setStart(walk.currentNode, start);
        range.setEnd(walk.currentNode, start + word.length);
        return range.getBoundingClientRect().left;
    })"""
    first, last = item.evaluate(ends)
    assert first < last


def test_a_reason_is_told_on_hover_and_by_keyboard(bench):
    bench.page.locator(".reading mark").first.hover()
    expect(bench.page.get_by_role("tooltip")).to_contain_text("wrong case")
    bench.press("KeyF")
    expect(bench.page.locator(".announcer")).to_contain_text("wrong case")
    expect(bench.page.locator(".flag.selected")).to_contain_text("wrong case")
    bench.press("Digit2")
    assert bench.page.locator(".reading mark.selected").inner_text() == "  "


def test_one_key_applies_a_suggestion_and_another_takes_it_back(bench, store, review):
    page = bench.page
    bench.press("KeyF", "KeyG")
    fixed = SENTENCE.replace("الجانبين", "الجانبان")
    expect(page.locator(".reading")).to_have_text(fixed)
    expect(page.locator(".back_note")).to_contain_text("before your change")
    expect(page.locator(".back_note")).to_contain_text("no-such-pack")  # why nothing is coming
    assert page.locator(".difference ins").all_inner_texts() == ["الجانبان"]
    bench.wait_until_saved()
    bench.press("KeyU")
    expect(page.locator(".reading")).to_have_text(SENTENCE)
    bench.wait_until_saved()
    bench.press("Shift+KeyU")
    expect(page.locator(".reading")).to_have_text(fixed)
    bench.press("KeyZ")
    expect(page.locator(".reading")).to_have_text(SENTENCE)
    bench.wait_until_saved()
    taken = [(d.verdict, d.after) for d in store.decisions(review)]
    assert taken == [
        (Verdict.EDIT, fixed),
        (Verdict.UNDO, SENTENCE),
        (Verdict.EDIT, fixed),
        (Verdict.EDIT, SENTENCE),
    ]


def test_text_is_checked_while_it_is_typed(bench, store, review):
    page = bench.page
    bench.press("KeyE")
    expect(page.locator(".editor")).to_be_focused()
    expect(page.locator(".flag")).to_have_count(2)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("حدد الجانبان  الخطوات")
    expect(page.locator(".flag")).to_have_count(1)
    expect(page.locator(".flag")).to_contain_text("Double space")
    highlighted = page.evaluate("[...CSS.highlights.get('mtreview-minor')].map(String)")
    assert highlighted == ["  "]
    bench.press("Alt+KeyF", "Alt+Enter")
    expect(page.locator(".editor")).to_have_text("حدد الجانبان الخطوات", use_inner_text=True)
    expect(page.locator(".flag")).to_have_count(0)
    page.keyboard.press("Control+Z")
    expect(page.locator(".editor")).to_have_text("حدد الجانبان  الخطوات", use_inner_text=True)
    assert store.decisions(review) == []
    bench.press("Escape")
    expect(page.locator(".reading")).to_have_text(SENTENCE)
    expect(page.locator(".state")).to_have_text("unsaved draft")


def test_a_line_end_cannot_tear_a_segment_apart(bench):
    editor = bench.page.locator(".editor")
    bench.press("KeyE")
    expect(editor).to_be_focused()
    bench.press("Enter")
    bench.page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "سطر\\n\\nآخر\\u2028ثالث\\vرابع");
          const card = document.querySelector("[data-testid=stBidiComponentRegular]");
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true,
            composed: true });
          let active = document.activeElement;
          while (active.shadowRoot) active = active.shadowRoot.activeElement;
          active.dispatchEvent(event);
        }"""
    )
    assert editor.evaluate("box => box.textContent") == f"{SENTENCE}سطر آخر ثالث رابع"


def test_a_flag_is_dismissed_here_or_everywhere(bench, store, review):
    flags = bench.page.locator(".flag")
    bench.press("Digit2", "KeyD")
    expect(flags).to_have_count(1)
    bench.press("Digit1", "Shift+KeyD")
    expect(flags).to_have_count(0)
    bench.press("KeyJ")
    expect(flags).to_have_count(0)
    bench.wait_until_saved()
    assert store.dismissed_patterns(review) == {("dual-after-verb", "الجانبين")}
    bench.page.reload()
    bench.wait_for_segment()
    expect(bench.page.locator(".flags")).to_contain_text("Dismissed: 1")
    expect(flags).to_have_count(0)
    store.save_results(review, store.results(review))  # scored once more: the flags are found again
    bench.page.reload()
    bench.wait_for_segment()
    expect(bench.page.locator(".flags")).to_contain_text("Dismissed: 1")
    expect(flags).to_have_count(0)


def test_undoing_an_edit_brings_back_its_reasons(bench):
    flags = bench.page.locator(".flag")
    expect(flags).to_have_count(2)
    bench.press("KeyE")
    expect(bench.page.locator(".editor")).to_be_focused()
    bench.page.keyboard.press("Control+A")
    bench.page.keyboard.insert_text("حدد الجانبان الخطوات")
    expect(flags).to_have_count(0)
    bench.press("Control+Enter", "KeyK")
    expect(bench.page.locator(".back_note")).to_contain_text("no-such-pack")  # nothing more comes
    bench.press("KeyU")
    expect(bench.page.locator(".reading")).to_have_text(SENTENCE)
    expect(flags).to_have_count(2)


def test_undoing_never_an_error_opens_it_everywhere(bench, store, review):
    flags = bench.page.locator(".flag")
    bench.press("Digit1", "Shift+KeyD", "KeyJ")
    expect(flags).to_have_count(0)
    bench.wait_until_saved()
    bench.press("KeyU", "KeyJ")
    expect(flags).to_have_count(1)
    assert store.dismissed_patterns(review) == set()


def test_an_error_of_ones_own_is_marked(bench, store, review):
    page = bench.page
    page.locator(".reading").get_by_text("الجانبين").dblclick()
    expect(page.locator(".editor")).to_be_focused()
    bench.press("Escape")
    page.locator(".reading mark").first.click()
    expect(page.locator(".reading mark.selected")).to_have_text("الجانبين")
    bench.press("KeyM")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("الجانبين")
    dialog.get_by_label("Kind of error").select_option("agreement")
    dialog.get_by_label("Severity").select_option("critical")
    dialog.get_by_label("Comment").fill("المثنى")
    bench.press("Control+Enter")
    expect(page.locator(".notes")).to_contain_text("المثنى")  # the dialog has been answered
    bench.wait_until_saved()
    (decision,) = store.decisions(review)
    mark = decision.mark
    assert SENTENCE[mark.start : mark.end] == "الجانبين"
    assert (mark.category, mark.severity) == ("agreement", Severity.CRITICAL)
    bench.press("Digit1", "KeyD")  # without the flag the mark stands alone
    expect(page.locator(".reading mark.own:not(.flagged)")).to_have_text("الجانبين")


def test_a_comment_is_kept(bench, store, review):
    bench.press("KeyN")
    bench.page.get_by_role("dialog").get_by_label("Comment").fill("سؤال للمحرر <b>")
    bench.page.get_by_role("button", name="Save comment").click()
    expect(bench.page.locator(".notes")).to_contain_text("سؤال للمحرر <b>")
    bench.wait_until_saved()
    assert [d.comment for d in store.decisions(review)] == ["سؤال للمحرر <b>"]


def test_words_the_model_was_unsure_of_are_shaded(workbench, article_review):
    workbench.open(article_review)
    shaded = workbench.page.locator(".back_text .unsure")
    assert shaded.all_inner_texts() == ["Christian"]
    names = workbench.page.locator(".back_text .linked.name").all_inner_texts()
    assert "Trump" in names


def test_the_meter_and_the_article_follow_the_work(bench):
    coverage = bench.page.locator(".coverage")
    expect(coverage).to_contain_text("0 of 2 flagged reviewed; the 2 left hold an estimated 100 %")
    expect(bench.page.locator(".sentence.current")).to_have_text(SENTENCE)
    bench.press("KeyA")
    expect(coverage).to_contain_text("1 of 2 flagged reviewed; the 1 left")
    expect(bench.page.locator(".sentence.current")).to_have_text("حدد الجانبين الموعد.")
    bench.page.locator(".sentence", has_text="انتهى").click()
    expect(bench.page.locator(".where")).to_contain_text("Segment 3 ")
    bench.press("KeyK", "KeyA", "KeyA")
    expect(coverage).to_contain_text("All 2 flagged segments are reviewed")


def test_the_end_of_the_queue_is_said(bench):
    bench.press("KeyS", "KeyX", "KeyA")
    expect(bench.page.locator(".empty")).to_contain_text("Nothing is left in this queue")
