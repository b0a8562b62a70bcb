"""A back-translation much shorter or longer than the Arabic, or none at all.

What: the ratio of characters lies well beyond what human translations show. Why: where the engine
stops early, or goes on and on, it met Arabic it could not read; the score of such a segment is
worth less too. Leaves alone: texts under 20 characters, and short texts within wider limits. It is
a remark on the back-translation, which may be at fault itself, so it is minor. Source: the limits
of 997 human translations, widened for a small engine; they are in ``checks/_length.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import whole
from mtreview.checks._length import ENGINE_LIMITS, outlying_ratio
from mtreview.model import Reason, Segment, Severity, Side
from mtreview.text.characters import has_arabic


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the whole back-translation; the Arabic where there is none."""
    text = context.back_translation.text if context.back_translation else ""
    ratio = outlying_ratio(text, segment.target, ENGINE_LIMITS)
    if not text.strip():
        if has_arabic(segment.target):
            reason = Reason("the engine wrote nothing for this", "لم يكتب المحرك شيئا لهذا النص")
            yield Finding(*whole(segment.target), reason)
        return
    if ratio is None:
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
