"""Who reviews: a typed name, the login of a proxy, or nobody before the login."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect
from seeding import seed_lines
from serving import ROOT, Server

from mtreview.store.repository import ReviewStore


def test_a_typed_name_is_kept_in_the_address_and_with_the_decision(workbench, store):
    review = seed_lines(store, 5)
    workbench.open(review)
    page = workbench.page
    name = page.get_by_role("textbox", name="Your name")
    expect(name).to_have_value("Amal")
    name.fill("بسمة")
    name.press("Enter")
    page.wait_for_url("**reviewer=*")
    expect(page.locator("[data-reviewer='بسمة']")).to_be_visible()
    workbench.wait_for_segment()
    page.locator(".where").click()
    workbench.press("KeyA")
    expect(page.locator(".where")).to_contain_text("Segment 2 ")
    workbench.wait_until_saved()
    assert [d.reviewer for d in store.decisions(review)] == ["بسمة"]


def test_the_login_of_a_proxy_is_the_reviewer(new_workbench, tmp_path):
    trusted = json.dumps({"X-Forwarded-User": "name"})
    server = Server(tmp_path, STREAMLIT_SERVER_TRUSTED_USER_HEADERS=trusted)
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 5)
        try:
            bench = new_workbench(server.start(), extra_http_headers={"X-Forwarded-User": "Dana"})
            bench.open(review, reviewer="Somebody-else")
            expect(bench.page.get_by_role("textbox", name="Your name")).to_have_count(0)
            bench.press("KeyA")
            bench.wait_until_saved()
        finally:
            server.kill()
        assert [d.reviewer for d in store.decisions(review)] == ["Dana"]


def test_nothing_is_shown_before_the_login(new_workbench, tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        '[auth]\nredirect_uri = "http://127.0.0.1/oauth2callback"\ncookie_secret = "for tests"\n'
        'client_id = "x"\nclient_secret = "y"\nserver_metadata_url = "http://127.0.0.1:9/"\n',
        encoding="utf-8",
    )
    server = Server(tmp_path, options=["--secrets.files", str(secrets)])
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 5)
    try:
        page = new_workbench(server.start()).page
        page.goto(f"{server.url}?review={review}")
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
        expect(page.locator(".card")).to_have_count(0)
        expect(page.get_by_text("lines.txt")).to_have_count(0)
    finally:
        server.kill()


def test_the_theme_comes_with_the_package_wherever_the_page_is_started(new_workbench, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    script = ROOT / "mtreview" / "ui" / "page.py"
    server = Server(tmp_path, script=script, cwd=elsewhere)
    with ReviewStore.open(server.store) as store:
        review = seed_lines(store, 5)
    try:
        bench = new_workbench(server.start(), color_scheme="light").open(review)
        ground = bench.page.get_by_test_id("stApp").evaluate(
            "node => getComputedStyle(node).backgroundColor"
        )
        assert ground == "rgb(253, 253, 251)"
        expect(bench.page.locator(".reading")).to_have_css("font-family", re.compile("Noto Naskh"))
    finally:
        server.kill()
