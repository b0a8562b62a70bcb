"""Choose sentences of the Arabic Wikipedia to be translated, by a person or back by the model.

What: keeps whole, clean sentences of a common length, puts those first whose words are those of
news, and writes the best of them, shuffled, as examples without an answer (``ar-en TAB sentence
TAB``), as ``gloss.py`` and ``translate.py`` read them. Sentences that were translated already are
left out, and so are those that are spelled as people type and not as editors write («الى» for
«إلى», «التى» for «التي»): what the model is to write must be spelled well.

Why: sentences that people wrote in Arabic are what a model that writes Arabic has to learn from,
and only their English is missing.

Leaves alone: the words. Only a space before a comma or a full stop goes.

Source: the difference of logarithms of two models of words, Moore and Lewis 2010,
https://aclanthology.org/P10-2041/

Usage: wikipedia.py LINES OUTPUT --like PAIRS [--without PAIRS...] [--first N] [--held-out FILE...]
"""

from __future__ import annotations

import argparse
import collections
import math
import pathlib
import random
import re

from prepare import (
    ARABIC_LETTER,
    LATIN_LETTER,
    clean,
    is_well_spelled,
    read_held_out,
    read_pairs,
    words_of,
)

from mtreview.text.normalize import fold

SHORTEST, LONGEST = 8, 38
MOST_LATIN_LETTERS, MOST_NUMBERS = 12, 5
UNSEEN = 0.3
"""What a word that one of the two texts does not have counts there."""

WORD = re.compile(r"[\u0621-\u064a]+")
LEADING_MARKS = re.compile(r"^[\s،.\-–]+")
SPACE_BEFORE_MARK = re.compile(r"\s+(?=[.،؛؟!:])")
MARKUP = re.compile(r"[{}|\\=<>\[\]_#@]|https?:|\bص\b")
GLUED = re.compile(r"\.\.|،[^\s\d]|\.[^\s\d\"»”)]|\"\s[^\"]*\s\"")


def is_sentence(text: str) -> bool:
    """Tell whether a cleaned line is one whole sentence of prose.

    >>> is_sentence("وصل الوزير إلى المدينة أمس قبل بدء المفاوضات بيوم واحد.")
    True
    >>> is_sentence("، على واحدة من مقاطعهم التشغيلية الموسعة بأقراص ذات 45 دورة في الدقيقة ال")
    False
    """
    return (
        SHORTEST <= len(text.split()) <= LONGEST
        and text.endswith((".", "؟", "!", "»", '"'))
        and (ARABIC_LETTER.match(text) is not None or text[0] in '"«“' or text[0].isdigit())
        and len(LATIN_LETTER.findall(text)) <= MOST_LATIN_LETTERS
        and not MARKUP.search(text)
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
        and len(re.findall(r"\d+", text)) <= MOST_NUMBERS
    )


def words(text: str) -> list[str]:
    """Return the Arabic words, folded as people spell them differently."""
    return WORD.findall(fold(text))


def rank(sentences: list[str], lines: list[str], like: list[str]) -> list[str]:
    """Return the sentences, first those whose words are rather those of ``like``."""
    wanted, usual = (
        collections.Counter(word for text in texts for word in words(text))
        for texts in (like, lines)
    )
    wanted_total, usual_total = wanted.total(), usual.total()

    def likeness(sentence: str) -> float:
        ratios = [
            math.log((wanted[word] + UNSEEN) / wanted_total)
            - math.log((usual[word] + UNSEEN) / usual_total)
            for word in words(sentence)
        ]
        return sum(ratios) / max(1, len(ratios))

    return sorted(sentences, key=likeness, reverse=True)


def main() -> None:
    """Write the chosen sentences."""
    parser = argparse.ArgumentParser(description="Choose sentences to translate.")
    parser.add_argument("lines", type=pathlib.Path, help="text of Wikipedia, one sentence a line")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--like", type=pathlib.Path, nargs="+", required=True, help="pairs of news")
    parser.add_argument(
        "--without", type=pathlib.Path, nargs="*", default=[], help="pairs there are"
    )
    parser.add_argument("--held-out", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--first", type=int, default=175000, help="so many of the ranked ones")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    lines = [clean(line) for line in arguments.lines.read_text(encoding="utf-8").splitlines()]
    like = [arabic for _, arabic, _ in read_pairs(arguments.like)]
    seen = {words_of(arabic) for _, arabic, _ in read_pairs(arguments.without)}
    seen |= read_held_out(arguments.held_out)
    sentences = {}
    for line in lines:
        sentence = SPACE_BEFORE_MARK.sub("", LEADING_MARKS.sub("", line))
        if sentence and is_sentence(sentence):
            sentences.setdefault(words_of(sentence), sentence)
    ranked = rank([text for key, text in sentences.items() if key not in seen], lines, like)
    chosen = [
        sentence
        for sentence in ranked[: arguments.first]
        if is_well_spelled(sentence) and not GLUED.search(sentence)
    ]
    random.Random(arguments.seed).shuffle(chosen)
    with arguments.output.open("w", encoding="utf-8") as stream:
        stream.writelines(f"ar-en\t{sentence}\t\n" for sentence in chosen)
    print(f"{len(lines)} lines, {len(sentences)} sentences, {len(chosen)} chosen")


if __name__ == "__main__":
    main()
