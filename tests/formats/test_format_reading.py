"""What each reader makes of files as they come, and what it says of files it cannot read."""

import json
import time
from pathlib import Path

import pytest

from mtreview.errors import ConfigError, InputError
from mtreview.formats._format import ReadOptions
from mtreview.formats._limits import LINE_LIMIT
from mtreview.formats.open import read, read_bytes, read_file
from mtreview.model import SegmentKind

OPTIONS = ReadOptions()
ARTICLE = Path(__file__).parents[2] / "data" / "lemonde-istanbul-talks.ar.txt"


def targets(data: bytes | str, name: str, **options: object) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    document = read_bytes(raw, name, ReadOptions(**options))  # type: ignore[arg-type]
    return [segment.target for segment in document.segments]


# the article


def test_kinds_of_the_article() -> None:
    document = read(ARTICLE, OPTIONS)
    by_kind = {
        kind: [segment.target for segment in document.segments if segment.kind is kind]
        for kind in SegmentKind
    }
    assert by_kind[SegmentKind.BOILERPLATE] == [
        "[ad_1]",
        "جديد",
        "تطبيق Le Monde",
        "احصل على أقصى استفادة من تجربتك: قم بتنزيل التطبيق للاستمتاع بـ Le Monde باللغة الإنجليزية"
        " في أي مكان ، في أي وقت",
        "تحميل",
        "أعد استخدام هذا المحتوى",
        "[ad_2]",
        "المصدر",
    ]
    assert by_kind[SegmentKind.HEADLINE] == [
        "“العودة إلى التواصل المتحضر”",
        "“استعادة العلاقات والحوار”",
    ]
    assert len(by_kind[SegmentKind.BODY]) == 19
    assert [segment.id for segment in document.segments] == [str(n) for n in range(1, 30)]


def test_sentences_of_a_line_share_its_paragraph() -> None:
    document = read_bytes("أول. ثان.\n\nثالث.".encode(), "a.txt", OPTIONS)
    assert [(s.target, s.paragraph) for s in document.segments] == [
        ("أول.", 0),
        ("ثان.", 0),
        ("ثالث.", 1),
    ]


def test_lines_are_segments_without_splitting() -> None:
    assert targets(" أول. ثان. \nثالث.\n", "a.txt", split=False) == ["أول. ثان.", "ثالث."]


# tables


@pytest.mark.parametrize(
    ("header", "row", "source", "reference", "identifier"),
    [
        ("target", "نص", None, None, "1"),
        ("id,source,target,reference", "x7,text,نص,مرجع", "text", "مرجع", "x7"),
        ("EN,AR", "text,نص", "text", None, "1"),
        ("src;mt;ref", "text;نص;مرجع", "text", "مرجع", "1"),
        ("english|arabic", "text|نص", "text", None, "1"),
        ("source\thypothesis", "text\tنص", "text", None, "1"),
        ('"source","target"', '"te,xt",نص', "te,xt", None, "1"),
    ],
)
def test_usual_column_names(
    header: str, row: str, source: str | None, reference: str | None, identifier: str
) -> None:
    document = read_bytes(f"{header}\n{row}\n".encode(), "a.csv", OPTIONS)
    (segment,) = document.segments
    assert (segment.target, segment.source) == ("نص", source)
    assert (segment.reference, segment.id) == (reference, identifier)


def test_named_columns_win_and_the_others_are_kept() -> None:
    data = "id,mt,other,note\n1,نص أول,نص ثان,a\n".encode()
    document = read_bytes(data, "a.csv", ReadOptions(target_column="Other"))
    (segment,) = document.segments
    assert segment.target == "نص ثان"
    assert segment.columns == (("mt", "نص أول"), ("note", "a"))


def test_line_breaks_and_spaces_in_cells_are_kept() -> None:
    assert targets('ar\r\n" أ\r\nب "\r\nج\r\n', "a.csv") == [" أ\r\nب ", "ج"]


def test_stray_quotes_in_a_tab_separated_file_are_text() -> None:
    data = 'en\tar\nthe 5" pipe\t"أنبوب" كبير\n"a\t"أ\nb\tب\n"c"\tج\n'
    assert targets(data, "a.tsv") == ['"أنبوب" كبير', '"أ', "ب", "ج"]


