"""Which lines of an article are boilerplate, headlines and captions, and which only look so."""

import pytest

from mtreview.model import SegmentKind
from mtreview.text.boilerplate import is_boilerplate
from mtreview.text.kinds import line_kind, line_kinds
from mtreview.text.residue import is_residue
from mtreview.text.resources import lines


@pytest.mark.parametrize(
    "line",
    [
        "[ad_1]",
        "[/caption]",
        '[embed width="1"]',
        "[gallery ids=1,2] [/gallery]",
        "<br/>",
        "<!-- more -->",
    ],
)
def test_residue(line: str) -> None:
    assert is_residue(line)
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    ["", " ", "[1]", "[هنا]", '[caption id="a"]صورة[/caption]', "<< نص >>", "x [ad_1]", "3 < 5"],
)
def test_no_residue(line: str) -> None:
    assert not is_residue(line)


@pytest.mark.parametrize(
    "line",
    [
        "جديد",
        "تحميل",
        "تطبيق Le Monde",
        "المصدر",
        "المصدر: رويترز",
        "الْمَصْدَر :",
        "إقرأ أيضاً: قمة جديدة في الرياض",
        "اقرأ المزيد »",
        "مشاركة | طباعة | حفظ",
        "شارك هذا المقال على فيسبوك وتويتر",
        "اشترك في نشرتنا الإخبارية",
        "حمّل التطبيق الآن",
        "احصل على أقصى استفادة من تجربتك: قم بتنزيل التطبيق",
        "للمزيد قم بتنزيل التطبيق",
        "أعد استخدام هذا المحتوى",
        "© 2025 جميع الحقوق محفوظة",
        "الصحيفة 2025، جميع الحقوق محفوظة",
        "Read more",
        "https://www.example.com/a",
        "@example_news",
        "desk@example.com",
    ],
)
def test_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "المصدر الرئيسي للدخل هو السياحة.",
        "جديد الوزارة قرار ينظم العمل.",
        "أطلقت الصحيفة تطبيق Le Monde الجديد أمس.",
        "طلبت الشركة من عملائها تحميل التطبيق.",
        "تعليق صور المرشحين ممنوع.",
        "شارك الوزير في المؤتمر.",
        "نشر في العدد الأخير من المجلة بحث جديد.",
        "اشترك في الدورة عشرون فريقا.",
        "حملت تطبيقات كثيرة هذا الاسم.",
        "بحث الوزيران الوضع في المنطقة.",
        "قال إن المصدر: وزارة الخارجية.",
        "مصدر قلق / فرصة للسلام",
        "شارك المقاتلون في العملية.",
        "مصدر: الوزير يعود غدا إلى العاصمة",
        "شارك عبر الفيديو في الاجتماع وزراء المالية.",
        "اشتركوا في الدورة ثلاثة أيام.",
        "سجل الآن هدفه العشرين.",
        "حمل تطبيق القانون مخاطر كثيرة.",
        "3-2",
    ],
)
def test_article(line: str) -> None:
    assert not is_boilerplate(line)


def test_long_lines_are_article() -> None:
    assert not is_boilerplate("المصدر: " + "كلمة " * 60)


@pytest.mark.parametrize("phrase", [line for line in lines("boilerplate") if line.strip()])
def test_every_phrase_of_the_list_matches_itself(phrase: str) -> None:
    line = phrase.replace("@", "Le Monde").replace("…", "كلمة أخرى")
    assert is_boilerplate(line)
    assert is_boilerplate(phrase.replace("@", "App 2").replace("…", "").strip())


@pytest.mark.parametrize(
    "line",
    [
        "صورة: السفارة في العاصمة",
        "الصورة: رويترز",
        "الوزيران في العاصمة (رويترز)",
        "الوزيران في العاصمة (أ.ف.ب)",
        "تصوير: سالم",
        "مقر الوزارة (Reuters)",
    ],
)
def test_caption(line: str) -> None:
    assert line_kind(line) is SegmentKind.CAPTION


@pytest.mark.parametrize(
    "line", ["صورة المرأة في الأدب", "قال ذلك (رويترز) ثم نفاه.", "(رويترز) - قال"]
)
def test_no_caption(line: str) -> None:
    assert line_kind(line) is SegmentKind.BODY


PARAGRAPH = "التقى الوزيران أمس في العاصمة."
UNMARKED = "التقى الوزيران أمس في العاصمة" * 6


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], ""),
        (["عنوان", PARAGRAPH], "hb"),
        (["عنوان", "عنوان فرعي", PARAGRAPH], "hhb"),
        (["عنوان", UNMARKED], "hb"),
        (["“عنوان”", "", PARAGRAPH], "hbb"),
        (["عنوان", "[ad_1]", PARAGRAPH], "hxb"),
        ([PARAGRAPH, "عنوان", PARAGRAPH], "bhb"),
        # what follows makes a headline: not the last line, not a list
        ([PARAGRAPH, "كلمة"], "bb"),
        (["أول", "ثان", "ثالث"], "bbb"),
        (["أول", "ثان", "ثالث", "رابع", PARAGRAPH], "bbhhb"),
        # a final mark, closing quotes included, makes a sentence
        (["من فعل ذلك؟", PARAGRAPH], "bb"),
        (["قال: “نعم.”", PARAGRAPH], "bb"),
        (["المصدر", PARAGRAPH], "xb"),
        (["صورة: عنوان", PARAGRAPH], "cb"),
    ],
)
def test_headlines(texts: list[str], expected: str) -> None:
    letters = {
        SegmentKind.HEADLINE: "h",
        SegmentKind.BODY: "b",
        SegmentKind.BOILERPLATE: "x",
        SegmentKind.CAPTION: "c",
    }
    assert "".join(letters[kind] for kind in line_kinds(texts)) == expected
