"""The bilingual lexicon: what words usually are in the other language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.errors import MtReviewError
from mtreview.text.lexicon import WORDS, Lexicon, arabic_keys, english_keys, lexicon

ARABIC = Lexicon(
    WORDS["ar"],
    {"السل": "tuberculosis", "~سرطان": "cancer", "~باحث": "researcher", "باحثون": "researchers"},
)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("والسرطان", "~سرط"),
        ("للبلاد", "~بلاد"),
        ("مدرسته", "~مدرس"),
        ("إلى", "~الي"),
        ("من", "~من"),
        ("الأرض", "~ارض"),
    ],
)
def test_an_arabic_word_is_also_looked_up_by_its_stem(word, stem):
    assert arabic_keys(word)[1] == stem


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("Diseases", ("diseases", "~diseas")),
        ("disease", ("disease", "~diseas")),
        ("classes", ("classes", "~class")),
        ("US", ("us", "~us")),
        ("UN-backed", ("un-backed", "~un-back")),
    ],
)
def test_an_english_word_is_also_looked_up_by_its_stem(word, keys):
    assert english_keys(word) == keys


def test_a_name_is_found_behind_what_is_written_with_it():
    names = Lexicon(WORDS["ar"], {"انقره": "Ankara", "~انقر": "click"})
    assert names.gloss("لأنقرة") == names.gloss("وأنقرة") == "Ankara"
    assert names.gloss("انقروا") == ""
    assert names.gloss("انقرها") == "click"


def test_a_future_verb_is_found_by_its_present_unless_it_has_an_entry():
    verbs = Lexicon(WORDS["ar"], {"نعود": "return", "~سنعود": "systemctl", "ستار": "curtain"})
    assert verbs.gloss("وسنعود") == verbs.gloss("سنعود") == "return"
    assert verbs.gloss("ستار") == "curtain"
    assert verbs.gloss("سنعودها") == "systemctl"


def test_a_gloss_keeps_the_order_and_says_nothing_twice():
    assert ARABIC.gloss("السل، والسل والباحثين باحثون!") == "tuberculosis researcher researchers"


def test_a_gloss_of_what_it_does_not_know_is_empty():
    assert ARABIC.gloss("Reuters 2026 🙂 مرحبا") == ""


PHRASES = Lexicon(
    WORDS["ar"],
    {
        **{"الحرب البارده": "Cold War", "حرب البارده": "Cold War", "البارده": "cold"},
        **{"بالاضافه الي": "in addition to", "قرن": "century", "القرن التاسع عشر": "19th century"},
        **{"القرن التاسع": "9th century", "عشر": "ten", "ومره اخري": "and again", "حرب": "war"},
    },
)


@pytest.mark.parametrize(
    ("text", "gloss"),
    [
        ("الحرب الباردة", "Cold War"),
        ("وللحرب الباردة", "Cold War"),
        ("حرب باردة", "war"),
        ("القرن التاسع عشر", "19th century"),
        ("القرن التاسع. عشر", "9th century ten"),
        ("القرن، التاسع عشر", "century ten"),
        ("وبالإضافة إلى الحرب", "in addition to war"),
        ("مرة أخرى ومرة أخرى", "and again"),
        ("القرن التاسع والقرن التاسع", "9th century"),
    ],
)
def test_the_longest_phrase_stands_before_its_words(text, gloss):
    assert PHRASES.gloss(text) == gloss


def test_an_english_phrase_is_found_in_any_letters():
    lexicon = Lexicon(WORDS["en"], {"interest rates": "أسعار الفائدة", "rates": "معدلات"})
    assert lexicon.gloss("Interest Rates rose") == "أسعار الفائدة"
    assert lexicon.gloss("interest, rates") == "معدلات"


@given(st.text(), st.sampled_from(sorted(WORDS)))
def test_the_runs_of_a_text_hold_all_its_words(text, language):
    rules = WORDS[language]
    assert [word for run in rules.phrases(text) for word in run] == list(rules.of(text))


@given(st.text())
def test_a_gloss_holds_only_entries(text):
    for language in WORDS:
        lexicon = Lexicon(WORDS[language], {"~sail": "أبحر", "في": "in"})
        assert set(lexicon.gloss(text).split()) <= {"أبحر", "in"}


@given(st.text(min_size=1))
def test_a_key_is_never_empty(word):
    for rules in WORDS.values():
        assert all(rules.keys(word))


@pytest.mark.parametrize("entry", ["one\ttwo\tthree", "no tab"])
def test_a_damaged_entry_is_an_error(entry):
    with pytest.raises(MtReviewError, match="no entry of a lexicon"):
        Lexicon.of(["كتاب\tbook", entry], "ar")


def test_a_language_without_rules_is_an_error():
    with pytest.raises(MtReviewError, match="rules for ar, en"):
        Lexicon.of([], "fr")


def test_a_lexicon_that_does_not_come_with_mtreview_is_an_error():
    with pytest.raises(MtReviewError, match="word list is missing"):
        lexicon("ar", "fr")


def test_the_lexicons_that_come_with_mtreview_know_words_of_news():
    arabic, english = lexicon("ar", "en"), lexicon("en", "ar")
    words = arabic.gloss("التقى دبلوماسيون من روسيا في إسطنبول لمناقشة السرطان")
    assert {"Russia", "Istanbul", "cancer"} <= set(words.replace("/", " ").split())
    assert arabic.gloss("الحرب الباردة") == "Cold War"
    assert "السرطان" in english.gloss("cancer").split("/")
    assert all(arabic.entries) and all(english.entries)


def test_a_signature_tells_two_lexicons_apart():
    one, other = (Lexicon.of([f"~سرطان\t{word}"], "ar") for word in ("cancer", "crab"))
    assert one.signature != other.signature
