"""The first page: open files, paste a text, go on with a recent review."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

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

PACE: Final = 1.0
"""Seconds between two looks at scoring that is under way."""

_NOTED: Final = "opening_noted"
_WATCHED: Final = "opening_watched"
_LEFT_TO_RIGHT: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
_END: Final = "\N{POP DIRECTIONAL ISOLATE}"


def show(strings: Strings) -> None:
    """Show the page."""
    st.title(strings.text("page.title"), anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_form(strings)
        _show_noted()
    with right:
        st.subheader(strings.text("page.recent"), anchor=False)
        summaries = sharing.store().reviews()[:RECENT]
        pace = PACE if any(_is_scoring(summary.id) for summary in summaries) else None
        st.fragment(_show_recent, run_every=pace)(strings)


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
    if len(given) > 1 and not project:
        stem = PurePath(given[0][0]).stem
        project = strings.text("page.project_of", file=stem, count=len(given))
    _open(given, options, project or "", strings)


def _open(
    given: list[tuple[str, bytes]], options: ReadOptions, project: str, strings: Strings
) -> None:
    """Store what can be read and start to score it; note what cannot be read."""
    store, opened, problems = sharing.store(), [], []
    for name, data in given:
        try:
            document = read_bytes(data, name, options)
        except MtReviewError as error:
            problems.append(plain(str(error)))
            continue
        opened.append(review_of(store, document, project))
    for review_id in opened:
        sharing.scoring().start(review_id)  # what is scored by these engines is not scored again
    if len(opened) == 1 and len(given) == 1:
        frame.enter(opened[0])
    told = strings.text("page.opened", count=len(opened)) if opened else ""
    st.session_state[_NOTED] = (told, problems)


def _show_noted() -> None:
    """Show what became of the files that were given last; it stays until a review is entered."""
    told, problems = st.session_state.get(_NOTED, ("", []))
    if told:
        st.success(told)
    for problem in problems:
        st.error(problem)


def review_of(store: ReviewStore, document: Document, project: str) -> str:
    """Return the id of the review of a document: the one there is in the project, or a new one."""
    for summary in store.reviews():
        is_alike = summary.project == project and summary.segments == len(document.segments)
        if is_alike and store.document(summary.id) == document:
            return summary.id
    return store.create(document, project=project)


def _show_recent(strings: Strings) -> None:
    """Show the list; while something is scored this runs again and again."""
    summaries = sharing.store().reviews()[:RECENT]
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
    running = {summary.id for summary in summaries if _is_scoring(summary.id)}
    if st.session_state.get(_WATCHED, set()) - running:
        st.session_state[_WATCHED] = running
        st.rerun(scope="app")
    st.session_state[_WATCHED] = running


def _is_scoring(review_id: str) -> bool:
    job = sharing.scoring().job(review_id)
    return job is not None and job.is_running


def _show_summary(summary: ReviewSummary, strings: Strings) -> None:
    if st.button(plain(summary.name), key=f"open_{summary.id}", width="stretch"):
        frame.enter(summary.id)
    job = sharing.scoring().job(summary.id)
    if job is not None and job.is_running and job.progress.total:
        done, total = job.progress.done, job.progress.total
        st.progress(done / total, text=strings.text("page.scoring", done=done, total=total))
        return
    if job is not None and job.error:
        st.caption(plain(job.error))
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
