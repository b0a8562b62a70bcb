"""Arabic letters left in the back-translation.

What: words in Arabic script in the English that the engine wrote. Why: the engine copies what it
cannot read, so the word is often misspelt or no word at all. Leaves alone: Arabic digits and
punctuation. It is a remark on the back-translation, so it is minor. Source: habit of translation
models, seen on real output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.model import Reason, Segment, Severity, Side
from mtreview.text.characters import ARABIC_LETTERS, TASHKEEL

_RUN: Final = re.compile(
    "[{letters}](?:[{letters}{marks}\\s]*[{letters}{marks}])?".format(
        letters="".join(sorted(ARABIC_LETTERS)), marks="".join(sorted(TASHKEEL))
    )
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield each run of Arabic words."""
    text = context.back_translation.text if context.back_translation else ""
    for match in _RUN.finditer(text):
        yield Finding(
            match.start(),
            match.end(),
            Reason(
                "Arabic left in the back-translation: the engine could not read it",
                "بقي في الترجمة العكسية نص عربي لم يفهمه المحرك",
            ),
            evidence=match[0],
            side=Side.BACK_TRANSLATION,
        )


CHECK = Check(
    id="back-translation-arabic",
    category="untranslated",
    severity=Severity.MINOR,
    title=Reason("Arabic in the back-translation", "عربية في الترجمة العكسية"),
    find=find,
    needs=Needs.BACK_TRANSLATION,
)
