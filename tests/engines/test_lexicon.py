"""The bilingual lexicon, and how a prompt shows its words to a language model."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.engines._lexicon import WORDS, Lexicon, arabic_keys, english_keys, read_lexicon
from mtreview.engines._pack import Pack
from mtreview.engines.open import open_engine
from mtreview.errors import ModelError

ARABIC = Lexicon(
    WORDS["ar"],
    {"السل": "tuberculosis", "~سرطان": "cancer", "~باحث": "researcher", "باحثون": "researchers"},
)
PLAIN = 'prompt = "Arabic: {text}\\nEnglish:"'


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


def test_a_gloss_keeps_the_order_and_says_nothing_twice():
    assert ARABIC.gloss("السل، والسل والباحثون باحثون!") == "tuberculosis researcher researchers"


def test_a_gloss_of_what_it_does_not_know_is_empty():
    assert ARABIC.gloss("Reuters 2026 🙂 مرحبا") == ""


@given(st.text())
def test_a_gloss_holds_only_entries(text):
    for language in WORDS:
        lexicon = Lexicon(WORDS[language], {"~sail": "أبحر", "في": "in"})
        assert set(lexicon.gloss(text).split()) <= {"أبحر", "in"}


@given(st.text(min_size=1))
def test_a_key_is_never_empty(word):
    for rules in WORDS.values():
        assert all(rules.keys(word))


@pytest.mark.parametrize("text", ["one\ttwo\tthree\n", "no tab\n", b"\xff\tx\n"])
def test_a_damaged_lexicon_is_an_error(tmp_path, text):
    file = tmp_path / "lexicon.tsv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ModelError, match="cannot read the lexicon"):
        Lexicon.read(file, "ar")


def test_a_language_without_rules_is_an_error(tmp_path):
    with pytest.raises(ModelError, match="lexicons of ar, en"):
        read_lexicon(tmp_path / "lexicon.tsv", "fr")


@pytest.fixture
def with_lexicon(tiny_pack, tmp_path):
    """Return a function that copies the tiny language model with another prompt and lexicon."""

    def copied(prompt, entries="سلام\tPeace\nكتاب\tbook\n"):
        folder = tmp_path / "pack"
        shutil.copytree(tiny_pack("gemma").path, folder)
        if entries is not None:
            (folder / "lexicon.tsv").write_text(entries, encoding="utf-8")
        file = folder / "pack.toml"
        text = file.read_text(encoding="utf-8")
        assert PLAIN in text
        lines = f'prompt = "{prompt}"\nlexicon = "lexicon.tsv"'
        file.write_text(text.replace(PLAIN, lines), encoding="utf-8")
        return folder

    return copied


def test_the_prompt_shows_the_words(with_lexicon, tiny):
    folder = with_lexicon("Arabic: {text}{words}\\nEnglish:")
    assert Pack.load(folder).direction("ar", "en").lexicon == "lexicon.tsv"
    engine = open_engine(str(folder), "ar", "en")
    layout = engine._layout
    shown = layout.tokenizers[0].spell(layout.encode_source("كتاب جديد"))[0]
    assert "كتاب جديدbook\nEnglish:" in shown
    assert layout.source_length("كتاب جديد") < len(layout.encode_source("كتاب جديد"))
    unknown = tiny.PAIRS[3]
    assert engine.translate([unknown[0]])[0].text == unknown[1]


def test_a_text_is_never_taken_for_a_place(with_lexicon):
    folder = with_lexicon("Arabic: {text}{words}\\nEnglish:")
    layout = open_engine(str(folder), "ar", "en")._layout
    shown = layout.tokenizers[0].spell(layout.encode_source("سلام {words} {text}"))[0]
    assert "{words} {text}Peace" in shown


def test_a_prompt_without_a_place_for_the_words_is_an_error(with_lexicon):
    with pytest.raises(ModelError, match=r"no \{words\} for its lexicon"):
        open_engine(str(with_lexicon("Arabic: {text}\\nEnglish:")), "ar", "en")


def test_a_missing_lexicon_is_an_error(with_lexicon):
    folder = with_lexicon("Arabic: {text}{words}\\nEnglish:", entries=None)
    with pytest.raises(ModelError, match="cannot read the lexicon"):
        open_engine(str(folder), "ar", "en")
