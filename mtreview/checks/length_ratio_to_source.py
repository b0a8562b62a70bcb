"""An Arabic text much shorter or longer than its English source.

What: the ratio of characters of source and translation lies beyond what human translations show.
Why: a decoder that drops a sentence, or repeats itself until it is stopped, leaves no other trace;
on real output most of the short ones had lost their first sentence. Leaves alone: texts under 20
characters, and short texts within wider limits. Source: measured on 997 human translations; the
limits are in ``checks/_length.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import whole
from mtreview.checks._length import outlying_ratio
from mtreview.model import Reason, Segment, Severity


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the whole segment."""
    if not segment.source or not segment.target.strip():
        return
    ratio = outlying_ratio(segment.source, segment.target)
    if ratio is None:
        return
    if ratio > 1:
        reason = Reason(
            "much shorter than the source: something may be missing",
            "أقصر بكثير من الأصل، وقد يكون فيه نقص",
        )
    else:
        reason = Reason(
            "much longer than the source: something may be added or repeated",
            "أطول بكثير من الأصل، وقد يكون فيه زيادة أو تكرار",
        )
    start, end = whole(segment.target)
    yield Finding(start, end, reason, evidence=f"{ratio:.2f}")


CHECK = Check(
    id="length-ratio-to-source",
    category="truncation-text-expansion",
    severity=Severity.MAJOR,
    title=Reason("Length beside the source", "الطول قياسا إلى الأصل"),
    find=find,
    needs=Needs.SOURCE,
)
