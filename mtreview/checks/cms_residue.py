"""Residue of the system that published the text: shortcodes, tags, templates.

What: ``[ad_1]``, ``[/caption]``, ``<br>``, ``<!-- -->``, ``{{name}}``, ``[email protected]``.
The suggestion deletes it; a tag that stood between two words becomes a space.
Why: it was meant for a program; scraped and machine-translated pages are full of it.
Leaves alone: notes in brackets (``[1]``, ``[sic]``, ``[translator's note]``), names in angle
brackets that HTML does not know, single curly brackets.
Source: WordPress Shortcode API; the WHATWG HTML standard; Mustache and Jinja templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.residue import INLINE_TAG, RESIDUE

_REASON: Final = Reason(
    "This is a code of the publishing system, not text.",
    "هذا رمز من نظام النشر، وليس من النص.",
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield shortcodes, tags and templates."""
    text = segment.target
    for match in RESIDUE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        between_words = before.isalnum() and after.isalnum()
        glue = " " if between_words and not INLINE_TAG.match(match.group()) else ""
        yield Finding(*match.span(), _REASON, evidence=match.group(), suggestion=glue)


CHECK = Check(
    id="cms-residue",
    category="markup",
    severity=Severity.MAJOR,
    title=Reason("Residue of the publishing system", "بقايا من نظام النشر"),
    find=find,
    on_boilerplate=True,
)
