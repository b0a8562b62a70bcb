"""The page on which the work is done: scoring until that is finished, filters, the card."""

from __future__ import annotations

import streamlit as st

from mtreview.ui import sharing
from mtreview.ui.component import show_card
from mtreview.ui.labels import plain
from mtreview.ui.scoring import Job
from mtreview.ui.tokens import Grant
from mtreview.ui.views.filters import ask
from mtreview.ui.views.frame import Visit


def show(visit: Visit) -> None:
    """Show the page."""
    query = ask(visit)
    job = sharing.scoring().job(visit.summary.id)
    if job is not None and job.is_running:
        st.fragment(_watch, run_every=0.7)(visit, job)
        return
    if job is not None and job.error:
        st.error(plain(job.error))
    missing = visit.summary.segments - visit.summary.scored
    if missing:
        _offer_scoring(visit, missing)
    grant = Grant(visit.summary.id, visit.reviewer, visit.strings.language)
    show_card(grant, query, scored=not missing)


def _offer_scoring(visit: Visit, missing: int) -> None:
    """Offer to score the segments that are not scored."""
    strings, summary = visit.strings, visit.summary
    text, button = st.columns([4, 1], vertical_alignment="center")
    text.info(strings.text("page.unscored", count=missing))
    name = "page.resume" if summary.scored else "page.score_now"
    if button.button(strings.text(name), type="primary", key="score"):
        sharing.scoring().start(summary.id)
        st.rerun()


def _watch(visit: Visit, job: Job) -> None:
    """Show how far scoring is; when it ends the page runs again."""
    strings = visit.strings
    if not job.is_running:
        st.rerun(scope="app")
    done, total = job.progress.done, job.progress.total
    words = (
        strings.text("page.scoring", done=done, total=total)
        if total
        else strings.text("page.scoring_start")
    )
    st.progress(done / total if total else 0.0, text=words)
    if st.button(strings.text("page.cancel"), key="cancel", disabled=job.stopping.is_set()):
        job.cancel()
