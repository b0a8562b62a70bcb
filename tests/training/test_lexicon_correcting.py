"""Written entries stand before the counted ones."""

import gzip

import pytest

from mtreview.text.lexicon import Lexicon
from mtreview.text.resources import entries

COUNTED = {
    "المحافظين": "wallets",
    "محافظين": "wallets",
    "~محافظ": "wallet",
    "بالي": "Bali",
    "والي": "governor",
    "~ضرب": "multiplication",
    "علي": "Ali",
    "~علي": "Ali",
}


@pytest.fixture
def correcting(script):
    return script("correct")


def corrected(correcting, written, counted=COUNTED, language="ar", names=None, phrases=None):
    found = correcting.correct(dict(counted), written, language, names or {}, phrases or {})
    return Lexicon.of((f"{key}\t{entry}" for key, entry in found.items()), language)


def test_a_written_entry_also_stands_for_the_word_with_its_article(correcting):
    lexicon = corrected(correcting, {"محافظين": "conservatives"})
    for word in ("محافظين", "المحافظين", "والمحافظين", "للمحافظين"):
        assert lexicon.gloss(word) == "conservatives"
    assert lexicon.gloss("محافظها") == "wallet"


def test_a_word_that_is_its_own_stem_corrects_the_stem(correcting):
    lexicon = corrected(correcting, {"ضرب": "struck"})
    assert lexicon.gloss("ضربها") == lexicon.gloss("وضربت ضرب") == "struck"


def test_a_rare_word_does_not_correct_the_stem(correcting, monkeypatch):
    monkeypatch.setattr(correcting, "FREQUENT", 1)
    lexicon = corrected(correcting, {"محافظين": "conservatives", "ضرب": "struck"})
    assert lexicon.gloss("ضرب") == "struck"
    assert lexicon.gloss("ضربها") == "multiplication"


def test_a_name_that_only_looks_like_a_preposition_and_a_word_stays(correcting):
    assert corrected(correcting, {"الي": "to"}).gloss("بالي") == "Bali"


def test_a_word_can_be_said_to_need_no_help(correcting):
    lexicon = corrected(correcting, {"علي": "-"})
    assert lexicon.gloss("على") == lexicon.gloss("عليها") == ""


def test_english_is_corrected_as_it_is_written(correcting):
    counted = {"strike": "نقر", "~strik": "نقر"}
    lexicon = corrected(correcting, {"strike": "إضراب/ضربة"}, counted, "en")
    assert lexicon.gloss("Strike") == "إضراب/ضربة"
    assert lexicon.gloss("strikes") == "نقر"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("محافظين conservatives", "no entry"),
        ("محافظين\tone/two/three", "no entry"),
        ("محافظين\t", "no entry"),
        ("محافظين\tمحافظ", "no entry"),
        ("محافظة\tprovince", "never looked up"),
        ("ضرب\tstrike\nضرب\thit", "a key twice"),
    ],
)
def test_a_wrong_line_is_named(correcting, tmp_path, line, message):
    file = tmp_path / "ar-en.tsv"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=message):
        correcting.read(file, "ar-en")


def test_a_name_stands_before_what_was_counted_but_not_before_a_written_word(correcting):
    names = {"والي": "Wali", "ضرب": "Darb", "علي": "Aly", "بيركوف": "Berkoff"}
    lexicon = corrected(correcting, {"علي": "-"}, names=names)
    assert lexicon.gloss("والي لبيركوف") == "Wali Berkoff"
    assert lexicon.gloss("علي") == ""
    assert lexicon.gloss("ضربها") == "multiplication"


def test_names_are_read_for_both_directions_with_two_spellings(correcting, tmp_path):
    file = tmp_path / "names.tsv"
    lines = ["حسين\tHussein", "حسين\tHussain", "حسين\tHosein", "أنطونيو\tAntónio"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    arabic, english = (correcting.read_names(file, way) for way in ("ar-en", "en-ar"))
    assert arabic == {"حسين": "Hussein/Hussain", "انطونيو": "António"}
    assert english["hussain"] == english["hosein"] == "حسين"


@pytest.mark.parametrize("line", ["حسين Hussein", "حسين\t", "Hussein\tحسين", "ابن سينا\tAvicenna"])
def test_a_wrong_name_is_named(correcting, tmp_path, line):
    file = tmp_path / "names.tsv"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"names\.tsv:1: no name"):
        correcting.read_names(file, "ar-en")


def test_a_phrase_stands_before_its_words_and_also_for_what_a_preposition_is_written_with(
    correcting, tmp_path
):
    file = tmp_path / "phrases.ar-en.tsv"
    file.write_text("الحرب الباردة\tCold War\nحرب نجوم\tstar war/star wars\n", encoding="utf-8")
    phrases = correcting.read_phrases(file, "ar-en")
    lexicon = corrected(correcting, {"حرب": "war"}, phrases=phrases)
    assert lexicon.gloss("الحرب الباردة") == lexicon.gloss("للحرب الباردة") == "Cold War"
    assert lexicon.gloss("وحرب نجوم حرب") == "star war/star wars war"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("الحرب الباردة", "no phrase"),
        ("الحرب\twar", "no phrase"),
        ("الحرب  الباردة\tCold War", "no phrase"),
        ("الحرب العالمية الثانية في أوروبا\tSecond World War in Europe", "no phrase"),
        ("الحرب الباردة\tone/two/three", "no phrase"),
        ("الحرب الباردة\tCold War\nالحرب البارده\tcold war", "a phrase twice"),
    ],
)
def test_a_wrong_phrase_is_named(correcting, tmp_path, lines, message):
    file = tmp_path / "phrases.ar-en.tsv"
    file.write_text(lines + "\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=message):
        correcting.read_phrases(file, "ar-en")


def test_all_lexicons_of_a_folder_are_corrected(correcting, tmp_path, monkeypatch):
    words = tmp_path / "words"
    words.mkdir()
    for direction, line in (("ar-en", "محافظين\tconservatives"), ("en-ar", "strike\tإضراب")):
        (words / f"{direction}.tsv").write_text(line + "\n", encoding="utf-8")
        (words / "names.tsv").write_text("حسين\tHussein\n", encoding="utf-8")
        (words / "phrases.ar-en.tsv").write_text("الحرب الباردة\tCold War\n", encoding="utf-8")
        for folder in (tmp_path / "made", tmp_path / "made" / "without-0"):
            folder.mkdir(exist_ok=True, parents=True)
            packed = correcting.pack(direction, {"~x": "y"})
            (folder / f"lexicon.{direction}.txt.gz").write_bytes(packed)
    arguments = ["correct.py", str(tmp_path / "made"), "--words", str(words)]
    monkeypatch.setattr("sys.argv", arguments)
    correcting.main()
    correcting.main()  # a second time changes nothing more
    for folder in (tmp_path / "made", tmp_path / "made" / "without-0"):
        text = gzip.decompress((folder / "lexicon.ar-en.txt.gz").read_bytes()).decode()
        assert entries(text) == (
            *("~x\ty", "الحرب البارده\tCold War", "حرب البارده\tCold War"),
            *("حسين\tHussein", "محافظين\tconservatives"),
        )


def test_the_words_that_ship_are_entries(correcting):
    for direction in ("ar-en", "en-ar"):
        assert correcting.read(correcting.HERE / "words" / f"{direction}.tsv", direction)
        assert correcting.read_names(correcting.HERE / "words" / "names.tsv", direction)
    assert correcting.read_phrases(correcting.HERE / "words" / "phrases.ar-en.tsv", "ar-en")
