"""A line of the page that is no part of the article.

What: the whole segment, where the reader of the file found it to be boilerplate: an invitation to
install an app, a button, a notice of rights, a heading for the source.
Why: it was scraped with the article; nobody should spend time on correcting it, and it should not
be published.
Leaves alone: segments that are nothing but codes of the publishing system, which another check
reports. It takes nothing out by itself, and counts nothing: the reviewer decides.
Source: the list of boilerplate lines in ``mtreview.text``, which the readers of formats apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, SegmentKind, Severity
from mtreview.text.residue import is_residue

_REASON: Final = Reason(
    "This line belongs to the web page, not to the article.",
    "هذا السطر من صفحة الموقع، وليس من المقال.",
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the whole segment, if it is boilerplate."""
    text = segment.target
    if segment.kind is SegmentKind.BOILERPLATE and text.strip() and not is_residue(text):
        start = len(text) - len(text.lstrip())
        yield Finding(start, len(text.rstrip()), _REASON)


CHECK = Check(
    id="boilerplate",
    category="addition",
    severity=Severity.NEUTRAL,
    title=Reason("Boilerplate of the web page", "نص من صفحة الموقع"),
    find=find,
    on_boilerplate=True,
)
