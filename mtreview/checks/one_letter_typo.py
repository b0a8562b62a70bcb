"""A word that nobody writes, one letter away from a common one.

What: «االأيام» for «الأيام»: the word is in no list, with and without its prefixes and endings, and
with one letter less, one more or two changed over it is common. Why: slips of the hand and of the
decoder. Leaves alone: every other unknown word, because half of all sentences hold one, mostly a
name; words that sound like a name of the English source or of the back-translation; hamzas, the
dots of ya and ta marbuta; a letter put in the place of another. Source: the words of
``text/resources/frequency.ar.txt.gz``, counted from open text (``training/word_lists.py``).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._english import english_of
from mtreview.model import Reason, Segment, Severity
from mtreview.text.names import sounds_like_a_name_in
from mtreview.text.spelling import slip_of
from mtreview.text.words import arabic_words


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the misspelt words."""
    english = english_of(segment, context)
    for word in arabic_words(segment.target):
        meant = slip_of(word.text)
        if meant is None or (english and sounds_like_a_name_in(word.text, english.text)):
            continue
        yield Finding(
            word.start,
            word.end,
            Reason(
                f"unknown word, one letter away from {meant}",
                f"كلمة غير معروفة لا يفصلها عن «{meant}» إلا حرف",
            ),
            evidence=f"{word.text} ~ {meant}",
            suggestion=meant,
        )


CHECK = Check(
    id="one-letter-typo",
    category="spelling",
    severity=Severity.MINOR,
    title=Reason("Slip of one letter", "خطأ في حرف"),
    find=find,
)
