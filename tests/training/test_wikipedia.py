"""The choice of sentences to be translated."""

import pytest

NEWS = "قال الوزير إن المفاوضات بين البلدين ستبدأ غدا في العاصمة."
SHIPS = "تعد السفينة من أكبر السفن الشراعية التي بنيت في القرن الماضي."
TYPED = "قال الوزير ان المفاوضات بين البلدين ستبدأ غدا فى العاصمة."
LINES = [
    NEWS,
    SHIPS,
    TYPED,
    "، على واحدة من مقاطعهم التشغيلية الموسعة بأقراص ذات 45 دورة في الدقيقة ال",
    "وصل أمس.",
    "قال الوزير إن (المفاوضات بين البلدين ستبدأ غدا في العاصمة.",
    "كان من أعضاء المجلس في عهد الرئيس السابق ، ثم ترك السياسة .",
]


@pytest.fixture
def chosen(script, tmp_path, monkeypatch):
    """Return a function that runs the script and returns the sentences it writes."""

    def run(*options, pairs=f"written\t{NEWS}\tThe minister said so.\n"):
        (tmp_path / "lines.txt").write_text("\n".join(LINES), "utf-8")
        (tmp_path / "pairs.tsv").write_text(pairs, "utf-8")
        arguments = ["wikipedia.py", "lines.txt", "out.tsv", "--like", "pairs.tsv", *options]
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", arguments)
        script("wikipedia").main()
        written = (tmp_path / "out.tsv").read_text("utf-8").splitlines()
        assert all(line.startswith("ar-en\t") and line.endswith("\t") for line in written)
        return [line.split("\t")[1] for line in written]

    return run


def test_whole_sentences_are_chosen_and_the_space_before_a_mark_goes(chosen):
    tidy = "كان من أعضاء المجلس في عهد الرئيس السابق، ثم ترك السياسة."
    assert sorted(chosen()) == sorted([NEWS, SHIPS, tidy])


def test_the_sentences_most_like_the_pairs_come_first(chosen):
    assert chosen("--first", "1") == [NEWS]


def test_what_is_translated_already_is_left_out(chosen):
    assert NEWS not in chosen("--without", "pairs.tsv")


def test_what_is_held_out_is_left_out(chosen, tmp_path):
    (tmp_path / "dev.ar").write_text(SHIPS + "\n", "utf-8")
    assert SHIPS not in chosen("--held-out", "dev.ar")


def test_arabic_that_is_typed_carelessly_is_read_and_never_written(script):
    prepare = script("prepare")
    pairs = {"wikipedia": [(NEWS, "good"), (TYPED, "bad")]}
    into_arabic = prepare.make_examples(pairs, {}, 0.0, prepare.random.Random(0))
    assert into_arabic == [("en-ar", "good", NEWS)]
    into_english = prepare.make_examples(pairs, {}, 1.0, prepare.random.Random(0))
    assert sorted(into_english) == [("ar-en", NEWS, "good"), ("ar-en", TYPED, "bad")]
