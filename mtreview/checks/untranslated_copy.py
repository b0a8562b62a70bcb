"""English of the source that was copied instead of translated.

What: the whole segment if it equals the source, else each run of four words or more that stand in
the source in the same order and are written in small Latin letters in part. Why: an engine that
gives up copies, and a copy can hide in a long segment. Leaves alone: names and titles («Le Monde»,
«European Central Bank»), which have capitals throughout, short quotations, and text that has no
letters. Source: measured on real output, where one engine leaves an eighth of its sentences in
English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import whole
from mtreview.model import Reason, Segment, Severity

LEAST_WORDS: Final = 4
_LATIN: Final = r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]"
_RUN: Final = re.compile(rf"[A-Za-z]{_LATIN}*(?:[ ,;:]+{_LATIN}+)*", re.ASCII)
_SPACE: Final = re.compile(r"[\s,;:]+")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield what was copied."""
    source = _plain(segment.source or "")
    if not any(letter.isalpha() for letter in source):
        return
    start, end = whole(segment.target)
    if _plain(segment.target) == source and not source.istitle() and " " in source:
        yield Finding(
            start,
            end,
            Reason("not translated: equal to the source", "لم يترجم: مطابق للأصل"),
            evidence=segment.source or "",
        )
        return
    for match in _RUN.finditer(segment.target):
        words = _plain(match[0]).split()
        if (
            len(words) >= LEAST_WORDS
            and sum(word[0].islower() for word in words) * 2 > len(words)
            and f" {' '.join(words)} " in f" {source} "
        ):
            yield Finding(
                match.start(),
                match.end(),
                Reason("copied from the source, not translated", "منقول من الأصل بلا ترجمة"),
                evidence=match[0],
            )


def _plain(text: str) -> str:
    """Return a text with single spaces for white space and commas."""
    return _SPACE.sub(" ", text).strip(" .")


CHECK = Check(
    id="untranslated-copy",
    category="untranslated",
    severity=Severity.MAJOR,
    title=Reason("Copied from the source", "منقول بلا ترجمة"),
    find=find,
    needs=Needs.SOURCE,
)
