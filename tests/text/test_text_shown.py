"""Differences join back to both texts; nothing hidden stays hidden."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.text.diff import WORD_LIMIT, Change, changes
from mtreview.text.visible import HIDDEN, JOINERS, name, pieces, visible

words = st.lists(st.sampled_from(["حدد", "الجانبين", "الجانبان", " ", "،", "the"]), max_size=12)


@given(words.map("".join), words.map("".join))
def test_the_pieces_of_a_side_join_to_its_text(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(change.before for change in found) == before
    assert "".join(change.after for change in found) == after
    assert all(change.before == change.after for change in found if change.same)
    assert all(left.same != right.same for left, right in pairwise(found))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    found = changes(before, after, ignore_case=True)
    assert "".join(change.before for change in found) == before
    assert "".join(change.after for change in found) == after


def test_a_word_with_vowel_signs_is_one_word() -> None:
    assert changes("قال مُدَرِّس", "قال مُدَرِّسة") == [
        Change("قال ", "قال ", same=True),
        Change("مُدَرِّس", "مُدَرِّسة", same=False),
    ]


def test_a_rewritten_phrase_is_one_change() -> None:
    assert changes("حدد كلا الجانبين خطوات", "حدد الطرفان الاثنان خطوات")[1] == Change(
        "كلا الجانبين", "الطرفان الاثنان", same=False
    )


def test_case_can_be_ignored() -> None:
    assert changes("The Talks", "the talks", ignore_case=True) == [
        Change("The Talks", "the talks", same=True)
    ]


def test_texts_too_long_to_match_are_one_change() -> None:
    text = "a " * WORD_LIMIT
    assert changes(text, text + "b") == [Change(text, text + "b", same=False)]


@given(st.text(alphabet=st.characters(codec=None), max_size=30))
def test_nothing_hidden_is_left_and_the_rest_stays(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & HIDDEN
    assert "".join(pieces(text)) == text
    shown.encode("utf-8")


@pytest.mark.parametrize("character", sorted(JOINERS | set("\t\n ا")))
def test_what_shapes_honest_text_is_left_alone(character: str) -> None:
    assert visible(character) == character


def test_a_hidden_character_can_be_named() -> None:
    assert name("\N{RIGHT-TO-LEFT MARK}") == "RIGHT-TO-LEFT MARK"
    assert name("\x07") == "[U+0007]"
