"""The jobs a linguist comes for, on the real article, from opening a file to what comes out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from seeding import ARTICLE, ENGLISH, article, result_of
from serving import Server

from mtreview.model import Decision, Verdict
from mtreview.store.repository import ReviewStore

SCORING = 400_000
"""Milliseconds that scoring the article may take on a slow, busy machine."""


def upload(page, *paths):
    """Give files to the first page."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(paths)
    for path in paths:
        expect(page.get_by_role("button", name=f"Remove {path.name}")).to_be_visible()


def download(page, name, path):
    """Press a button of the export page, and return what came."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    coming.value.save_as(path)
    return path.read_bytes()


def test_a_flagged_sentence_is_corrected_from_opening_the_file_to_the_exported_text(
    workbench, store, article_review, tmp_path
):
    page = workbench.page
    page.goto(workbench.server.url)
    expect(page.get_by_role("heading", name="Recent reviews")).to_be_visible()
    upload(page, ARTICLE)  # it was scored before, so nothing is scored again
    page.get_by_role("button", name="Open", exact=True).click()
    workbench.wait_for_segment()
    review = store.reviews()[0].id
    workbench.page.goto(f"{workbench.server.url}?review={review}&text=الجانبين")
    expect(page.locator(".where")).to_contain_text("Segment 13 ")
    expect(page.locator(".back_text")).to_have_text(ENGLISH["13"])
    dual = page.locator(".flag", has_text="الجانبان")
    dual.locator(".severity").click()
    page.locator(".reading mark", has_text="الجانبين").click()
    workbench.press("KeyG")
    expect(page.locator(".reading")).to_contain_text("حدد الجانبان")
    workbench.wait_until_saved()
    page.get_by_text("Export", exact=True).click()
    exported = download(page, "Plain text, the format it came in", tmp_path / "corrected.txt")
    original = ARTICLE.read_bytes()
    assert exported == original.replace("حدد الجانبين".encode(), "حدد الجانبان".encode())
    assert exported != original


def test_everything_that_comes_out_of_a_review(workbench, article_review, tmp_path):
    workbench.open(article_review)
    page = workbench.page
    workbench.press("KeyE")
    expect(page.locator(".editor")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("جملة مصححة.")
    workbench.press("Control+Enter")
    expect(page.locator(".where")).not_to_contain_text("Segment 4 ")
    workbench.press("KeyX")
    workbench.wait_until_saved()
    page.get_by_text("Export", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(
        download(page, "Decisions (CSV)", tmp_path / "audit.csv").decode("utf-8-sig")
    )))  # fmt: skip
    assert [(row["segment_id"], row["verdict"], row["reviewer"]) for row in rows] == [
        ("4", "edit", "Amal"),
        (rows[1]["segment_id"], "reject", "Amal"),
    ]
    assert rows[0]["before"] == article().segments[3].target
    assert rows[0]["after"] == "جملة مصححة."
    lines = download(page, "Decisions (JSON lines)", tmp_path / "audit.jsonl").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["edit", "reject"]
    report = download(page, "Report (HTML", tmp_path / "report.html").decode()
    assert "جملة مصححة." in re.sub("<[^>]+>", "", report)
    assert "[ad_1]" in report
    table = download(page, "Comma-separated values", tmp_path / "corrected.csv").decode("utf-8-sig")
    assert "جملة مصححة." in table


def test_a_pasted_text_without_a_model_can_still_be_reviewed(workbench, store):
    page = workbench.page
    page.goto(workbench.server.url)
    page.get_by_label("Or paste Arabic text").fill("حدد الجانبين الموعد. انتهى الاجتماع.")
    page.get_by_role("button", name="Open", exact=True).click()
    workbench.wait_for_segment()
    expect(page.get_by_text("no-such-pack").first).to_be_visible()
    expect(page.get_by_role("button", name="Score them")).to_be_visible()
    workbench.press("KeyA")
    workbench.wait_until_saved()
    review = store.reviews()[0].id
    assert [d.verdict for d in store.decisions(review)] == [Verdict.ACCEPT]


def test_a_file_that_cannot_be_read_is_told_in_one_line(workbench, tmp_path):
    page = workbench.page
    path = tmp_path / "english.txt"
    path.write_text("Not a word of Arabic.", encoding="utf-8")
    page.goto(workbench.server.url)
    upload(page, path)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("no Arabic letters in the text")
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_filters_are_kept_in_the_address(workbench, article_review):
    workbench.open(article_review)
    page = workbench.page
    page.get_by_role("textbox", name="Words in the Arabic").fill("اسطنبول")
    page.keyboard.press("Enter")
    expect(page.locator(".where")).to_contain_text("of 3 in the queue")  # with and without hamza
    page.get_by_text("Only flagged", exact=True).click()
    page.wait_for_url("**flagged=1**")
    page.reload()
    workbench.wait_for_segment()
    expect(page.get_by_role("textbox", name="Words in the Arabic")).to_have_value("اسطنبول")
    expect(page.locator(".where")).to_contain_text("of 3 in the queue")
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator(".where")).to_contain_text("of 29 in the queue")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({"checks": "dual-after-verb"}, ["13"]),
        ({"severity": "major", "text": "الجانبين"}, ["13"]),
        ({"states": "accept"}, ["2"]),
        ({"maximum": "50", "states": "open"}, ["4"]),
        ({"text": "دُبْلُوماسِيُّون", "states": ""}, ["2"]),
        ({"text": "spokesman Peskov"}, []),
    ],
    ids=["check", "severity", "state", "score", "vowels", "nothing"],
)
def test_an_address_selects_segments(workbench, store, article_review, address, found):
    second = store.document(article_review).segments[1]
    now = "2026-11-24T09:00:00+00:00"
    store.decide(
        article_review,
        Decision(second.id, Verdict.ACCEPT, "Basma", now, second.target, second.target),
    )
    given = "&".join(f"{name}={value}" for name, value in address.items())
    page = workbench.page
    page.goto(f"{workbench.server.url}?review={article_review}&{given}")
    if not found:
        expect(page.locator(".empty")).to_contain_text("Nothing is left in this queue")
        return
    expect(page.locator(".where")).to_contain_text(f"Segment {found[0]} ")
    expect(page.locator(".where")).to_contain_text(f"of {len(found)} in the queue")


def test_the_figures_of_a_review(workbench, store, article_review):
    first, second = store.results(article_review)[2:4]
    now = "2026-11-24T09:00:00+00:00"
    target = first.segment.target
    store.decide(
        article_review, Decision(first.segment.id, Verdict.EDIT, "Amal", now, target, f"{target}.")
    )
    corrected = replace(first.segment, target=f"{target}.")
    store.save_results(article_review, [result_of(corrected, [], "It is well now.", 96.0)])
    target = second.segment.target
    store.decide(
        article_review,
        Decision(
            second.segment.id, Verdict.ACCEPT, "Basma", now[:8] + "25" + now[10:], target, target
        ),
    )
    page = workbench.page
    page.goto(f"{workbench.server.url}?review={article_review}&view=overview")
    for title in (
        "Segments by score",
        "Flags by check",
        "Flags by severity",
        "Decisions by day",
        "Score of corrected segments, before and after",
    ):
        expect(page.get_by_text(title, exact=True)).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(5)
    days = "Decisions by day. 2026-11-24: 1; 2026-11-25: 1"
    expect(page.locator(f"[aria-label*='{days}']").first).to_be_attached()
    change = page.locator("[aria-label*='Score of corrected segments']").first
    expect(change).to_have_attribute("aria-label", re.compile(r"3: \d+ → 96"))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_several_files_make_a_project(workbench, store, tmp_path):
    for name, text in (("ألف.txt", "حدد الجانبين الموعد."), ("باء.txt", "انتهى الاجتماع.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    page = workbench.page
    page.goto(workbench.server.url)
    upload(page, tmp_path / "ألف.txt", tmp_path / "باء.txt")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("Opened 2 files")).to_be_visible()
    expect(page.get_by_text("no-such-pack").first).to_be_visible()  # why they are not scored
    expect(page.get_by_text("ألف and others (2 files)")).to_be_visible()
    members = [each for each in store.reviews() if each.project == "ألف and others (2 files)"]
    assert sorted(each.name for each in members) == ["ألف.txt", "باء.txt"]
    page.get_by_role("button", name="باء.txt", exact=True).click()
    workbench.wait_for_segment()
    expect(page.locator(".reading")).to_have_text("انتهى الاجتماع.")


@pytest.mark.model
def test_scoring_an_article_is_run_cancelled_resumed_and_finished_on_the_page(
    new_workbench, tmp_path
):
    settings = "[engine]\nthreads = 1\nbeam_size = 1\n"  # a core for the browser, and quick
    (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    begin = tmp_path / "article.txt"  # the first half: on a slow machine the whole takes a minute
    lines = ARTICLE.read_text(encoding="utf-8").splitlines(keepends=True)
    begin.write_text("".join(lines[:10]), encoding="utf-8")
    server = Server(tmp_path, MTREVIEW_CONFIG=str(tmp_path / "config.toml"))
    try:
        bench = new_workbench(server.start())
        page = bench.page
        page.goto(server.url)
        expect(page.get_by_text("None yet.")).to_be_visible()
        upload(page, begin)
        page.get_by_role("button", name="Open", exact=True).click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        page.get_by_role("button", name="Cancel").click()
        resume = page.get_by_role("button", name=re.compile("Score them|Go on scoring"))
        expect(resume).to_be_visible(timeout=SCORING)
        bench.wait_for_segment()  # the first of those there are, in an order that will not stay
        resume.click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_be_hidden(timeout=SCORING)
        expect(page.locator(".where")).to_contain_text("of 15 in the queue")
        expect(page.locator(".back_text")).to_contain_text(re.compile("[A-Za-z]{4}"))
        expect(page.locator(".basis")).to_contain_text("Arabic that is garbled")
        page.get_by_role("textbox", name="Words in the Arabic").fill("حدد الجانبين")
        page.keyboard.press("Enter")
        expect(page.locator(".where")).to_contain_text("of 1 in the queue")
        first = page.locator(".number strong").inner_text()
        page.locator(".reading mark", has_text="الجانبين").click()
        expect(page.locator(".flag.selected")).to_contain_text("الجانبان")
        bench.press("KeyG")
        expect(page.locator(".change")).to_contain_text(f"before: {first}", timeout=SCORING)
        bench.wait_until_saved()
    finally:
        server.kill()
    with ReviewStore.open(server.store) as store:
        review = store.reviews()[0].id
        assert store.unscored(review) == []
        assert all(result.quality for result in store.results(review))
