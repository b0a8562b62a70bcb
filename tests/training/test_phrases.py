"""The list of phrases that hold together."""

from mtreview.text.lexicon import Lexicon

KNOWN = Lexicon.of(["الحرب\twar", "~بارد\tcold", "مجلس الامن\tSecurity Council"], "ar")
COLD_WAR = ["انتهت الحرب الباردة.", "قبل الحرب الباردة", "بعد الحرب الباردة", "الحرب الباردة، إذن"]
OTHERS = ["هذا بيت كبير", "ذلك رجل كبير", "تلك مدينة أخرى", "هنا كتاب جديد", "زار البلد أمس"]


def test_words_that_stand_together_more_often_than_by_chance_are_listed(script):
    lines = script("phrases").listed([*COLD_WAR, *OTHERS], KNOWN, 3)
    assert lines == ["الحرب البارده\twar cold\t4"]


def test_what_stands_together_by_chance_is_not_listed(script):
    words = ["في", "بيت", "كبير"]
    lines = [f"{a} {b} {c}" for a in words for b in words for c in words]
    assert script("phrases").listed(lines, KNOWN, 2) == []


def test_words_on_two_sides_of_a_mark_are_no_phrase(script):
    lines = ["الحرب، الباردة", "الحرب. الباردة"] * 4
    assert script("phrases").listed([*lines, *OTHERS], KNOWN, 3) == []


def test_a_part_of_a_longer_phrase_and_what_is_known_are_left_out(script):
    lines = ["وزير الخارجية الروسي"] * 4 + ["مجلس الأمن"] * 4
    listed = script("phrases").listed([*lines, *OTHERS], KNOWN, 3)
    assert [line.split("\t")[0] for line in listed] == ["وزير الخارجيه الروسي"]


def test_the_list_is_written(script, tmp_path, monkeypatch, capsys):
    (tmp_path / "text.txt").write_text("\n".join(["ضفدع الطين الأخضر"] * 20 + OTHERS), "utf-8")
    arguments = ["phrases.py", str(tmp_path / "out.tsv"), "--text", str(tmp_path / "text.txt")]
    monkeypatch.setattr("sys.argv", arguments)
    script("phrases").main()
    assert (tmp_path / "out.tsv").read_text("utf-8").startswith("ضفدع الطين الاخضر\t")
    assert capsys.readouterr().out == "1 phrases\n"
