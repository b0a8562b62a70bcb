"""Cut a text into runs, so that overlapping spans can be shown as plain marks side by side.

What: spans of flags and of unsure words overlap freely; a page can only show runs that do not.
Each run names every span that covers it, the one that gives it its colour first: the highest rank
wins, then the shortest span, because it says most exactly where the trouble is, then the earlier.

Why not cut anywhere: a base letter and its marks (Arabic harakat, emoji sequences, CR LF) are one
user-perceived character. A browser would draw a cut one as a dotted circle, so a span that begins
or ends inside such a cluster is widened to hold it whole.

Leaves alone: every character. The runs joined are the text; spans beyond the text are clipped.

Source: extended grapheme clusters of Unicode Standard Annex 29, as ``regex`` implements them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import regex

from mtreview.model import Flag, Severity

CLUSTER: Final = regex.compile(r"\X")

SEVERITY_RANKS: Final = {severity: float(rank) for rank, severity in enumerate(Severity, 1)}
"""Rank of a flag's span; 0 is left for spans that every flag may cover."""


class Span(NamedTuple):
    """Half-open code points ``[start, end)`` to show; the highest ``rank`` gives the colour."""

    start: int
    end: int
    rank: float = 0.0

    @classmethod
    def of(cls, flag: Flag) -> Span:
        """Return the span of a flag, ranked by its severity."""
        return cls(flag.start, flag.end, SEVERITY_RANKS[flag.severity])


class Run(NamedTuple):
    """A stretch of text that one set of spans covers; ``span_indices[0]`` gives the colour."""

    start: int
    end: int
    span_indices: tuple[int, ...]


def runs(text: str, spans: Sequence[Span]) -> list[Run]:
    """Cut a text where spans begin and end.

    Args:
        text: The text that the offsets count in.
        spans: In any order; empty ones and those beyond the text cover nothing.

    Returns:
        Runs in order, none empty, that join to the whole text.

    >>> [(run.start, run.end, run.span_indices) for run in runs("abcd", [Span(0, 3), Span(2, 4)])]
    [(0, 2, (0,)), (2, 3, (1, 0)), (3, 4, (1,))]
    """
    edges = _cluster_edges(text) if spans else []
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    cuts = {0, len(text)}
    for index, span in enumerate(spans):
        first, last = max(span.start, 0), min(span.end, len(text))
        if first < last:
            start = edges[bisect_right(edges, first) - 1]
            end = edges[bisect_left(edges, last)]
            begins.setdefault(start, []).append(index)
            ends.setdefault(end, []).append(index)
            cuts |= {start, end}
    found: list[Run] = []
    active: set[int] = set()
    for start, end in pairwise(sorted(cuts)):
        active.difference_update(ends.get(start, ()))
        active.update(begins.get(start, ()))
        covering = sorted(active, key=lambda index: _precedence(spans[index], index))
        found.append(Run(start, end, tuple(covering)))
    return found


def _precedence(span: Span, index: int) -> tuple[float, int, int]:
    """Return the sort key of a span among those that cover the same run."""
    return -span.rank, span.end - span.start, index


def _cluster_edges(text: str) -> list[int]:
    """Return where grapheme clusters begin, and the end of the text."""
    return list(accumulate(map(len, CLUSTER.findall(text)), initial=0))
