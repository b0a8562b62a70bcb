import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtreview.text.segment import LENGTH_LIMIT, sentences


def pieces(text: str, language: str = "ar") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


LONG_CLAUSE = "أثارت الولايات المتحدة مخاوف بشأن الوصول إلى الخدمات المصرفية والتعاقد " * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("عاد إلى بيته. ثم نام.", ["عاد إلى بيته.", "ثم نام."]),
        ("هل عاد؟ نعم! عاد…", ["هل عاد؟", "نعم!", "عاد…"]),
        ("سطر أول\r\nسطر ثان\n\nسطر ثالث", ["سطر أول", "سطر ثان", "سطر ثالث"]),
        # abbreviations and initials
        ("قال د. أحمد ذلك. ثم ذهب.", ["قال د. أحمد ذلك.", "ثم ذهب."]),
        ("عام 1445 هـ. وقال ذلك.", ["عام 1445 هـ. وقال ذلك."]),
        ("قبل 300 ق.م. تقريبا. نعم.", ["قبل 300 ق.م. تقريبا.", "نعم."]),
        ("إذاعة «ب.ب.» قالت. نعم.", ["إذاعة «ب.ب.» قالت.", "نعم."]),
        ("قالت J. K. Rowling ذلك. نعم.", ["قالت J. K. Rowling ذلك.", "نعم."]),
        ("ص. 12 من الكتاب. نعم.", ["ص. 12 من الكتاب.", "نعم."]),
        # a word that ends like an abbreviation is none
        ("رأيت المجد. ثم ذهبت.", ["رأيت المجد.", "ثم ذهبت."]),
        # a year is no list number; a list number belongs to its item
        ("كان ذلك عام 2014. ثم عاد.", ["كان ذلك عام 2014.", "ثم عاد."]),
        ("1. أولا. 2. ثانيا.", ["1. أولا.", "2. ثانيا."]),
        # a quotation that ends, and the next that begins
        ("تشجع بعض الآمال”. “هناك استعداد.”", ["تشجع بعض الآمال”.", "“هناك استعداد.”"]),
        # a year in brackets is no list item
        (
            "ولد (15 مارس 1935) ووزيرا (7 مارس 2011 - 15 مايو 2012) ثم رئيسا (3 مايو 2014).",
            ["ولد (15 مارس 1935) ووزيرا (7 مارس 2011 - 15 مايو 2012) ثم رئيسا (3 مايو 2014)."],
        ),
        # a closing bracket or a comma does not begin a sentence
        ("كشف ذلك. ، ثم عاد.", ["كشف ذلك. ، ثم عاد."]),
        ("(هل هو فعال؟ ) ثم سأل.", ["(هل هو فعال؟ ) ثم سأل."]),
        # a missing space is shown with both of its neighbours
        ("وصل الوزير أمس.وقال ذلك. ثم عاد.", ["وصل الوزير أمس.وقال ذلك.", "ثم عاد."]),
        ("قال: «هل عاد؟»وسأل. ثم عاد.", ["قال: «هل عاد؟»وسأل.", "ثم عاد."]),
        # two full stops are a pause, three may end a sentence
        ("عاجل.. زلزال يضرب البلاد. نعم.", ["عاجل.. زلزال يضرب البلاد.", "نعم."]),
        ("لا أعرف... ثم عاد.", ["لا أعرف...", "ثم عاد."]),
        # neither colon, comma nor semicolon is an end
        ("قال: نعم، لا؛ ربما", ["قال: نعم، لا؛ ربما"]),
        # a short quotation stays whole, a long one is cut
        ("قال: “نعم. ثم لا.” وذهب.", ["قال: “نعم. ثم لا.”", "وذهب."]),
        (
            f"قال: “{LONG_CLAUSE}في موسكو. من خلال المناقشات {LONG_CLAUSE}هنا.”",
            [f"قال: “{LONG_CLAUSE}في موسكو.", f"من خلال المناقشات {LONG_CLAUSE}هنا.”"],
        ),
        # a lone mark joins its neighbour
        ("قال نعم. ” ثم ذهب. …", ["قال نعم. ”", "ثم ذهب. …"]),
    ],
)
def test_arabic(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected
    assert pieces("عنوان\n" + text) == ["عنوان", *expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came. She went.", ["He came.", "She went."]),
        ("Mr. Smith came at 5 p.m. today.", ["Mr. Smith came at 5 p.m. today."]),
        (
            f"“{'We met and talked ' * 20}with Dr. Smith. Then we left.”",
            [f"“{'We met and talked ' * 20}with Dr. Smith.", "Then we left.”"],
        ),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert pieces(text, "en") == expected


WEIRD = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from('ابجدأ .؟!،“”«»"()\n\r\t12ـ\N{RIGHT-TO-LEFT MARK}\N{PILE OF POO}'),
    )
)


def assert_nothing_lost(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert position <= start < end <= position + LENGTH_LIMIT + (start - position)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@given(WEIRD)
@settings(max_examples=300)
def test_pieces_and_gaps_are_the_text(text: str) -> None:
    assert_nothing_lost(text)


@given(WEIRD, st.integers(1, 4000))
@settings(max_examples=60, deadline=None)
def test_pieces_and_gaps_of_long_text_are_the_text(text: str, times: int) -> None:
    assert_nothing_lost((text * times)[:30_000])


def test_lone_surrogates_are_kept() -> None:
    assert pieces(json.loads('"قال \\ud800. نعم."')) == ["قال \ud800.", "نعم."]


def test_windows_do_not_cut_a_sentence() -> None:
    sentence = "وقالت الوزيرة إن الاتفاق الجديد سيدخل حيز التنفيذ قريبا."
    assert pieces(" ".join([sentence] * 2_000)) == [sentence] * 2_000


@pytest.mark.parametrize("unit", ["كلمة ", "ا", "أ. ", "“", "قال. ", ". ", "“قال. ", " "])
def test_time_is_bounded_on_hostile_text(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.monotonic()
    assert_nothing_lost(text)
    assert time.monotonic() - begin < 10  # 0.7 s at worst on an idle core; quadratic took minutes
