import unicodedata

import pytest

from mtreview.text import characters
from mtreview.text.characters import has_arabic

SETS = {
    name: value
    for name, value in vars(characters).items()
    if isinstance(value, frozenset) and value
}


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_set_holds_single_characters(name: str) -> None:
    assert SETS[name]
    assert all(len(character) == 1 for character in SETS[name])


def test_tashkeel_are_combining_marks_of_the_arabic_script() -> None:
    for character in characters.TASHKEEL:
        assert unicodedata.category(character) == "Mn"
        assert unicodedata.name(character).startswith("ARABIC")


def test_all_combining_marks_of_the_main_block_are_tashkeel() -> None:
    block = characters.characters_between("\u0600", "\u06ff")
    assert {c for c in block if unicodedata.category(c) == "Mn"} <= characters.TASHKEEL


def test_letters_are_the_letters_of_the_arabic_blocks() -> None:
    for first, last in (("\u0600", "\u06ff"), ("\u0750", "\u077f"), ("\u08a0", "\u08c7")):
        block = characters.characters_between(first, last)
        assert {c for c in block if unicodedata.category(c) == "Lo"} <= characters.ARABIC_LETTERS


def test_presentation_forms_have_letters() -> None:
    for character in characters.PRESENTATION_FORMS:
        assert unicodedata.normalize("NFKC", character) != character


def test_digits_have_their_values() -> None:
    for digits in (characters.ARABIC_DIGITS, characters.EXTENDED_DIGITS, characters.WESTERN_DIGITS):
        assert sorted(unicodedata.digit(digit) for digit in digits) == list(range(10))


def test_bidi_controls_are_those_of_the_standard() -> None:
    wanted = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = {unicodedata.bidirectional(character) for character in characters.BIDI_CONTROLS}
    assert wanted <= found


def test_quotes_pair() -> None:
    assert set(characters.QUOTE_PAIRS) <= characters.OPENING_QUOTES
    assert set(characters.QUOTE_PAIRS.values()) <= characters.CLOSING_QUOTES
    assert not characters.OPENING_QUOTES & characters.CLOSING_QUOTES


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("12، ", False), ("ﻻ", True), ("aب", True)]
)
def test_has_arabic(text: str, expected: bool) -> None:
    assert has_arabic(text) is expected
