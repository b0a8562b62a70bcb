"""The figures of a review as charts that can be read, and its segments as a table."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import streamlit as st

from mtreview.checks._check import Check
from mtreview.model import Review, SegmentResult
from mtreview.plugins import discover
from mtreview.report import BIN_EDGES, Report, summarize
from mtreview.ui import sharing
from mtreview.ui.handlers import queue_filter
from mtreview.ui.views.filters import ask
from mtreview.ui.views.frame import Visit
from mtreview.ui.wire import progress_record

LARGE: Final = 20_000
"""Segments from which on the figures are computed on demand."""

ROWS: Final = 1_000
"""Rows of the table; the filters bring the others."""

Rows = list[dict[str, Any]]
Specification = dict[str, Any]

_HEIGHT: Final = 220


def show(visit: Visit) -> None:
    """Show the page."""
    query = ask(visit)
    strings, review_id = visit.strings, visit.summary.id
    st.markdown(progress_record(sharing.store().progress(review_id), strings)["text"])
    wanted = f"figures_{review_id}"
    if visit.summary.segments > LARGE and not st.session_state.get(wanted):
        st.info(strings.text("page.large", count=f"{visit.summary.segments:,}"))
        if st.button(strings.text("page.compute")):
            st.session_state[wanted] = True
            st.rerun()
    else:
        review = sharing.store().load(review_id)
        _show_figures(visit, review)
    _show_table(visit, query.record())


def _show_figures(visit: Visit, review: Review) -> None:
    report, strings = summarize(review), visit.strings
    tiles = st.columns(3)
    interval = report.quality.interval
    range_ = f" ({interval[0]:.0f}–{interval[1]:.0f})" if interval else ""
    value = f"{report.quality.value:.0f}{range_}" if report.quality.is_scored else "–"
    tiles[0].metric(strings.text("page.document_quality"), value)
    tiles[1].metric(
        strings.text("page.mqm"), f"{report.mqm.value:.1f}" if report.mqm.is_scored else "–"
    )
    tiles[2].metric(strings.text("page.flags_open"), str(report.flags))
    left, right = st.columns(2, gap="large")
    with left:
        _show_distribution(report, visit)
        _show_severities(report, visit)
        _show_before_after(review, visit)
    with right:
        _show_checks(report, visit)
        _show_days(visit)


def _bars(rows: Rows, title: str, *, lying: bool = False) -> Specification:
    """Return a bar chart in the order of the rows, each bar with its number.

    Args:
        rows: ``name`` and ``count`` of each bar.
        title: What the names are; "" where they tell it themselves.
        lying: Bars from left to right, for long names.
    """
    names = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "axis": {"title": title or None, "labelLimit": 260, "labelAngle": 0},
    }
    counts = {"field": "count", "type": "quantitative", "axis": None}
    place = {"align": "left", "dx": 4} if lying else {"baseline": "bottom", "dy": -3}
    slim = {"size": 36} if len(rows) < 6 and not lying else {}
    ink = st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor")
    return {
        "height": max(90, 26 * len(rows)) if lying else _HEIGHT,
        "encoding": {"y": names, "x": counts} if lying else {"x": names, "y": counts},
        "layer": [
            {"mark": {"type": "bar", "cornerRadiusEnd": 2, **slim}},
            {
                "mark": {"type": "text", "color": ink, **place},
                "encoding": {"text": {"field": "count"}},
            },
        ],
    }


def _show_chart(title: str, rows: Rows, specification: Specification, told: str = "") -> None:
    st.markdown(f"**{title}**")
    told = told or "; ".join(f"{row['name']}: {row['count']}" for row in rows)
    st.vega_lite_chart(rows, specification, alt=f"{title}. {told}")


def _show_distribution(report: Report, visit: Visit) -> None:
    strings = visit.strings
    rows = [
        {"name": f"{low}–{high}", "count": count}
        for (low, high), count in zip(pairwise(BIN_EDGES), report.distribution, strict=True)
    ]
    chart = _bars(rows, strings.text("page.score_axis"))
    _show_chart(strings.text("page.distribution"), rows, chart)


def _show_severities(report: Report, visit: Visit) -> None:
    strings = visit.strings
    rows = [
        {"name": strings.text(f"severity.{severity.value}"), "count": count}
        for severity, count in report.by_severity.items()
    ]
    _show_chart(strings.text("page.by_severity"), rows, _bars(rows, "", lying=True))


def _show_checks(report: Report, visit: Visit) -> None:
    strings = visit.strings
    checks: dict[str, Check] = discover("mtreview.checks", "CHECK")
    rows = [
        {
            "name": checks[key].title.in_language(strings.language) if key in checks else key,
            "count": count,
        }
        for key, count in report.by_check.items()
    ]
    if rows:
        _show_chart(strings.text("page.by_check"), rows, _bars(rows, "", lying=True))


def _show_days(visit: Visit) -> None:
    strings = visit.strings
    days = sharing.store().progress(visit.summary.id).days
    rows = [
        {"name": day, "count": sum(count for verdict, count in counts.items() if verdict.settles)}
        for day, counts in days.items()
    ]
    if rows:
        _show_chart(strings.text("page.progress"), rows, _bars(rows, ""))


def corrected_pairs(
    first: list[SegmentResult], now: list[SegmentResult]
) -> list[tuple[str, float, float]]:
    """Return (segment id, score before, score after) of what was corrected and scored again."""
    before = {result.segment.id: result for result in first}
    return [
        (result.segment.id, before[result.segment.id].quality.value, result.quality.value)
        for result in now
        if result.segment.id in before
        and result.segment.target != before[result.segment.id].segment.target
        and result.quality.is_scored
        and before[result.segment.id].quality.is_scored
    ]


def _show_before_after(review: Review, visit: Visit) -> None:
    strings = visit.strings
    title = strings.text("page.before_after")
    edited = list(review.current_targets())
    first = sharing.store().results(visit.summary.id, edited, as_it_came=True) if edited else []
    chosen = set(edited)
    now = [result for result in review.results if result.segment.id in chosen]
    positions = {segment.id: i + 1 for i, segment in enumerate(review.document.segments)}
    pairs = corrected_pairs(first, now)
    if not pairs:
        st.markdown(f"**{title}**")
        st.caption(strings.text("page.no_corrections"))
        return
    names = (strings.text("page.before"), strings.text("page.after"))
    rows = [
        {"name": str(positions[key]), "before": before, "after": after}
        for key, before, after in pairs
    ]
    axis = {"title": f"{names[0]} ○ → {names[1]} ●"}
    before = {"field": "before", "type": "quantitative", "scale": {"domain": [0, 100]}}
    chart: Specification = {
        "height": max(90, 28 * len(rows)),
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}},
            "x": {**before, "axis": axis},
        },
        "layer": [
            {"mark": "rule", "encoding": {"x2": {"field": "after"}}},
            {"mark": {"type": "point", "size": 70}},
            {
                "mark": {"type": "point", "size": 70, "filled": True},
                "encoding": {"x": {**before, "field": "after", "axis": axis}},
            },
        ],
    }
    told = "; ".join(f"{row['name']}: {row['before']:.0f} → {row['after']:.0f}" for row in rows)
    _show_chart(title, rows, chart, told)


def _show_table(visit: Visit, query: dict[str, Any]) -> None:
    strings = visit.strings
    page = sharing.store().queue(
        visit.summary.id, filters=queue_filter(query), order=query["order"], limit=ROWS
    )
    st.markdown(f"**{strings.text('page.table')}** ({len(page.rows)} / {page.total})")
    number, arabic, score, severity, state = (
        strings.text("page.column_number"),
        strings.text("page.column_arabic"),
        strings.text("card.quality"),
        strings.text("page.column_severity"),
        strings.text("page.column_state"),
    )
    rows = [
        {
            number: row.position + 1,
            score: row.quality,
            severity: strings.text(f"severity.{row.severity.value}") if row.severity else "",
            state: strings.text(f"page.state_{row.state.value if row.state else 'open'}"),
            arabic: row.excerpt,
        }
        for row in page.rows
    ]
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            arabic: st.column_config.TextColumn(alignment="right", width="large"),
            score: st.column_config.NumberColumn(format="%.0f"),
        },
    )
