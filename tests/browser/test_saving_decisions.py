"""Nothing that a reviewer does is lost: bursts, reloads, crashes, two tabs, two people."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from seeding import seed_lines
from serving import Server

from mtreview.model import Decision, Verdict
from mtreview.store.repository import ReviewStore


def verdicts(store, review):
    return [(d.segment_id, d.verdict) for d in store.decisions(review)]


def test_a_burst_of_30_accepts_saves_30(workbench, store):
    review = seed_lines(store, 120)
    workbench.open(review)
    expect(workbench.page.locator(".where")).to_contain_text("of 120")
    for _ in range(30):
        workbench.press("KeyA")
        workbench.page.wait_for_timeout(70)  # the pace under test, not a wait
    workbench.wait_until_saved()
    accepted = [(str(number), Verdict.ACCEPT) for number in range(1, 31)]
    assert verdicts(store, review) == accepted
    assert workbench.place.startswith("Segment 31 ")


def test_control_enter_in_the_editor_saves_the_edit(workbench, store, article_review):
    workbench.open(article_review)
    page = workbench.page
    workbench.press("KeyE")
    expect(page.locator(".editor")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("نص جديد 😀 كامل")
    page.keyboard.press("Control+Enter")
    workbench.wait_until_saved()
    (decision,) = store.decisions(article_review)
    assert decision.verdict is Verdict.EDIT
    assert decision.after == "نص جديد 😀 كامل"


def test_a_reload_in_mid_edit_keeps_segment_and_draft(workbench, store, article_review):
    workbench.open(article_review)
    page = workbench.page
    workbench.press("KeyJ", "KeyJ")
    place = workbench.place
    workbench.press("KeyE")
    expect(page.locator(".editor")).to_be_focused()
    page.keyboard.insert_text(" مسودة")
    text = page.locator(".editor").inner_text()
    page.reload()
    expect(page.locator(".editor")).to_be_visible()
    assert page.locator(".editor").inner_text() == text
    assert text.endswith(" مسودة")
    assert workbench.place.split(" · ")[0] == place.split(" · ")[0]
    assert store.decisions(article_review) == []


def test_decisions_queued_while_the_server_is_down_are_saved_after_its_restart(
    new_workbench, tmp_path
):
    server = Server(tmp_path)
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 100)
        try:
            workbench = new_workbench(server.start()).open(review)
            expect(workbench.page.locator(".where")).to_contain_text("of 100")
            workbench.press("KeyA")
            workbench.wait_until_saved()
            server.kill()
            workbench.press("KeyA", "KeyA", "KeyX", "KeyA")
            expect(workbench.page.locator(".status[data-waiting='4']")).to_be_visible()
            server.start()
            workbench.wait_until_saved()
        finally:
            server.kill()
        assert [verdict for _, verdict in verdicts(store, review)] == [
            Verdict.ACCEPT,
            Verdict.ACCEPT,
            Verdict.ACCEPT,
            Verdict.REJECT,
            Verdict.ACCEPT,
        ]


def left_behind(bench, *keys):
    """Decide while the server is down and close the tab; return a new one with the server back."""
    bench.server.kill()
    bench.press(*keys)
    expect(bench.page.locator(f".status[data-waiting='{len(keys)}']")).to_be_visible()
    context = bench.page.context
    bench.page.close()
    bench.server.start()
    return context.new_page()


def test_decisions_queued_in_a_tab_that_is_closed_are_saved_by_the_next(new_workbench, tmp_path):
    server = Server(tmp_path)
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 20)
        try:
            workbench = new_workbench(server.start()).open(review)
            later = left_behind(workbench, "KeyA", "KeyA")
            later.goto(f"{server.url}?review={review}")
            # Before it reads the queue or after it, as long as the closed tab's box counts as live.
            expect(later.get_by_text("2 of 20 flagged reviewed")).to_be_visible()
        finally:
            server.kill()
        assert verdicts(store, review) == [("1", Verdict.ACCEPT), ("2", Verdict.ACCEPT)]


def test_two_tabs_of_one_person_lose_nothing(workbench, store):
    review = seed_lines(store, 40)
    workbench.open(review, states="")
    second = workbench.page.context.new_page()
    second.goto(f"{workbench.server.url}?review={review}&states=&order=best")
    expect(second.locator(".where")).to_contain_text("Segment 40 ")
    workbench.press("KeyA", "KeyA")
    second.keyboard.press("KeyX")
    second.keyboard.press("KeyX")
    workbench.wait_until_saved()
    expect(second.locator(".status[data-state='done'][data-waiting='0']")).to_be_visible()
    assert sorted(verdicts(store, review)) == [
        ("1", Verdict.ACCEPT),
        ("2", Verdict.ACCEPT),
        ("39", Verdict.REJECT),
        ("40", Verdict.REJECT),
    ]


@pytest.mark.parametrize("choice", ["Keep theirs", "Save mine"])
def test_two_reviewers_on_one_segment_are_shown_both_texts(
    new_workbench, server, store, article_review, choice
):
    amal = new_workbench(server).open(article_review)
    basma = new_workbench(server).open(article_review, reviewer="Basma", segment="")
    for bench, text in ((amal, "نص أمل"), (basma, "نص بسمة")):
        bench.page.get_by_text("في حديثه خلال اجتماع الخميس").first.click()
        expect(bench.page.locator(".where")).to_contain_text("Segment 4 ")
        bench.press("KeyE")
        expect(bench.page.locator(".editor")).to_be_focused()
        bench.page.keyboard.press("Control+A")
        bench.page.keyboard.insert_text(text)
    amal.press("Control+Enter")
    amal.wait_until_saved()
    basma.press("Control+Enter")
    conflict = basma.page.locator(".conflict")
    expect(conflict).to_contain_text("نص أمل")
    expect(conflict).to_contain_text("نص بسمة")
    assert [d.after for d in store.decisions(article_review)] == ["نص أمل"]
    basma.page.get_by_role("button", name=choice).click()
    basma.wait_until_saved()
    expect(conflict).to_be_hidden()
    after = [d.after for d in store.decisions(article_review)]
    assert after == (["نص أمل"] if choice == "Keep theirs" else ["نص أمل", "نص بسمة"])


@contextmanager
def cut_off(page):
    """Let no decision of a page get through."""
    page.route("**/api/events", lambda route: route.abort())
    yield
    page.unroute("**/api/events")


def decided_by_others(server, store, new_workbench):
    """Open 20 lines for Amal; return how Basma edits the first, which Amal is shown as it was."""
    review = seed_lines(store, 20)
    amal = new_workbench(server).open(review, states="")
    expect(amal.page.locator(".where")).to_contain_text("of 20")
    before = store.load(review).document.segments[0].target
    at = datetime.now(UTC).isoformat(timespec="seconds")
    edit = Decision("1", Verdict.EDIT, "Basma", at, before=before, after="نص بسمة")
    return review, amal, lambda: store.decide(review, edit)


def test_nothing_that_follows_a_conflict_overwrites_the_other_text(new_workbench, server, store):
    review, amal, edit = decided_by_others(server, store, new_workbench)
    page = amal.page
    with cut_off(page):
        amal.press("KeyS", "KeyK", "KeyA", "KeyK")  # both on the first segment
        expect(page.locator(".status[data-waiting='2']")).to_be_visible()
        edit()
    expect(page.locator(".conflict")).to_contain_text("نص بسمة")
    amal.press("KeyX")  # not before the conflict is settled
    expect(page.get_by_role("button", name="Keep theirs")).to_be_focused()
    page.get_by_role("button", name="Keep theirs").click()
    amal.wait_until_saved()
    expect(page.locator(".reading")).to_have_text("نص بسمة")
    amal.press("KeyU")  # nothing of Amal's stands, so nothing is taken back
    amal.press("KeyJ", "KeyA")
    amal.wait_until_saved()
    assert verdicts(store, review) == [("1", Verdict.EDIT), ("2", Verdict.ACCEPT)]


def test_what_follows_a_conflict_is_saved_on_top_if_the_reviewer_says_so(
    new_workbench, server, store
):
    review, amal, edit = decided_by_others(server, store, new_workbench)
    page = amal.page
    with cut_off(page):
        amal.press("KeyS", "KeyK", "KeyA", "KeyK")
        expect(page.locator(".status[data-waiting='2']")).to_be_visible()
        edit()
    page.get_by_role("button", name="Save mine").click()
    amal.wait_until_saved()
    assert verdicts(store, review) == [
        ("1", Verdict.EDIT),
        ("1", Verdict.SKIP),
        ("1", Verdict.ACCEPT),
    ]


def test_a_late_conflict_does_not_close_the_editor(new_workbench, server, store):
    review, amal, edit = decided_by_others(server, store, new_workbench)
    page = amal.page
    with cut_off(page):
        amal.press("KeyA", "KeyE")
        expect(page.locator(".editor")).to_be_focused()
        edit()
    expect(page.locator(".status[data-state='problem']")).to_be_visible()
    page.keyboard.insert_text(" كلمة")
    expect(page.locator(".editor")).to_contain_text("كلمة")
    expect(page.locator(".where")).to_contain_text("Segment 2 ")
    amal.press("Control+Enter")
    expect(page.locator(".where")).to_contain_text("Segment 1 ")
    expect(page.locator(".conflict")).to_contain_text("نص بسمة")
    page.get_by_role("button", name="Keep theirs").click()
    amal.wait_until_saved()
    assert verdicts(store, review) == [("1", Verdict.EDIT), ("2", Verdict.EDIT)]


def test_waiting_decisions_are_left_to_the_reviewer_who_took_them(new_workbench, tmp_path):
    server = Server(tmp_path)
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 20)
        try:
            amal = new_workbench(server.start()).open(review, reviewer="Amal")
            basma = left_behind(amal, "KeyA")
            basma.goto(f"{server.url}?review={review}&reviewer=Basma")
            expect(basma.get_by_text("Decisions of \u2068Amal\u2069 wait")).to_be_visible()
            assert verdicts(store, review) == []
            basma.goto(f"{server.url}?review={review}&reviewer=Amal")
            expect(basma.get_by_text("1 of 20 flagged reviewed")).to_be_visible()
        finally:
            server.kill()
        assert [d.reviewer for d in store.decisions(review)] == ["Amal"]


def test_two_reviewers_do_not_start_on_the_same_segment(
    new_workbench, server, store, article_review
):
    amal = new_workbench(server).open(article_review)
    expect(amal.page.locator(".sentence.current")).to_be_visible()  # it has settled on a segment
    basma = new_workbench(server).open(article_review, reviewer="Basma")
    expect(basma.page.locator(".where")).not_to_contain_text(amal.place.split("·")[0])


def test_saving_works_behind_a_path_prefix(new_workbench, tmp_path):
    server = Server(tmp_path, base_path="desk/mt")
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 10)
        try:
            workbench = new_workbench(server.start()).open(review)
            workbench.press("KeyA", "KeyA")
            workbench.wait_until_saved()
        finally:
            server.kill()
        assert verdicts(store, review) == [("1", Verdict.ACCEPT), ("2", Verdict.ACCEPT)]
