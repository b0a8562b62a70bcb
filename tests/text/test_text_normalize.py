import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.text import characters
from mtreview.text.normalize import fold, fold_with_map, for_model, for_model_with_map

ALEF_HAMZA_DECOMPOSED = "\N{ARABIC LETTER ALEF}\N{ARABIC HAMZA ABOVE}"

ARABIC_LIKE = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            sorted(
                characters.TASHKEEL
                | characters.BIDI_CONTROLS
                | characters.ZERO_WIDTH
                | characters.PRESENTATION_FORMS
                | {characters.TATWEEL, " ", "\n", "،", ".", "أ", "ا"}
            )
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في إسطنبول يوم 27 فبراير ، لمناقشة", "في إسطنبول يوم 27 فبراير، لمناقشة"),
        ("قالَ  الرئيسُ .", "قال الرئيس."),
        ("العـــراق", "العراق"),
        ("\N{RIGHT-TO-LEFT MARK}قال\N{ZERO WIDTH SPACE} ذلك\n", "قال ذلك"),
        (ALEF_HAMZA_DECOMPOSED + "مر", "أمر"),
        ("\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM} شك", "لا شك"),
        ("\N{ARABIC FATHATAN ISOLATED FORM}", ""),
        ('“قال” «ذلك» "هنا"', '“قال” «ذلك» "هنا"'),
        ("٢٧ ۲۷ 27", "٢٧ ۲۷ 27"),
        ("بسعر .5 دولار", "بسعر .5 دولار"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_for_model(text: str, expected: str) -> None:
    assert for_model(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إِسْطَنْبُول", "اسطنبول"),
        ("مستشفى", "مستشفي"),
        ("مدرسة", "مدرسه"),
        ("٢٠٢٥", "2025"),
        ("۲۰۲۵", "2025"),
        ("Le Monde", "LE MONDE"),
        ("مسؤول", "مسوول"),
        ("ایران", "ايران"),
    ],
)
def test_fold_makes_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("سأل", "سل"), ("ماء", "ما"), ("قال ذلك", "قالذلك"), ("قال،", "قال")]
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ARABIC_LIKE)
def test_maps_point_into_the_text_in_order(text: str) -> None:
    for function in (for_model_with_map, fold_with_map):
        output, offsets = function(text)
        assert len(output) == len(offsets)
        assert offsets == sorted(offsets)
        assert all(0 <= offset < len(text) for offset in offsets)


@given(ARABIC_LIKE)
def test_kept_characters_are_at_their_offsets(text: str) -> None:
    output, offsets = for_model_with_map(text)
    for character, offset in zip(output, offsets, strict=True):
        original = unicodedata.normalize("NFKC", text[offset : offset + 2])
        assert character == text[offset] or text[offset].isspace() or character in original


@given(ARABIC_LIKE)
def test_for_model_has_nothing_left_to_remove(text: str) -> None:
    output = for_model(text)
    removed = characters.TASHKEEL | characters.BIDI_CONTROLS | characters.ZERO_WIDTH
    assert not removed & set(output)
    assert output == output.strip()
    assert "  " not in output


@given(ARABIC_LIKE)
def test_the_text_does_not_depend_on_the_map(text: str) -> None:
    assert fold(text) == fold_with_map(text)[0]
    assert for_model(text) == for_model_with_map(text)[0]


@given(ARABIC_LIKE)
def test_both_are_stable(text: str) -> None:
    assert for_model(for_model(text)) == for_model(text)
    assert fold(fold(text)) == fold(text)
