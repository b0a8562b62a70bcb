"""The figures of a review as charts that can be read, and its segments as a table."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from mtreview.checks._check import Check
from mtreview.model import Review, Severity, SegmentResult
from mtreview.plugins import discover
from mtreview.report import BIN_EDGES, Report, summarize
from mtreview.ui import sharing
from mtreview.ui.handlers import queue_filter
from mtreview.ui.pages.filters import ask
from mtreview.ui.pages.frame import Visit
from mtreview.ui.wire import progress_record

LARGE: Final = 20_000
"""Segments from which on the figures are computed on demand."""

ROWS: Final = 1_000
"""Rows of the table; the filters bring the others."""

_HEIGHT: Final = 240


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
    tiles = st.columns(4)
    interval = report.quality.interval
    range_ = f" ({interval[0]:.0f}–{interval[1]:.0f})" if interval else ""
    value = f"{report.quality.value:.0f}{range_}" if report.quality.is_scored else "–"
    tiles[0].metric(strings.text("page.document_quality"), value)
    tiles[1].metric(
        strings.text("page.mqm"), f"{report.mqm.value:.1f}" if report.mqm.is_scored else "–"
    )
    tiles[2].metric(strings.text("page.flags_open"), str(report.flags))
    coverage = report.coverage
    tiles[3].metric(strings.text("page.reviewed"), f"{coverage.reviewed} / {coverage.flagged}")
    left, right = st.columns(2, gap="large")
    with left:
        _show_distribution(report, visit)
        _show_severities(report, visit)
        _show_before_after(review, visit)
    with right:
        _show_checks(report, visit)
        _show_days(visit)


def _bars(rows: list[dict[str, Any]], category: str, number: str, *, lying: bool = False) -> Any:
    """Return a bar chart in the order of the rows, each bar with its number."""
    import altair

    names = altair.Axis(title=category if not lying else None, labelLimit=260, labelAngle=0)
    numbers = altair.Axis(title=number, tickMinStep=1, format="d")
    order = [row["name"] for row in rows]
    name = altair.Y if lying else altair.X
    count = altair.X if lying else altair.Y
    base = altair.Chart(altair.Data(values=rows)).encode(
        name("name:N", sort=order, axis=names), count("count:Q", axis=numbers)
    )
    bars = base.mark_bar(cornerRadiusEnd=2)
    words = base.mark_text(
        **({"align": "left", "dx": 4} if lying else {"baseline": "bottom", "dy": -3})
    ).encode(text="count:Q")
    height = max(_HEIGHT, 26 * len(rows)) if lying else _HEIGHT
    return (bars + words).properties(height=height)


def _show_chart(title: str, chart: Any, rows: list[dict[str, Any]]) -> None:
    st.markdown(f"**{title}**")
    told = "; ".join(f"{row['name']}: {row['count']}" for row in rows)
    st.altair_chart(chart, alt=f"{title}. {told}")


def _show_distribution(report: Report, visit: Visit) -> None:
    strings = visit.strings
    edges = zip(BIN_EDGES, BIN_EDGES[1:], strict=False)
    rows = [
        {"name": f"{low}–{high}", "count": count}
        for (low, high), count in zip(edges, report.distribution, strict=True)
    ]
    chart = _bars(rows, strings.text("page.score_axis"), strings.text("page.segments_axis"))
    _show_chart(strings.text("page.distribution"), chart, rows)


def _show_severities(report: Report, visit: Visit) -> None:
    strings = visit.strings
    rows = [
        {"name": strings.text(f"severity.{severity.value}"), "count": count}
        for severity, count in report.by_severity.items()
    ]
    chart = _bars(rows, "", strings.text("page.flags_axis"), lying=True)
    _show_chart(strings.text("page.by_severity"), chart, rows)


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
        chart = _bars(rows, "", strings.text("page.flags_axis"), lying=True)
        _show_chart(strings.text("page.by_check"), chart, rows)


def _show_days(visit: Visit) -> None:
    strings = visit.strings
    days = sharing.store().progress(visit.summary.id).days
    rows = [
        {"name": day, "count": sum(count for verdict, count in counts.items() if verdict.settles)}
        for day, counts in days.items()
    ]
    if rows:
        chart = _bars(rows, "", strings.text("page.decisions_axis"))
        _show_chart(strings.text("page.progress"), chart, rows)


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
    import altair

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
    base = altair.Chart(altair.Data(values=rows)).encode(
        y=altair.Y("name:N", sort=[row["name"] for row in rows], axis=altair.Axis(title=None))
    )
    scale = altair.Scale(domain=[0, 100])
    axis = altair.Axis(title=f"{names[0]} ○ → {names[1]} ●")
    lines = base.mark_rule().encode(x=altair.X("before:Q", scale=scale, axis=axis), x2="after:Q")
    starts = base.mark_point(size=70).encode(x="before:Q")
    ends = base.mark_point(size=70, filled=True).encode(x="after:Q")
    st.markdown(f"**{title}**")
    told = "; ".join(f"{row['name']}: {row['before']:.0f} → {row['after']:.0f}" for row in rows)
    st.altair_chart(
        (lines + starts + ends).properties(height=max(120, 26 * len(rows))), alt=f"{title}. {told}"
    )


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
