"""Reviews and lists as tables for a terminal."""

from __future__ import annotations

import io
import math
import os
import shutil
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mtreview.model import Review, Score, SegmentResult, Severity
from mtreview.report import Report, summarize, worst_first

STYLES = {
    Severity.NEUTRAL: "dim",
    Severity.MINOR: "yellow",
    Severity.MAJOR: "red",
    Severity.CRITICAL: "bold red",
}


def console_for(text: io.StringIO) -> Console:
    """Return a console that draws into a text, in the width and colours of the real terminal."""
    colours = os.isatty(1) and not os.environ.get("NO_COLOR")
    width = max(80, shutil.get_terminal_size((120, 24)).columns)
    return Console(file=text, width=width, force_terminal=colours, highlight=False)


def render_table(review: Review, language: str, worst: int) -> str:
    """Return the figures of a review and its worst segments as text for a terminal.

    Args:
        review: The review, with its corpus scores.
        language: Code of the language of the reasons.
        worst: How many segments.
    """
    text = io.StringIO()
    console, report = console_for(text), summarize(review)
    console.print(Text(review.document.original, style="bold"))
    for name, value in _figures(report):
        console.print(Text(f"  {name:<22}{value}"))
    if review.scores:
        console.print(_scores_table((report.quality, report.mqm, *review.scores)))
    if worst:
        console.print(_worst_table(worst_first(review)[:worst], language))
    return text.getvalue()


def format_score(score: Score, digits: int = 1) -> str:
    """Return a score with its interval, or a dash where there is no number.

    >>> from mtreview.model import Basis
    >>> format_score(Score("quality", 61.25, "", Basis.TARGET_ONLY, interval=(55.0, 67.0)))
    '61.2 [55.0, 67.0]'
    """
    if math.isnan(score.value):
        return "–"
    interval = score.interval
    ends = f" [{interval[0]:.{digits}f}, {interval[1]:.{digits}f}]" if interval else ""
    return f"{score.value:.{digits}f}{ends}"


def _figures(report: Report) -> list[tuple[str, str]]:
    """Return the figures of a report, named."""
    article = report.segments - report.boilerplate
    severities = ", ".join(f"{count} {name}" for name, count in report.by_severity.items() if count)
    checks = ", ".join(f"{name} {count}" for name, count in list(report.by_check.items())[:6])
    return [
        ("segments", f"{article}, and {report.boilerplate} of boilerplate; {report.words} words"),
        ("quality (0-100)", f"{format_score(report.quality)}, {report.quality.basis.value}"),
        ("MQM score", f"{format_score(report.mqm)}"),
        ("penalty / 1,000 words", f"{report.penalty_per_thousand_words:.0f}"),
        ("flags", f"{report.flags}: {severities}" if report.flags else "none"),
        ("most frequent", checks or "–"),
    ]


def _scores_table(scores: Sequence[Score]) -> Table:
    """Return a table of the scores of a whole document, with all that reproduces them."""
    table = Table(expand=True)
    table.add_column("score", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("basis", no_wrap=True)
    table.add_column("signature", overflow="fold", ratio=1)
    for score in scores:
        value = format_score(score, 2 if abs(score.value) < 10 else 1)
        table.add_row(score.metric, value, score.basis.value, Text(score.signature))
    return table


def _worst_table(results: list[SegmentResult], language: str) -> Table:
    """Return a table of segments: quality, Arabic, back-translation, and why."""
    table = Table(show_lines=True, expand=True)
    table.add_column("id", no_wrap=True)
    table.add_column("quality", justify="right", no_wrap=True)
    table.add_column("Arabic", justify="right", ratio=4)
    table.add_column("back-translation", ratio=4)
    table.add_column("why", ratio=4)
    for result in results:
        back_translation = result.back_translation
        table.add_row(
            result.segment.id,
            format_score(result.quality, 0),
            Text(result.segment.target),
            Text(back_translation.text if back_translation else "–"),
            _reasons(result, language),
        )
    return table


def _reasons(result: SegmentResult, language: str) -> Text:
    """Return the reasons of the flags, each once, and what lowered the quality."""
    excerpts: dict[tuple[str, Severity], list[str]] = {}
    for flag in result.flags:
        reason = flag.reason.in_language(language).removesuffix(".")
        excerpts.setdefault((reason, flag.severity), []).append(flag.excerpt)
    lines = [
        Text(
            ": ".join(filter(str.strip, (reason, ", ".join(dict.fromkeys(flagged))))),
            STYLES[severity],
        )
        for (reason, severity), flagged in excerpts.items()
    ]
    if result.quality.explanation:
        lines.append(Text(result.quality.explanation, style="dim"))
    return Text("\n").join(lines)