def test_stray_quotes_that_pair_over_rows_do_not_join_them() -> None:
    assert targets('ar\ten\n"أ\tx\nب"\ty\n', "a.tsv") == ['"أ', 'ب"']


def test_quoted_cells_of_a_tab_separated_file_are_unquoted() -> None:
    assert targets('ar\ten\n"أ ""ب"""\tx\n"ج\tد"\ty\n', "a.tsv") == ['أ "ب"', "ج\tد"]


def test_repeated_and_missing_ids_become_distinct() -> None:
    document = read_bytes("id,ar\na,أ\na,ب\n,ج\na#2,د\n".encode(), "a.csv", OPTIONS)
    assert [segment.id for segment in document.segments] == ["a", "a#2", "3", "a#2#2"]
    assert document.segments[1].notes == ("the id a is repeated in the file",)


def test_blank_rows_are_left_out_but_not_untranslated_ones() -> None:
    document = read_bytes("en,ar\none,أ\n,\n\ntwo,\n".encode(), "a.csv", OPTIONS)
    assert [(s.source, s.target) for s in document.segments] == [("one", "أ"), ("two", "")]


def test_splitting_rows_takes_the_source_along_where_it_fits() -> None:
    data = (
        "id,en,ar,topic\n"
        "a,He came. He left.,جاء. ذهب.,x\n"
        "b,He came and left.,جاء. ذهب.,y\n"
        "c,He came.,جاء.,z\n"
    )
    document = read_bytes(data.encode(), "a.csv", ReadOptions(split=True))
    assert [(s.id, s.target, s.source, s.columns) for s in document.segments] == [
        ("a.1", "جاء.", "He came.", (("topic", "x"),)),
        ("a.2", "ذهب.", "He left.", (("topic", "x"),)),
        ("b.1", "جاء.", None, (("topic", "y"), ("en", "He came and left."))),
        ("b.2", "ذهب.", None, (("topic", "y"), ("en", "He came and left."))),
        ("c", "جاء.", "He came.", (("topic", "z"),)),
    ]
    assert [document.text[s.start : s.end] for s in document.segments] == [
        s.target for s in document.segments
    ]


def test_labels_in_a_table_are_no_boilerplate_but_codes_are() -> None:
    document = read_bytes("ar\nتحميل\n[ad_1]\n".encode(), "a.csv", OPTIONS)
    assert [s.kind for s in document.segments] == [SegmentKind.BODY, SegmentKind.BOILERPLATE]


# JSON lines


def test_json_lines_keep_other_values_as_json() -> None:
    line = json.dumps(
        {"id": 7, "src": "text", "mt": "نص", "n": 1.5, "tags": ["أ"], "none": None, "yes": True}
    )
    document = read_bytes(f"{line}\n\n{line}".encode(), "a.jsonl", OPTIONS)
    first, second = document.segments
    assert (first.id, second.id) == ("7", "7#2")
    assert (first.source, first.target) == ("text", "نص")
    assert first.columns == (("n", "1.5"), ("tags", '["أ"]'), ("none", ""), ("yes", "true"))


# web pages

PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}"></head><body>
<nav><a href="/">الرئيسية</a></nav><article><h1>لقاء الوزيرين في العاصمة</h1>
<p>التقى الوزيران في العاصمة يوم الخميس لمناقشة تشغيل السفارات. ثم عقدا مؤتمرا صحفيا قصيرا.</p>
<figure><img src="a.jpg"><figcaption>الوزيران في مقر الوزارة بالعاصمة</figcaption></figure>
<p>وقال <b>المتحدث</b> باسم الوزارة إن المحادثات<br>جرت في جو إيجابي وإنها ستستمر غدا.</p>
<h2>خطوات لاحقة</h2>
<ul><li>فتح السفارات في العاصمتين خلال شهر واحد<ul><li>ثم القنصليات</li></ul>بعد ذلك</li></ul>
<p>اقرأ أيضا: لقاء آخر</p>
</article><footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<q>لن ننسحب <b>أبدا</b></q>", "“لن ننسحب أبدا”"),
        ("<code>--encoding</code>", "--encoding"),
        ("<code><span>a</span> = 1</code>", "a = 1"),
    ],
)
def test_quotations_and_code_stay_in_their_sentence(marked: str, plain: str) -> None:
    old = "التقى الوزيران في العاصمة يوم الخميس"
    page = PAGE.format(charset="utf-8").replace(old, f"قال الوزيران {marked} يوم الخميس")
    document = read_bytes(page.encode(), "a.html", OPTIONS)
    assert document.segments[1].target.startswith(f"قال الوزيران {plain} يوم الخميس لمناقشة")


