"""A review of the sample article, with English and flags written by hand for some of it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest

from mtreview.model import (
    Basis,
    Decision,
    Document,
    Flag,
    Reason,
    Review,
    Role,
    Score,
    Segment,
    SegmentKind,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    Verdict,
    content_hash,
)

BOILERPLATE = ("[ad_", "جديد", "تطبيق", "احصل", "تحميل", "أعد", "المصدر")

BACK_TRANSLATIONS = {
    "التقى": (
        "Russian and American diplomats met in Istanbul on Thursday, February 27, to "
        "discuss normalizing the operation of their embassies after years of expelling "
        "each other's diplomats."
    ),
    "وقال المتحدث": (
        "Kremlin spokesman Dmitry Peskov said the talks followed an understanding reached"
        " during President Donald Trump's invitation with Russian President Vladimir "
        "Putin."
    ),
    "في حديثه خلال اجتماع": (
        "Speaking at a Thursday meeting of the Federal Security Service, Putin praised "
        'the "pragmatism and realistic vision" of the Trump administration "compared to '
        'what he described as" the stereotypes and Christian ideological clichés "of its '
        "predecessors."
    ),
    "في وقت لاحق": (
        "Later on Thursday, a State Department spokesman said the two sides had "
        "identified concrete initial steps to install the operations of the bilateral "
        "mission in these areas."
    ),
    "وقالت في أنقرة": (
        '"I am confident that the agreements will be reached and we will return to the '
        'civilized communication, which was broken by the previous administration," she '
        "said in Ankara."
    ),
}

# Start of the segment, flagged characters, check, category, severity, reasons, suggestion.
FLAGS = (
    ("التقى", "الروسيون", "calques", "unidiomatic", Severity.MINOR,
     Reason("Arabic says “الروس” for Russians", "يقال بالعربية «الروس»"), "الروس"),
    ("التقى", " ،", "punctuation-spacing", "whitespace", Severity.MINOR,
     Reason("space before a comma", "مسافة قبل الفاصلة"), "،"),
    ("وقال المتحدث", "دعوة الرئيس دونالد ترامب مع", "calques", "mistranslation", Severity.MAJOR,
     Reason("a phone call became an invitation", "ترجمت المكالمة الهاتفية بالدعوة"), None),
    ("في حديثه خلال اجتماع", "بأنه” الصور النمطية والكليشيهات الإيديولوجية المسيحي “لأسلافها",
     "unpaired-marks", "unpaired-marks", Severity.MINOR,
     Reason("the quotation marks face the wrong way", "علامتا التنصيص معكوستان"), None),
    ("في حديثه خلال اجتماع", "المسيحي", "agreement", "agreement", Severity.MAJOR,
     Reason("does not agree with the feminine noun before it", "لا توافق الاسم المؤنث قبلها"),
     "المسيحية"),
    ("في وقت لاحق", "ين الخطوات", "agreement", "agreement", Severity.CRITICAL,
     Reason("the subject of the verb needs the nominative", "الفاعل مرفوع"), None),
    ("وقالت في أنقرة", "متأكد", "speaker-gender", "agreement", Severity.MAJOR,
     Reason("a woman speaks, the adjective is masculine", "المتكلمة امرأة والصفة مذكرة"), "متأكدة"),
    ("[ad_1]", "[ad_1]", "residue", "markup", Severity.MAJOR,
     Reason("a shortcode of the publishing system", "رمز من نظام النشر"), ""),
)  # fmt: skip

LOG_PROBABILITIES = {"install": math.log(0.08), "Christian": math.log(0.3), "broken": math.log(0.2)}


@pytest.fixture
def review(article_text: str) -> Review:
    """The article, a line a segment; the back-translated segments are scored."""
    segments = []
    for number, line in enumerate(re.finditer(r"[^\n]+", article_text)):
        kind = SegmentKind.BODY
        if line.group().startswith(BOILERPLATE):
            kind = SegmentKind.BOILERPLATE
        elif line.group().startswith("“") and line.group().endswith("”"):
            kind = SegmentKind.HEADLINE
        segments.append(Segment(str(number), line.group(), None, None, kind, line.start(), number))
    results = tuple(_result(segment) for segment in segments)
    return Review(Document("lemonde-istanbul-talks.ar.txt", tuple(segments), article_text), results)


@pytest.fixture
def decide() -> Callable[..., Decision]:
    """Return a decision on a segment result."""

    def decided(
        result: SegmentResult, verdict: Verdict, after: str | None = None, flag: str | None = None
    ) -> Decision:
        before = result.segment.target
        return Decision(
            result.segment.id,
            verdict,
            "reviewer",
            "2026-01-02T03:04:05+00:00",
            before,
            before if after is None else after,
            flag=flag,
        )

    return decided


def _result(segment: Segment) -> SegmentResult:
    flags = tuple(
        _flag(segment, *specification)
        for beginning, *specification in FLAGS
        if segment.target.startswith(beginning)
    )
    english = next(
        (text for start, text in BACK_TRANSLATIONS.items() if segment.target.startswith(start)),
        None,
    )
    if english is None:
        quality = Score.unscored(
            "quality", "quality|v:1", Basis.TARGET_ONLY, "no English", segment.id
        )
        return SegmentResult(segment, None, None, (), flags, quality)
    tokens = tuple(
        Token(
            match.group(),
            LOG_PROBABILITIES.get(match.group(), math.log(0.9)),
            match.start(),
            match.end(),
        )
        for match in re.finditer(r"\w+|[^\w\s]", english)
    )
    translation = Translation(
        segment.id, english, Role.BACK_TRANSLATION, "test", content_hash(segment.target), tokens
    )
    quality = 95.0 - 12.0 * len(flags) - len(segment.target) % 7
    return SegmentResult(
        segment,
        translation,
        None,
        (
            Score("confidence", -0.83, "logprob:mean|v:1", Basis.TARGET_ONLY, segment.id),
            Score("round_trip_chrf", 48.2, "chrF2|v:2", Basis.ROUND_TRIP, segment.id),
        ),
        flags,
        Score("quality", quality, "quality|v:1", Basis.TARGET_ONLY, segment.id),
    )


def _flag(
    segment: Segment,
    excerpt: str,
    check: str,
    category: str,
    severity: Severity,
    reason: Reason,
    suggestion: str | None,
) -> Flag:
    start = segment.target.index(excerpt)
    return Flag(
        segment.id,
        Side.TARGET,
        start,
        start + len(excerpt),
        category,
        severity,
        reason,
        check,
        suggestion=suggestion,
        excerpt=excerpt,
    )
