"""The page: the figures of the document and its rows, put into the template."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from markupsafe import Markup

from mtreview import __version__
from mtreview.checks._check import Check
from mtreview.html_report.rows import Rows, ScoreCell, Words, direction
from mtreview.model import Review, Score
from mtreview.plugins import discover
from mtreview.report import BIN_EDGES, Report, is_boilerplate, summarize, worst_first
from mtreview.text.visible import visible

ROW_LIMIT: Final = 2000
"""Segments that are listed. Measured on a busy machine with two cores: 2,000 are 5 MB, shown in
0.7 s and sorted in 0.5 s; 10,000 are 25 MB, shown in 3 s and sorted in 8 s."""

DRAWN_AT_ONCE: Final = 200
"""Rows up to which the browser lays all of them out; more are drawn as they come into view."""

CHART_BOTTOM: Final = 145
CHART_HEIGHT: Final = 120
CHART_START: Final = 15
BIN_WIDTH: Final = 31
"""Pixels of the drawing of the distribution."""


def render(
    review: Review, *, title: str = "", language: str = "en", row_limit: int = ROW_LIMIT
) -> str:
    """Return the review as the text of an HTML file in UTF-8.

    Args:
        review: What to show.
        title: Heading; empty for one with the name of the file.
        language: Of the interface: Arabic for ``ar`` and its variants, else English.
        row_limit: Segments to list at most, the worst; boilerplate comes last.
    """
    language = "ar" if language.partition("-")[0] == "ar" else "en"
    words = _words(language)
    titles = _check_titles(language)
    report = summarize(review)
    rows = Rows(review, words, language, titles)
    listed = worst_first(review)[:row_limit]
    style, script = _resource("report.css"), _resource("report.js")
    original = visible(review.document.original)
    page: str = _template().render(
        t=words,
        language=language,
        direction=direction,
        target_language=review.document.target_language,
        source_language=review.document.source_language,
        title=visible(title) or words("title", name=original),
        original=original if visible(title) not in ("", original) else "",
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        quality=ScoreCell.of(report.quality, words),
        interval=_interval(report.quality, words),
        tells=words(f"tells_{report.quality.basis}"),
        tiles=_tiles(report, words),
        chart=_chart(report.distribution, words, mirrored=language == "ar"),
        by_check=[(visible(titles.get(name, name)), n) for name, n in report.by_check.items()],
        by_severity=[(s, words(f"severity_{s}"), n) for s, n in report.by_severity.items()],
        dismissed=words("dismissed", count=report.dismissed) if report.dismissed else "",
        limited=words("limited", shown=f"{len(listed):,}", all=f"{report.segments:,}")
        if len(listed) < report.segments
        else "",
        many=len(listed) > DRAWN_AT_ONCE,
        rows=(rows.row(result) for result in listed if not is_boilerplate(result)),
        boilerplate=[rows.row(result) for result in listed if is_boilerplate(result)],
        boilerplate_count=report.boilerplate,
        document_scores=[
            ScoreCell.of(score, words) for score in (report.quality, report.mqm, *review.scores)
        ],
        made_by=words("made_by", version=__version__),
    )
    return page


def _interval(quality: Score, words: Words) -> str:
    """Return the interval of the document quality in words."""
    if quality.interval is None:
        return words("no_interval")
    low, high = quality.interval
    return words("interval", low=f"{low:.1f}", high=f"{high:.1f}")


def _tiles(report: Report, words: Words) -> list[tuple[str, str]]:
    """Return the figures of the summary, each with its label."""
    coverage = report.coverage

    def part(value: int, whole: int) -> str:
        return words("of", part=f"{value:,}", whole=f"{whole:,}")

    return [
        (words("segments"), f"{report.segments:,}"),
        (words("scored"), part(report.scored, report.segments - report.boilerplate)),
        (words("boilerplate"), f"{report.boilerplate:,}"),
        (words("words"), f"{report.words:,}"),
        (words("flags"), f"{report.flags:,}"),
        (words("mqm"), ScoreCell.of(report.mqm, words).value),
        (
            words("penalty_per_thousand_words"),
            f"{report.penalty_per_thousand_words:,.1f}" if report.words else "\N{EN DASH}",
        ),
        (words("flagged_reviewed"), part(coverage.reviewed, coverage.flagged)),
        (words("share_left"), words("percent", value=f"{100 * coverage.share_left:.0f}")),
    ]


def _chart(distribution: tuple[int, ...], words: Words, *, mirrored: bool) -> dict[str, Any]:
    """Return bars, labels and description of the distribution, from the right if mirrored."""
    highest = max(*distribution, 1)
    width = BIN_WIDTH * len(distribution)

    def place(offset: float) -> float:
        return CHART_START + (width - offset if mirrored else offset)

    bars = []
    for index, count in enumerate(distribution):
        height = round(CHART_HEIGHT * count / highest, 1)
        middle = place(BIN_WIDTH * (index + 0.5))
        bars.append(
            {"x": middle - 13.5, "y": CHART_BOTTOM - height, "height": height, "count": count}
        )
    edges = [{"x": place(BIN_WIDTH * index), "value": e} for index, e in enumerate(BIN_EDGES)]
    bins = (
        words("distribution_bin", low=BIN_EDGES[index], high=BIN_EDGES[index + 1], count=count)
        for index, count in enumerate(distribution)
        if count
    )
    description = "; ".join((words("distribution"), *bins))
    return {"bars": bars, "edges": edges[::2], "description": description}


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows our style and script, and nothing else."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    """Return the source expression of an inline style or script."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _check_titles(language: str) -> dict[str, str]:
    """Return the titles of the installed checks by id."""
    checks: Mapping[str, Check] = discover("mtreview.checks", "CHECK")
    return {name: check.title.in_language(language) for name, check in checks.items()}


def _words(language: str) -> Words:
    """Return the function that gives the texts of the interface in a language."""
    table = {
        key: entry[language] for key, entry in tomllib.loads(_resource("strings.toml")).items()
    }

    def words(key: str, **values: object) -> str:
        text: str = table[key]
        return text.format(**values) if values else text

    return words


@cache
def _resource(name: str) -> str:
    """Return the text of a file of the report."""
    return files("mtreview.html_report").joinpath("resources", name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    """Return the compiled template."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(_resource("report.html.jinja"))
