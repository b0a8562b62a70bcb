"""The page of what comes out: the corrected text in every format, the audit, the report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

import streamlit as st

from mtreview.formats.open import formats, write
from mtreview.html_report import render
from mtreview.model import Decision, Verdict
from mtreview.serialize import decision_to_record
from mtreview.ui import sharing
from mtreview.ui.views.frame import Visit

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would compute."""


def show(visit: Visit) -> None:
    """Show the page. Files are made when their button is pressed, from what is stored then."""
    strings, review_id = visit.strings, visit.summary.id
    progress = sharing.store().progress(review_id)
    if left := progress.flagged - progress.flagged_decided:
        st.info(strings.text("page.export_open", count=left))
    original = sharing.store().document(review_id).format
    stem = PurePath(visit.summary.name).stem or "review"
    corrected, audit, report = st.columns(3, gap="large")
    with corrected:
        st.subheader(strings.text("page.export_corrected"), anchor=False)
        writable = {key: each for key, each in formats().items() if each.write}
        for key in sorted(writable, key=lambda key: (key != original, key)):
            title = writable[key].title
            _download(
                strings.text("page.export_same", title=title) if key == original else title,
                f"{stem}.corrected{writable[key].suffixes[0]}",
                lambda key=key: write(sharing.store().load(review_id), key, strings.language),
                key=f"export_{key}",
                primary=key == original,
            )
    with audit:
        st.subheader(strings.text("page.export_audit"), anchor=False)
        for suffix, make in ((".csv", audit_csv), (".jsonl", audit_jsonl)):
            _download(
                strings.text(f"page.audit_{suffix[1:]}"),
                f"{stem}.audit{suffix}",
                lambda make=make: make(sharing.store().decisions(review_id)),
                key=f"audit_{suffix[1:]}",
            )
    with report:
        st.subheader(strings.text("page.export_report"), anchor=False)
        _download(
            strings.text("page.report_file"),
            f"{stem}.report.html",
            lambda: render(sharing.store().load(review_id), language=strings.language).encode(
                "utf-8"
            ),
            key="report",
        )


def _download(label: str, name: str, make: object, *, key: str, primary: bool = False) -> None:
    st.download_button(
        label,
        data=make,
        file_name=name,
        mime="application/octet-stream",
        on_click="ignore",
        key=key,
        width="stretch",
        type="primary" if primary else "secondary",
    )


def audit_jsonl(decisions: Sequence[Decision]) -> bytes:
    """Return all decisions, one JSON object a line."""
    lines = [json.dumps(decision_to_record(each), ensure_ascii=False) for each in decisions]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")


def audit_csv(decisions: Sequence[Decision]) -> bytes:
    """Return all decisions as a table for spreadsheets, which then compute nothing of it."""
    columns = ("segment_id", "revision", "verdict", "reviewer", "at", "before", "after", "why")
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(columns)
    for decision in decisions:
        record = decision_to_record(decision)
        writer.writerow(
            [_cell(record.get(name, "")) for name in columns[:-1]] + [_cell(why(decision))]
        )
    return b"\xef\xbb\xbf" + output.getvalue().encode("utf-8", "replace")


def why(decision: Decision) -> str:
    """Return why a decision was taken: the error that was marked, the flag, the comment."""
    parts = []
    if decision.mark:
        span = decision.before[decision.mark.start : decision.mark.end]
        parts.append(f"{decision.mark.category} ({decision.mark.severity.value}): {span}")
    if decision.verdict is Verdict.DISMISS_FLAG and decision.flag:
        parts.append(f"flag {decision.flag} is no error")
    if decision.comment:
        parts.append(decision.comment)
    return "; ".join(parts)


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
