"""A glossary of a house: reading it, and finding its terms in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.errors import ConfigError
from mtreview.text.glossary import ArabicText, Glossary, Term
from mtreview.text.lexicon import Lexicon

LINES = (
    "# names",
    "",
    "لافروف\tLavrov",
    "الكرملين\tthe Kremlin",
    " بوتين \t Putin ",
    "فلاديمير بوتين\tVladimir  Putin",
    "الولايات المتحدة\tUS",
    "اللاجئون\trefugee",
    "إف-16\tF-16",
    "كييف\tKyiv",
    "كيف\tKyiv",
)
GLOSSARY = Glossary.of(LINES, "terms.tsv")


def found(text: str, language: str, **how: bool) -> list[tuple[str, str]]:
    return [
        (text[start:end], "/".join(term.english for term in terms))
        for start, end, terms in GLOSSARY.find(text, language, **how)
    ]


class TestFile:
    """What a file of terms may hold."""

    def test_comments_and_spaces_do_not_count(self, tmp_path):
        path = tmp_path / "terms.tsv"
        path.write_text("\ufeff" + "\r\n".join(LINES), encoding="utf-8")
        assert Glossary.load(str(path)) == GLOSSARY
        assert len(GLOSSARY.terms) == 9
        assert Term("بوتين", "Putin") in GLOSSARY.terms
        assert Glossary.of(GLOSSARY.lines, "") == GLOSSARY

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("لافروف Lavrov", "0 tabs"),
            ("لافروف\tLavrov\tname", "2 tabs"),
            ("Lavrov\tلافروف", "no Arabic before the tab"),
            ("\tLavrov", "no Arabic before the tab"),
            ("ـ\tLavrov", "no Arabic before the tab"),
            ("لافروف\t", "no English after the tab"),
            ("لافروف\t16", "no English after the tab"),
        ],
    )
    def test_a_wrong_line_is_named_with_its_number(self, tmp_path, line, problem):
        path = tmp_path / "terms.tsv"
        path.write_text(f"# names\nالكرملين\tKremlin\n{line}\n", encoding="utf-8")
        with pytest.raises(ConfigError, match=rf"terms\.tsv:3: no term.*{problem}"):
            Glossary.load(str(path))

    @pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
    def test_what_cannot_be_read_is_an_error_of_the_configuration(self, tmp_path, content):
        path = tmp_path / "terms.tsv"
        if content:
            path.write_bytes(content)
        with pytest.raises(ConfigError, match=r"terms\.tsv: cannot read the glossary"):
            Glossary.load(str(path))

    def test_no_file_is_no_term(self):
        assert Glossary.load("") == Glossary()
        assert list(Glossary().find("نص", "ar")) == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("ولافروف للكرملين", [("ولافروف", "Lavrov"), ("للكرملين", "the Kremlin")]),
        ("قال لبوتين", [("لبوتين", "Putin")]),
        ("وفلاديمير بوتين", [("وفلاديمير بوتين", "Vladimir Putin")]),
        ("فلاديمير، بوتين", [("بوتين", "Putin")]),
        ("التين والكرمل", []),
        ("فللاجئين", [("فللاجئين", "refugee")]),
        ("بالولايات المتحدة", [("بالولايات المتحدة", "US")]),
        ("طائرة إف-16 وإف-35", [("إف-16", "F-16")]),
        ("بكييف", [("بكييف", "Kyiv")]),
    ],
)
def test_arabic_terms_are_found_with_what_is_written_before_them(text, terms):
    assert found(text, "ar") == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Kremlin's Lavrov", [("Kremlin", "the Kremlin"), ("Lavrov", "Lavrov")]),
        ("The KREMLIN", [("KREMLIN", "the Kremlin")]),
        ("VLADIMIR PUTIN", [("VLADIMIR PUTIN", "Vladimir Putin")]),
        ("Vladimir. Putin", [("Putin", "Putin")]),
        ("tell us, the US-led", [("US", "US")]),
        ("Refugees", [("Refugees", "refugee")]),
        ("F-16s, F-16, F-35", [("F-16", "F-16")]),
        ("in Kyiv", [("Kyiv", "Kyiv/Kyiv")]),
    ],
)
def test_english_terms_are_found_with_their_capitals(text, terms):
    assert found(text, "en") == terms


def test_english_as_written_has_the_same_number():
    assert found("Refugees", "en", as_written=True) == []
    assert found("A Refugee", "en", as_written=True) == [("Refugee", "refugee")]


def test_other_languages_have_no_terms():
    assert found("Lavrov", "fr") == []


def test_terms_stand_in_the_gloss_in_place_of_the_entries_of_their_words():
    arabic = Lexicon.of(["فلاديمير\tWladimir", "زار\tvisited", "مصنع\tfactory/plant"], "ar")
    text = "زار فلاديمير بوتين مصنعا للكرملين، زار بوتين"
    assert GLOSSARY.gloss(text, "ar", arabic) == "visited Vladimir Putin the Kremlin Putin"
    english = Lexicon.of(["visit\tزار", "kyiv\tكيفي"], "en")
    assert GLOSSARY.gloss("Putin: visit Kyiv", "en", english) == "بوتين زار كييف/كيف"
    assert Glossary().gloss("visit Kyiv", "en", english) == english.gloss("visit Kyiv")


@pytest.mark.parametrize(
    ("text", "term", "is_there"),
    [
        ("وزير خارجيته", "وزير الخارجية", True),
        ("رئيس وزرائها", "رئيس الوزراء", True),
        ("للرئيس الروسي بوتين", "الرئيس بوتين", True),
        ("بوتين الرئيس", "الرئيس بوتين", False),
        ("لَافْرُوف", "لافروف", True),
        ("لافرف", "لافروف", False),
        ("إف-١٦", "إف-16", True),
        ("", "لافروف", False),
    ],
)
def test_an_arabic_text_has_a_term_inflected_in_any_way(text, term, is_there):
    assert ArabicText.of(text).has(term) is is_there


def test_a_signature_tells_two_glossaries_apart():
    other = Glossary.of([*LINES, "ماكرون\tMacron"], "")
    assert GLOSSARY.signature != other.signature


PIECES = st.lists(
    st.sampled_from(("ولل", "ال", "كرملين", "بوتين", "فلاديمير", "Putin", "Vladimir", "US", "-16"))
    | st.sampled_from((" ", "'", "’", "ـ", "و", "\u0651", "\u200f", "F", "s", "ﷺ", "İ", "_", "²"))
    | st.text(max_size=2),
    max_size=20,
).map("".join)


@given(PIECES, st.sampled_from(("ar", "en")), st.booleans())
def test_matching_never_fails_and_never_overlaps(text, language, as_written):
    end = 0
    for match in GLOSSARY.find(text, language, as_written=as_written):
        assert end <= match.start < match.end <= len(text)
        assert match.terms
        end = match.end
    ArabicText.of(text).has("فلاديمير بوتين")
    GLOSSARY.gloss(text, language, Lexicon.of(["بوتين\tx", "us\ty"], language))


@given(PIECES, PIECES)
def test_whatever_is_read_as_a_term_can_be_looked_for(arabic, english):
    try:
        glossary = Glossary.of([f"{arabic}\t{english}"], "")
    except ConfigError:
        return
    for term in glossary.terms:
        assert ArabicText.of(term.arabic).has(term.arabic)
        for language in ("ar", "en"):
            list(glossary.find(f"{arabic} {english}", language))
    assert Glossary.of(glossary.lines, "") == glossary