@pytest.mark.parametrize("codec", ["utf-8", "windows-1256", "utf-16"])
def test_article_of_a_page(codec: str) -> None:
    document = read_bytes(PAGE.format(charset=codec).encode(codec), "a.html", OPTIONS)
    assert [(s.kind.value, s.target) for s in document.segments] == [
        ("headline", "لقاء الوزيرين في العاصمة"),
        ("body", "التقى الوزيران في العاصمة يوم الخميس لمناقشة تشغيل السفارات."),
        ("body", "ثم عقدا مؤتمرا صحفيا قصيرا."),
        ("caption", "الوزيران في مقر الوزارة بالعاصمة"),
        ("body", "وقال المتحدث باسم الوزارة إن المحادثات"),
        ("body", "جرت في جو إيجابي وإنها ستستمر غدا."),
        ("headline", "خطوات لاحقة"),
        ("body", "فتح السفارات في العاصمتين خلال شهر واحد"),
        ("body", "ثم القنصليات"),
        ("body", "بعد ذلك"),
        ("boilerplate", "اقرأ أيضا: لقاء آخر"),
    ]


# what cannot be read


def test_a_huge_line_is_refused_at_once() -> None:
    data = "نص ".encode() * 10_000_000
    begin = time.monotonic()
    with pytest.raises(InputError, match="line 1: the line is longer than 1,000,000 characters"):
        read_bytes(data, "a.txt", OPTIONS)
    assert time.monotonic() - begin < 5


