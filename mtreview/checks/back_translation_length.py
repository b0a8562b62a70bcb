"""A back-translation much shorter or longer than the Arabic.

What: the ratio of characters lies beyond what human translations show. Why: where the engine stops
early, or goes on and on, it met Arabic it could not read; the score of such a segment is worth less
too. Leaves alone: texts under 20 characters, and short texts within wider limits. It is a remark on
the back-translation, which may be at fault itself, so it is minor. Source: measured on 997 human
translations; the limits are in ``checks/_length.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import whole
from mtreview.checks._length import outlying_ratio
from mtreview.model import Reason, Segment, Severity, Side


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the whole back-translation."""
    text = context.back_translation.text if context.back_translation else ""
    ratio = outlying_ratio(text, segment.target)
    if not text.strip() or ratio is None:
        return
    if ratio > 1:
        reason = Reason(
            "the back-translation is much longer than the Arabic",
            "الترجمة العكسية أطول بكثير من النص العربي",
        )
    else:
        reason = Reason(
            "the back-translation is much shorter than the Arabic",
            "الترجمة العكسية أقصر بكثير من النص العربي",
        )
    start, end = whole(text)
    yield Finding(start, end, reason, evidence=f"{ratio:.2f}", side=Side.BACK_TRANSLATION)


CHECK = Check(
    id="back-translation-length",
    category="truncation-text-expansion",
    severity=Severity.MINOR,
    title=Reason("Length of the back-translation", "طول الترجمة العكسية"),
    find=find,
    needs=Needs.BACK_TRANSLATION,
)
