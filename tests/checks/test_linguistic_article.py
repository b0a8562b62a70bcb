"""What the checks of language find in the sample article, and nothing else."""

from __future__ import annotations

from mtreview.checks._check import Context
from mtreview.checks._flags import flags_of, select
from mtreview.config import CheckSettings
from mtreview.model import Document, Segment

CHECKS = (
    *("adjective-gender", "dual-after-verb", "speaker-gender", "calques"),
    *("intransitive-object", "one-letter-typo"),
)
EXPECTED = [
    ("adjective-gender", "المسيحي"),
    ("calques", "الروسيون"),
    ("calques", "تشغيل سفاراتهم"),
    ("calques", "المحادثات اتبعت"),
    ("calques", "دعوة الرئيس دونالد ترامب مع الرئيس"),
    ("calques", "الروسيين"),
    ("calques", "خدمة الأمن الفيدرالية"),
    ("calques", "الهندسة المعمارية العالمية"),
    ("calques", "تشغيل المهام الدبلوماسية"),
    ("calques", "عمليات المهمة الثنائية"),
    ("calques", "مجلس النواب البرلماني"),
    ("calques", "محادثات الولايات المتحدة لروسيا"),
    ("calques", "ضم القرم في روسيا"),
    ("calques", "لم يكن أي من المسؤولين الأوكرانيين حاضرين"),
    ("calques", "مدى سرعة وفعالية يمكننا"),
    ("dual-after-verb", "الجانبين"),
    ("intransitive-object", "تعطلته"),
    ("speaker-gender", "متأكد"),
]


def test_the_article(article_text: str):
    segments, start = [], 0
    for number, line in enumerate(article_text.split("\n")):
        segments.append(Segment(str(number), line, start=start, paragraph=number))
        start += len(line) + 1
    document = Document("article", tuple(segments), article_text)
    found = [
        (check.id, flag.excerpt)
        for check in select(CheckSettings(enable=CHECKS))
        for index, segment in enumerate(segments)
        for flag in flags_of(check, segment, Context(document, index))
    ]
    assert found == EXPECTED