def test_the_longest_lines_are_read() -> None:
    line = "كلمة " * (LINE_LIMIT // 5)
    text = "\r".join(["نص"] * 10 + [line, line])
    document = read_bytes(text.encode(), "a.txt", ReadOptions(split=False))
    assert len(document.segments) == 12
    with pytest.raises(InputError, match="line 2: the line is longer"):
        read_bytes(f"نص\n{line}.".encode(), "a.txt", ReadOptions(split=False))


REFUSED: list[tuple[str, bytes, ReadOptions, str]] = [
    ("a.txt", b"", OPTIONS, "the file is empty"),
    ("a.txt", b" \n\t\r\n", OPTIONS, "nothing but white space"),
    ("a.txt", b"\xef\xbb\xbf\n", OPTIONS, "nothing but white space"),
    ("a.txt", b"\xff\xfe\n\x00", OPTIONS, "nothing but white space"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", OPTIONS, "not a text but a PNG image"),
    ("a.txt", b"%PDF-1.7\n", OPTIONS, "a PDF document"),
    ("a.txt", b"PK\x03\x04....word/document.xml", OPTIONS, r"a Word document \(.docx\)"),
    ("a.csv", b"PK\x03\x04....xl/workbook.xml", OPTIONS, r"an Excel workbook \(.xlsx\)"),
    ("a.txt", b"PK\x03\x04....", OPTIONS, "a ZIP archive"),
    ("a.txt", "نص".encode() + b"\x00\x01\x02", OPTIONS, "holds binary data"),
    ("a.txt", "Il a déclaré que".encode("cp1252"), OPTIONS, "the encoding cannot be told"),
    ("a.txt", "Министр заявил".encode("cp1251"), OPTIONS, "the encoding cannot be told"),
    ("a.txt", "الوزير".encode() + b"\xff", OPTIONS, "the encoding cannot be told"),
    ("a.txt", b"\xef\xbb\xbf\xff\xff", OPTIONS, "damaged: it begins as UTF-8"),
    ("a.txt", "نص".encode("utf-16") + b"\x00", OPTIONS, "damaged: it begins as UTF-16"),
    ("a.txt", "نص".encode(), ReadOptions(encoding="klingon"), "'klingon' is not known"),
    ("a.txt", "نص".encode(), ReadOptions(encoding="ascii"), "the byte at 0 does not fit"),
    ("a.txt", b"Only English here.", OPTIONS, "no Arabic letters .* “Only English here.”"),
    ("a.docx", "نص".encode(), OPTIONS, r"no known format has the ending '.docx'.*\.jsonl"),
    ("a", "نص".encode(), OPTIONS, "the name has no ending"),
    ("a.csv", "id,txt\n1,نص\n".encode(), OPTIONS, "there are 'id', 'txt'.*Arabic text is in 'txt'"),
    ("a.csv", b"id,txt\n1,x\n", OPTIONS, "there are 'id', 'txt'"),
    ("a.csv", "id,arab\n1,نص\n".encode(), ReadOptions(target_column="arabic"), "mean 'arab'"),
    ("a.csv", "id,ar\n1,نص\n".encode(), ReadOptions(source_column="src"), "no column 'src'"),
    ("a.csv", "id,ar\n1,نص,x\n".encode(), OPTIONS, "line 2: the row has 3 cells, and the header 2"),
    ("a.csv", 'id,ar\n1,"نص\n'.encode(), OPTIONS, "not a table of values"),
    ("a.csv", b"id,ar\n", OPTIONS, "the table has no rows"),
    ("a.csv", b",\n,", OPTIONS, "the table is empty"),
    ("a.jsonl", '{"ar":"نص"}\n{"ar":}'.encode(), OPTIONS, "line 2: not JSON .*column 7"),
    ("a.jsonl", '{"ar":"نص"}\n["نص"]'.encode(), OPTIONS, "line 2: the line is no JSON object"),
    ("a.jsonl", b'{"ar":"\\ud800"}', OPTIONS, "line 1: half of a surrogate pair"),
    ("a.jsonl", b'{"ar":' + b"[" * 100_000, OPTIONS, "line 1: .*nesting too large"),
    ("a.jsonl", b'{"ar":' + b"1" * 10_000 + b"}", OPTIONS, "line 1: a number"),
    ("a.jsonl", '{"text":"نص"}'.encode(), OPTIONS, "there are 'text'"),
    ("a.html", b"<html><body></body></html>", OPTIONS, "no article in the page"),
    ("a.html", "<p>نص".encode(), OPTIONS, "no article in the page"),
    ("a.html", ("<div>" * 5_000 + "نص").encode(), OPTIONS, "no article|nested too deeply"),
]


@pytest.mark.parametrize(("name", "data", "options", "message"), REFUSED)
def test_refused_in_one_line(name: str, data: bytes, options: ReadOptions, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_bytes(data, name, options)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "named", "encoding"),
    [
        ("\ufeffنص".encode("utf-16-be"), "utf-16", "utf-16-be"),
        ("\ufeffنص".encode("utf-16-le"), "utf-16", "utf-16"),
        ("نص".encode("utf-16-le"), "utf-16", "utf-16-le"),
        ("نص".encode("cp1256"), "windows-1256", "windows-1256"),
        ("نص".encode("utf-8-sig"), "utf-8", "utf-8"),
    ],
)
def test_named_encodings_give_the_same_bytes(data: bytes, named: str, encoding: str) -> None:
    document = read_bytes(data, "a.txt", ReadOptions(encoding=named))
    assert document.encoding == encoding
    assert [segment.target for segment in document.segments] == ["نص"]
    assert document.text.encode(encoding) == data


def test_unknown_format_id() -> None:
    with pytest.raises(ConfigError, match=r"unknown format 'docx'.*csv, html, jsonl, text, tsv"):
        read_bytes("نص".encode(), "a.txt", OPTIONS, "docx")


def test_the_format_id_wins_over_the_ending() -> None:
    document = read_bytes("ar\nنص\n".encode(), "standard input", OPTIONS, "csv")
    assert document.format == "csv"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "a.txt", OPTIONS)
    with pytest.raises(InputError, match="a folder, not a file"):
        read(tmp_path, OPTIONS)
    with pytest.raises(InputError, match="cannot be read"):
        read_file(Path("a\0b"))


def test_forbidden_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="you may not read this file"):
        read(Path("a.txt"), OPTIONS)


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("mtreview.formats._not_text.SIZE_LIMIT", 1024 * 1024)
    monkeypatch.setattr("mtreview.formats.open.SIZE_LIMIT", 1024 * 1024)
    path = tmp_path / "a.txt"
    path.write_bytes("نص\n".encode() * 300_000)
    with pytest.raises(InputError, match="larger than 1 MB"):
        read(path, OPTIONS)


def test_other_target_languages_need_no_arabic() -> None:
    assert targets("Bonjour.", "a.txt", target_language="fr") == ["Bonjour."]
