"""The lexicon that is counted out of parallel pairs, on sentences made of known words."""

import gzip
import itertools

import pytest

from mtreview.text.lexicon import Lexicon
from mtreview.text.resources import entries

SUBJECTS = [("الطبيب", "The doctor"), ("المحامي", "The lawyer"), ("المزارع", "The farmer")]
VERBS = [("زار", "visited"), ("رأى", "saw"), ("ساعد", "helped")]
OBJECTS = [("المستشفى", "the hospital"), ("المحكمة", "the court"), ("الحقل", "the field")]


def read(file, language):
    return Lexicon.of(entries(gzip.decompress(file.read_bytes()).decode()), language)


@pytest.fixture
def counting(script, monkeypatch):
    """Return the module, with no word too common for an entry."""
    lexicon = script("lexicon")
    monkeypatch.setattr(lexicon, "COMMON", {"ar": 0, "en": 0})
    return lexicon


@pytest.fixture
def pairs():
    return [
        (f"{verb[0]} {subject[0]} {thing[0]}", f"{subject[1]} {verb[1]} {thing[1]}")
        for subject, verb, thing in itertools.product(SUBJECTS, VERBS, OBJECTS)
    ]


def test_it_finds_which_word_is_which(counting, pairs, tmp_path):
    counting.write(tmp_path, pairs, [])
    found = read(tmp_path / "lexicon.ar-en.txt.gz", "ar")
    assert found.gloss("ساعد الطبيب المحكمة") == "helped doctor court"
    back = read(tmp_path / "lexicon.en-ar.txt.gz", "en")
    assert back.gloss("The farmer saw the hospital") == "المزارع رأى المستشفى"


def test_the_most_common_word_has_no_entry(counting, pairs, tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "COMMON", {"ar": 1, "en": 0})
    counting.write(tmp_path, [*pairs, ("الحقل", "the field")], [])
    found = read(tmp_path / "lexicon.ar-en.txt.gz", "ar")
    assert found.gloss("زار الطبيب الحقل") == "visited doctor"


def test_two_inflections_are_one_candidate(counting, tmp_path):
    pairs = [("سيارة", "car"), ("سيارة", "cars"), ("سيارة", "automobile")] * 3
    counting.write(tmp_path, pairs, [])
    found = read(tmp_path / "lexicon.ar-en.txt.gz", "ar")
    assert sorted(found.gloss("سيارة").split("/")) in (
        ["automobile", "car"],
        ["automobile", "cars"],
    )


def test_names_keep_their_capitals(counting, tmp_path):
    pairs = [("زار أنقرة", "He visited Ankara"), ("في أنقرة", "in Ankara"), ("أنقرة", "Ankara")]
    counting.write(tmp_path, pairs, [])
    found = read(tmp_path / "lexicon.ar-en.txt.gz", "ar")
    assert found.gloss("أنقرة") == "Ankara"


def test_a_known_name_stands_before_what_its_stem_means(counting, tmp_path):
    pairs = [
        ("انقر هنا", "click here"),
        ("انقر", "click"),
        ("انقرها", "click"),
        ("أنقرة", "Ankara"),
    ]
    counting.write(tmp_path, pairs, [("أنقرة", "Ankara")])
    found = read(tmp_path / "lexicon.ar-en.txt.gz", "ar")
    assert found.gloss("في أنقرة") == "Ankara"
    assert found.gloss("انقر") == "click"
    back = read(tmp_path / "lexicon.en-ar.txt.gz", "en")
    assert back.gloss("Ankara") == "أنقرة"


def test_an_example_belongs_to_one_fold_whatever_its_punctuation(counting):
    folds = {counting.fold_of(text, 5) for text in ("قال: نعم.", "قالَ نعم", "«قال»  نعم")}
    assert len(folds) == 1
    assert {counting.fold_of(f"نص {number}", 3) for number in range(40)} == {0, 1, 2}
