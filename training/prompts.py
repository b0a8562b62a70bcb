"""What the model reads before it writes a translation, in training and in the pack."""

from __future__ import annotations

BEGIN, END = 2, 1
"""The pieces before a prompt and after a translation."""

PROMPTS = {
    "ar-en": "Arabic: {text}\nWords: {words}\nEnglish:",
    "en-ar": "English: {text}\nWords: {words}\nArabic:",
}
"""Direction -> prompt; ``{words}`` is the gloss of the lexicon. After it comes a space."""


def read_example(line: str) -> tuple[str, str]:
    """Return the prompt of a line of ``gloss.py``, and the translation to be written after it."""
    direction, text, translation, words = line.rstrip("\n").split("\t")
    return PROMPTS[direction].format(text=text, words=words), " " + translation
