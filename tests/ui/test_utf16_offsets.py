import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.ui.offsets import Units


@given(st.text(alphabet="aب😀𐎀 ", max_size=20), st.data())
def test_offsets_are_those_of_utf_16(text, data):
    offset = data.draw(st.integers(0, len(text)))
    units = Units(text)
    expected = len(text[:offset].encode("utf-16-le")) // 2
    assert units.from_points(offset) == expected
    assert units.to_points(expected) == offset


@pytest.mark.parametrize(("given", "expected"), [(0, 0), (1, 0), (2, 1), (3, 2), (99, 2)])
def test_an_offset_within_a_character_is_that_of_the_character(given, expected):
    assert Units("😀ب").to_points(given) == expected
