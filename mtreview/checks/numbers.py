"""Numbers that differ between the Arabic and the English.

What: digits and number words up to trillions, with decades, centuries, percentages and 24-hour
times. Against the English source, every number that has no counterpart is flagged (major). Without
a source the back-translation is all there is, and it makes mistakes of its own: a number is only
flagged (minor) if one is lost and another invented of which the engine was sure, which is what a
changed number looks like. Why: a wrong number is the error that costs a newsroom most. Leaves
alone: one and two, which Arabic writes as endings, fractions, months, Roman numerals, "hundreds"
and "dozens"; conversions of units are flagged, and rightly so if the editor did not order them.
Source: ``mtreview.text.numbers``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import english_of, is_sure, whole
from mtreview.model import Reason, Segment, Severity
from mtreview.text.numbers import Quantity, quantities, unmatched

MOST_SHOWN: Final = 3
"""Numbers named in one reason at most."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the Arabic numbers without counterpart; the whole segment where one is missing."""
    english = english_of(segment, context)
    if english is None or not segment.target.strip():
        return
    ours, theirs = quantities(segment.target, "ar"), quantities(english.text, "en")
    lost, invented = unmatched(theirs, ours), unmatched(ours, theirs)
    if not english.is_source:
        lost = [number for number in lost if is_sure(context, number.start, number.end)]
        if not (lost and invented):
            return
    severity = Severity.MAJOR if english.is_source else Severity.MINOR
    missing = _shown(english.text, lost)
    for quantity in invented:
        written = segment.target[quantity.start : quantity.end]
        instead = f"; there it says {missing}" if missing else ""
        instead_arabic = f"، وفيه {missing}" if missing else ""
        yield Finding(
            quantity.start,
            quantity.end,
            Reason(
                f"{written} is not in {english.name.english}{instead}",
                f"«{written}» ليس في {english.name.arabic}{instead_arabic}",
            ),
            evidence=f"{written} ≠ {missing or '∅'}",
            severity=severity,
        )
    if lost and not invented:
        start, end = whole(segment.target)
        yield Finding(
            start,
            end,
            Reason(
                f"{missing} of {english.name.english} is missing in the Arabic",
                f"العدد {missing} في {english.name.arabic} غائب عن النص العربي",
            ),
            evidence=missing,
            severity=severity,
        )


def _shown(text: str, missing: Sequence[Quantity]) -> str:
    """Return the numbers as they are written in a text."""
    return ", ".join(text[quantity.start : quantity.end] for quantity in missing[:MOST_SHOWN])


CHECK = Check(
    id="numbers",
    category="number",
    severity=Severity.MAJOR,
    title=Reason("Number", "عدد"),
    find=find,
    needs=Needs.ENGLISH,
)
