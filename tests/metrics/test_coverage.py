"""Which words of the English source the Arabic seems to have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.metrics._metric import Evidence
from mtreview.metrics.coverage import NAMED, Coverage, found_words
from mtreview.model import Basis, Role, Segment, Translation

SOURCE = "Cancer, tuberculosis and malaria kill patients"
BACK = Translation("1", "x", Role.BACK_TRANSLATION, "engine", "hash", ())


def score(target, source=SOURCE):
    return Coverage().score(Evidence(Segment("1", target, source=source), BACK))


def test_a_word_is_found_whatever_is_written_with_it():
    found = found_words(SOURCE, "يقتل المرضى بالسل والسرطان والملاريا")
    assert found["Cancer"] and found["tuberculosis"] and found["malaria"] and found["patients"]


def test_a_word_that_was_left_out_is_named():
    whole = score("يقتل السرطان والسل والملاريا المرضى")
    part = score("يقتل السرطان والسل المرضى")
    assert part.value < whole.value
    assert part.explanation.startswith("not found in the Arabic: ")
    assert "malaria" in part.explanation and "malaria" not in whole.explanation


def test_it_names_only_so_many():
    words = "cancer tuberculosis malaria hospital doctor patient river mountain king bread winter"
    said = score("مرحبا", words).explanation
    assert said.endswith("more")
    assert said.count(",") == NAMED - 1


def test_a_source_of_unknown_words_says_nothing_either_way():
    assert score("مرحبا", "Qwzx 2026").value == 0.5
    assert score("مرحبا", "Qwzx 2026").explanation == ""


@pytest.mark.parametrize("source", [None, ""])
def test_no_source_is_no_score(source):
    assert score("مرحبا", source) is None


def test_its_basis_is_the_source():
    assert score("مرحبا").basis is Basis.SOURCE


@given(st.text(), st.text(min_size=1))
def test_a_share_is_between_none_and_all(target, source):
    assert 0 < score(target, source).value < 1
