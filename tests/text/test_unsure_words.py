"""Words that the model was unsure of."""

import pytest

from mtreview.model import Token
from mtreview.text.unsure import LEVELS, unsure_words


def test_a_word_is_as_sure_as_its_least_likely_piece():
    tokens = (
        Token("the", -0.01, 0, 3),
        Token(" mis", -3.0, 3, 7),
        Token("sion", -0.1, 7, 11),
        Token(".", -5.0, 11, 12),
        Token("</s>", -9.0, 12, 12),
    )
    (word,) = unsure_words("the mission.", tokens)
    assert (word.text, word.start, word.end) == ("mission", 4, 11)
    assert word.percent == 5
    assert word.level == 2
    assert unsure_words("the mission.", ()) == []
    assert unsure_words("the mission.", tokens, -3.0) == []


@pytest.mark.parametrize(("log_probability", "level"), [(-1.7, 0), (-1.9, 1), (-2.6, 2), (-3.6, 3)])
def test_levels(log_probability, level):
    (word,) = unsure_words("word", [Token("word", log_probability, 0, 4)], threshold=0.0)
    assert word.level == level


def test_the_levels_grow():
    assert list(LEVELS) == sorted(LEVELS, reverse=True)
    assert LEVELS[0] < 0
