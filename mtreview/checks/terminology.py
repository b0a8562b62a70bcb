"""A term of the glossary that the source has and the Arabic calls otherwise, or leaves out.

What: the English source has a term of the house's glossary, and the Arabic has nothing like the
Arabic term, inflected in any way. Why: readers know people and bodies by one name, and a desk has
decided which. It is marked where the English stands in the Arabic as it is, and there the term is
suggested; otherwise on the whole segment. Leaves alone: segments without a known source, since a
back-translation may call things otherwise than the text did; English in another number («ministers»
for a term «minister»), whose Arabic may have another pattern; a term within a longer one. One that
the Arabic rightly replaces by a pronoun is flagged. Without a glossary it is silent. Options:
``terms``, lines ``Arabic TAB English``; ``[engine] glossary`` or ``--glossary`` fills it from a
file. Source: the lists of terms that newsrooms keep. Measured with 44 names and words of news on
997 human translations: 6 of 151 occurrences were flagged, 3 of them a word in another sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import whole
from mtreview.errors import ConfigError
from mtreview.model import Reason, Segment, Severity
from mtreview.text.glossary import ArabicText, Glossary, Term

_ARABIC: Final = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the terms that are missing, each once."""
    glossary = _glossary(context)
    if glossary is None or not segment.source or not _ARABIC.search(segment.target):
        return
    target = ArabicText.of(segment.target)
    missing: dict[tuple[Term, ...], str] = {}
    for start, end, terms in glossary.find(segment.source, "en", as_written=True):
        if terms not in missing and not any(target.has(term.arabic) for term in terms):
            missing[terms] = segment.source[start:end]
    for terms, written in missing.items():
        expected = tuple(term.arabic for term in terms)
        copied = _copied(segment.target, written)
        start, end = copied.span() if copied else whole(segment.target)
        yield Finding(
            start,
            end,
            Reason(
                f"the source has “{written}”, which the glossary calls {' or '.join(expected)}",
                f"في الأصل «{written}»، وهو في المسرد «{'» أو «'.join(expected)}»",
            ),
            evidence=written,
            suggestion=expected[0] if copied and len(expected) == 1 else None,
        )


def _copied(target: str, written: str) -> re.Match[str] | None:
    """Return where an English term stands in the Arabic as a word of its own."""
    return re.search(rf"(?<![^\s«“\"(]){re.escape(written)}(?![^\s»”\").,،؛:؟!])", target)


def _glossary(context: Context) -> Glossary | None:
    """Return the terms of the options; None when there are none.

    Raises:
        ConfigError: They are no texts, or one of them is no term.
    """
    terms = context.options.get("terms") or ()
    if not isinstance(terms, list | tuple) or not all(isinstance(term, str) for term in terms):
        raise ConfigError(f"must be a list of texts, not {terms!r}", where=_WHERE)
    return _read(tuple(terms)) if terms else None


_WHERE: Final = "checks.options.terminology.terms"


@lru_cache(4)
def _read(terms: tuple[str, ...]) -> Glossary:
    return Glossary.of(terms, _WHERE)


CHECK = Check(
    id="terminology",
    category="terminology",
    severity=Severity.MAJOR,
    title=Reason("Term of the glossary", "مصطلح في المسرد"),
    find=find,
    needs=Needs.SOURCE,
    options=("terms",),
)
