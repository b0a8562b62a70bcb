"""A page of native widgets that does what the card does, for ``browser.py`` to compare with.

It is written as one would write it with Streamlit alone, with care: a fragment, so that a key press
does not run the whole script; one segment at a time from the store; buttons with shortcuts.
"""

from __future__ import annotations

import html
import os
from datetime import UTC, datetime

import streamlit as st

from mtreview.model import Decision, SegmentResult, Side, Verdict
from mtreview.store.repository import ReviewStore
from mtreview.store.values import QueueFilter
from mtreview.text.highlight import Span, runs


@st.cache_resource
def open_store() -> ReviewStore:
    """Return the store that the benchmark filled."""
    return ReviewStore.open(os.environ["MTREVIEW_STORE"])


def marked(result: SegmentResult) -> str:
    """Return the Arabic with its flags as HTML."""
    text = result.segment.target
    flags = [flag for flag in result.flags if flag.side is Side.TARGET]
    pieces = []
    for run in runs(text, [Span.of(flag) for flag in flags]):
        piece = html.escape(text[run.start : run.end])
        pieces.append(f"<mark>{piece}</mark>" if run.span_indices else piece)
    return f'<p dir="rtl" lang="ar">{"".join(pieces)}</p>'


def decide(review: str, result: SegmentResult, verdict: Verdict) -> None:
    """Save a decision."""
    target, now = result.segment.target, datetime.now(UTC).isoformat(timespec="seconds")
    open_store().decide(
        review, Decision(result.segment.id, verdict, "benchmark", now, target, target)
    )


@st.fragment
def show(review: str) -> None:
    """Show the worst segment that is not decided."""
    store = open_store()
    page = store.queue(review, filters=QueueFilter(states=(None,)), limit=1)
    (result,) = store.results(review, [row.segment_id for row in page.rows])
    progress = store.progress(review)
    st.progress(progress.flagged_decided / max(progress.flagged, 1))
    st.subheader(f"Segment {page.rows[0].position + 1} · {page.total} left")
    arabic, english = st.columns(2)
    arabic.html(marked(result))
    english.text(result.back_translation.text if result.back_translation else "")
    st.metric("Score", f"{result.quality.value:.0f}")
    for flag in result.flags:
        st.text(f"{flag.severity}: {flag.reason.english}")
    for column, (name, key, verdict) in zip(
        st.columns(3),
        [
            ("Accept", "A", Verdict.ACCEPT),
            ("Reject", "X", Verdict.REJECT),
            ("Skip", "S", Verdict.SKIP),
        ],
        strict=True,
    ):
        column.button(name, shortcut=key, on_click=decide, args=(review, result, verdict), key=name)


st.set_page_config(layout="wide")
show(st.query_params["review"])
