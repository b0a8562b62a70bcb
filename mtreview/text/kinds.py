"""What the lines of an article are: headline, body, caption or boilerplate.

What: boilerplate by ``mtreview.text.boilerplate``; a caption by its first or last words; a headline
is a short line without a final mark, right above a paragraph. Why: a headline is judged otherwise
than a sentence, and boilerplate does not count. Leaves alone: lists of short lines, where nothing
tells a headline from an entry; the last line of a text. Source: ``resources/captions.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from mtreview.model import SegmentKind
from mtreview.text.boilerplate import is_boilerplate
from mtreview.text.normalize import fold
from mtreview.text.resources import lines

HEADLINE_LENGTH: Final = 120
"""Code points of the longest line that can be a headline."""

_FINAL_MARK: Final = re.compile(r"[.!؟?…:؛،]['\"”’»)\]]*\s*$")
_HEADLINES_IN_A_ROW: Final = 2


def line_kinds(texts: Sequence[str]) -> list[SegmentKind]:
    """Return the kind of each line of an article, in order; blank lines count as body.

    >>> [kind.value for kind in line_kinds(["لقاء جديد", "التقى الوزيران أمس.", "المصدر"])]
    ['headline', 'body', 'boilerplate']
    """
    kinds = [line_kind(text) for text in texts]
    # From the last line to the first, because what follows makes a headline of a line.
    heads_paragraph, in_a_row = False, 0
    for index in range(len(texts) - 1, -1, -1):
        text = texts[index].strip()
        if not text or kinds[index] is not SegmentKind.BODY:
            continue
        short = len(text) <= HEADLINE_LENGTH and not _FINAL_MARK.search(text)
        if short and heads_paragraph and in_a_row < _HEADLINES_IN_A_ROW:
            kinds[index] = SegmentKind.HEADLINE
            in_a_row += 1
        else:
            heads_paragraph, in_a_row = not short, 0
    return kinds


def line_kind(text: str) -> SegmentKind:
    """Return what a line is by itself: boilerplate, caption or body, never a headline."""
    if is_boilerplate(text):
        return SegmentKind.BOILERPLATE
    is_caption = len(text) <= 2 * HEADLINE_LENGTH and _captions().search(fold(text).strip())
    return SegmentKind.CAPTION if is_caption else SegmentKind.BODY


@cache
def _captions() -> re.Pattern[str]:
    """Return the expression of all beginnings and endings of captions."""
    phrases = [line.replace("…", "").strip() for line in lines("captions")]
    begins = [line.startswith("…") for line in lines("captions")]
    expressions = [
        rf"{re.escape(fold(phrase))}$" if is_end else rf"^{re.escape(fold(phrase))}"
        for phrase, is_end in zip(phrases, begins, strict=True)
    ]
    return re.compile("|".join(expressions))
