"""What a number in digits or words is taken for, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.text.numbers import quantities, unmatched

READ = [
    ("ar", "ثلاثة وعشرون ألف جندي", [23_000]),
    ("ar", "مئة وخمسة وعشرون", [125]),
    ("ar", "خمسة آلاف ومئتان وثلاثة عشر", [5_213]),
    ("ar", "ستة ملايين وثلاثمائة ألف", [6_300_000]),
    ("ar", "بين 340 مليون و500 مليون", [340_000_000, 500_000_000]),
    ("ar", "مليونان وثلاثة ملايين", [2_000_000, 3_000_000]),
    ("ar", "3 ملايين و200 ألف", [3_200_000]),
    ("ar", "الحادي والعشرون", [21]),
    ("ar", "الرابع عشر", [14]),
    ("ar", "ثلاثة وأربعة", [3, 4]),
    ("ar", "نصف مليون", [500_000]),
    ("ar", "783،562 نسمة", [783_562]),
    ("ar", "٢٧ فبراير ٢٠٢٥", [27, 2025]),
    ("ar", "25 في المئة", [25]),
    ("ar", "ثمانينيات القرن التاسع عشر", [80]),
    ("ar", "ألف كتابا بعد سنتين ولست أدري", []),
    ("en", "three hundred and fifty thousand", [350_000]),
    ("en", "twenty-three", [23]),
    ("en", "$11bn and 2.5 million", [11_000_000_000, 2_500_000]),
    ("en", "two and a half million", [2_500_000]),
    ("en", "some four dozen bases", [48]),
    ("en", "1,234,567.8", [1_234_567.8]),
    ("en", "10 000 people", [10_000]),
    ("en", "in 1998 twenty people", [1998, 20]),
    ("en", "World War II, one of two, May", []),
    ("en", "hundreds of thousands", []),
]


@pytest.mark.parametrize(("language", "text", "values"), READ)
def test_the_certain_numbers_of_a_text(language, text, values):
    assert [q.values[0] for q in quantities(text, language) if q.is_certain] == values


SAME = [
    ("في الثمانينيات", "in the 1980s"),
    ("في ثمانينيات القرن العشرين", "in the eighties"),
    ("القرن التاسع عشر", "the 1800s"),
    ("الساعة 21:30", "at 9:30 pm"),
    ("٩:٣٠ صباحا بالتوقيت المحلي (02:30)", "9:30 am local time (0230 UTC)"),
    ("مليون ونصف", "1.5 million"),
    ("لويس الرابع عشر", "Louis XIV"),
    ("1.000 كيلومتر", "1,000 km"),
    ("500 مليون", "$500m"),
    ("00,5 درجة", "0.5 degrees"),
    ("01.5 متر", "1.5 metres"),
]


@pytest.mark.parametrize(("arabic", "english"), SAME)
def test_numbers_that_are_written_in_other_ways_are_the_same(arabic, english):
    ours, theirs = quantities(arabic, "ar"), quantities(english, "en")
    assert unmatched(ours, theirs) == unmatched(theirs, ours) == []


@given(st.integers(3, 999), st.sampled_from([1, 1_000, 1_000_000]))
def test_digits_with_a_scale_word_are_read_as_written(number, scale):
    arabic = f"{number} {({1: '', 1_000: 'ألف', 1_000_000: 'مليون'})[scale]} شخص"
    english = f"{number * scale:,} people"
    assert quantities(arabic, "ar")[0].values[0] == number * scale
    assert unmatched(quantities(arabic, "ar"), quantities(english, "en")) == []


@given(st.text(alphabet="0123456789.,:،٫٬ وألفمئةtwohundredand-", max_size=40))
def test_any_text_gives_spans_within_it(text):
    for language in ("ar", "en"):
        for quantity in quantities(text, language):
            assert 0 <= quantity.start < quantity.end <= len(text)
