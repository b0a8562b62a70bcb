"""The pages of the workbench: opening, scoring, reviewing, overview, export.

``show`` is run by Streamlit at every interaction with a native widget; the card does its work
without it.
"""

from __future__ import annotations

import os

import streamlit as st

from mtreview.errors import MtReviewError
from mtreview.ui import sharing
from mtreview.ui.labels import plain
from mtreview.ui.strings import Strings
from mtreview.ui.views import exporting, frame, opening, overview, reviewing
from mtreview.ui.views.frame import Visit


def show() -> None:
    """Show the page that the address asks for; an error of the user's is one line, no traceback."""
    language = frame.language()
    st.set_page_config(page_title="mtreview", layout="wide", initial_sidebar_state="auto")
    frame.apply_style(Strings(language))
    try:
        _show(language)
    except MtReviewError as error:
        st.error(plain(str(error)))


def _show(language: str) -> None:
    strings = Strings(language)
    if frame.login() is None:
        frame.ask_to_log_in(strings)
        return
    review = st.query_params.get("review") or _first_review()
    if not review:
        frame.sidebar(strings, None)
        opening.show(strings)
        return
    summary = next((each for each in sharing.store().reviews() if each.id == review), None)
    if summary is None:
        st.error(strings.text("page.no_review"))
        frame.sidebar(strings, None)
        opening.show(strings)
        return
    visit = Visit(summary, frame.sidebar(strings, summary), strings)
    view = frame.header(visit)
    {"review": reviewing.show, "overview": overview.show, "export": exporting.show}[view](visit)


def _first_review() -> str:
    """Return the review that the server was started for, the first time a session asks."""
    review = os.environ.get("MTREVIEW_REVIEW", "")
    if review and not st.session_state.get("began"):
        st.session_state["began"] = True
        st.query_params["review"] = review
        return review
    return ""
