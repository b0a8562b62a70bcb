"""The first page: open files, paste a text, go on with a recent review."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from mtreview.errors import MtReviewError
from mtreview.formats._format import ReadOptions
from mtreview.formats.open import formats, read_bytes
from mtreview.model import Document
from mtreview.store.repository import ReviewStore
from mtreview.store.values import ReviewSummary
from mtreview.ui import sharing
from mtreview.ui.labels import plain
from mtreview.ui.strings import Strings
from mtreview.ui.views import frame

RECENT: Final = 30

_LEFT_TO_RIGHT: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
_END: Final = "\N{POP DIRECTIONAL ISOLATE}"


def show(strings: Strings) -> None:
    """Show the page."""
    st.title(strings.text("page.title"), anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_form(strings)
    with right:
        st.subheader(strings.text("page.recent"), anchor=False)
        _show_recent(sharing.store().reviews()[:RECENT], strings)


def _show_form(strings: Strings) -> None:
    endings = sorted({s for f in formats().values() if f.read for s in f.suffixes})
    with st.form("open", border=False):
        uploads = st.file_uploader(
            strings.text("page.upload"),
            type=endings,
            accept_multiple_files=True,
            help=strings.text("page.upload_help"),
        )
        pasted = st.text_area(strings.text("page.paste"), height=180, key="arabic_pasted")
        project = st.text_input(strings.text("page.project"), max_chars=120)
        with st.expander(strings.text("page.more")):
            guess = strings.text("page.guess")
            target = st.text_input(strings.text("page.target_column"), placeholder=guess)
            source = st.text_input(strings.text("page.source_column"), placeholder=guess)
        if not st.form_submit_button(strings.text("page.open"), type="primary"):
            return
    languages = sharing.config().languages
    options = ReadOptions(
        target_column=target or None,
        source_column=source or None,
        source_language=languages.source,
        target_language=languages.target,
    )
    given: list[tuple[str, bytes]] = [(upload.name, upload.getvalue()) for upload in uploads]
    if pasted and pasted.strip():
        given.append((strings.text("page.pasted_name"), pasted.encode("utf-8", "surrogatepass")))
    if not given:
        st.warning(strings.text("page.nothing"))
        return
    _open(given, options, project or "", strings)


def _open(
    given: list[tuple[str, bytes]], options: ReadOptions, project: str, strings: Strings
) -> None:
    """Store what can be read and start to score it; tell what cannot be read."""
    store, opened = sharing.store(), []
    for name, data in given:
        try:
            document = read_bytes(data, name, options)
        except MtReviewError as error:
            st.error(plain(str(error)))
            continue
        opened.append(review_of(store, document, project))
    for review_id in opened:
        if store.unscored(review_id):
            sharing.scoring().start(review_id)
    if len(opened) == 1 and len(given) == 1:
        frame.enter(opened[0])
    elif opened:
        st.success(strings.text("page.opened", count=len(opened)))


def review_of(store: ReviewStore, document: Document, project: str) -> str:
    """Return the id of the review of a document: the one there is in the project, or a new one."""
    for summary in store.reviews():
        is_alike = summary.project == project and summary.segments == len(document.segments)
        if is_alike and store.document(summary.id) == document:
            return summary.id
    return store.create(document, project=project)


def _show_recent(summaries: list[ReviewSummary], strings: Strings) -> None:
    if not summaries:
        st.caption(strings.text("page.no_reviews"))
    projects: dict[str, list[ReviewSummary]] = {}
    for summary in summaries:
        projects.setdefault(summary.project, []).append(summary)
    for project, members in projects.items():
        if project:
            st.markdown(f"**{plain(project)}**")
        for summary in members:
            _show_summary(summary, strings)


def _show_summary(summary: ReviewSummary, strings: Strings) -> Any:
    if st.button(plain(summary.name), key=f"open_{summary.id}", width="stretch"):
        frame.enter(summary.id)
    st.caption(
        strings.text(
            "page.summary",
            scored=summary.scored,
            segments=summary.segments,
            flagged=summary.flagged,
            decided=summary.decided,
            date=f"{_LEFT_TO_RIGHT}{summary.created_at[:10]}{_END}",
        )
    )
