"""A small Arabic review made by hand, for the tests of exports."""

import math

from mtreview.formats._format import ReadOptions
from mtreview.formats.open import read_bytes
from mtreview.model import (
    Basis,
    Decision,
    Document,
    Flag,
    Mark,
    Reason,
    Review,
    Role,
    Score,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    Verdict,
    content_hash,
)

TABLE = """id,en,ar,desk
a1,The two sides met on Thursday.,التقى الجانبين يوم الخميس.,world
a2,Sign here: =1+1,=1+1 وقع هنا,world
a3,"He said: ""Yes"".","قال: ""نعم""، نعم.",'home
a4,It rained.,أمطرت السماء.,
a5,-,- لا,home
"""


def table_document() -> Document:
    return read_bytes(TABLE.encode(), "desk.csv", ReadOptions())


def review(document: Document) -> Review:
    """Return a review of a document of five segments, with decisions of every kind."""
    ids = [segment.id for segment in document.segments]
    first = document.segments[0]
    flag = Flag(
        segment_id=ids[0],
        side=Side.TARGET,
        start=6,
        end=14,
        category="grammar",
        severity=Severity.MAJOR,
        reason=Reason("The doer is in the wrong case.", "الفاعل في غير حالة الرفع."),
        check="dual-case",
        evidence="الجانبين",
        suggestion="الجانبان",
        excerpt=first.target[6:14],
    )
    remark = Flag(
        segment_id=ids[0],
        side=Side.TARGET,
        start=0,
        end=5,
        category="punctuation",
        severity=Severity.MINOR,
        reason=Reason("Something small.", "شيء صغير."),
        check="small",
        excerpt=first.target[:5],
    )

    def quality(index: int) -> Score:
        if index == 3:
            return Score.unscored("quality", "q|1", Basis.TARGET_ONLY, "no model", ids[index])
        return Score("quality", 61.5 + index, "q|1", Basis.TARGET_ONLY, ids[index], (50.0, 70.25))

    results = tuple(
        SegmentResult(
            segment=segment,
            back_translation=Translation(
                segment.id,
                f"Back {index}.",
                Role.BACK_TRANSLATION,
                "engine|1",
                content_hash(segment.target),
                (Token("Back", -0.5, 0, 4),),
            ),
            round_trip=None,
            scores=(Score("chrf", math.inf, "c|1", Basis.SOURCE, segment.id),),
            flags=(flag, remark) if index == 0 else (),
            quality=quality(index),
        )
        for index, segment in enumerate(document.segments[:4])
    )

    def decision(index: int, verdict: Verdict, at: str, after: str | None = None, **more: object):
        target = document.segments[index].target
        return Decision(
            ids[index], verdict, "سلمى", at, target, target if after is None else after, **more
        )

    corrected = first.target.replace("الجانبين", "الجانبان")
    return Review(
        document,
        results,
        (
            decision(0, Verdict.DISMISS_FLAG, "2026-01-02T03:04:05Z", flag=remark.fingerprint),
            decision(0, Verdict.EDIT, "2026-01-02T03:05:00Z", "خطأ", revision=1),
            decision(0, Verdict.UNDO, "2026-01-02T03:05:30Z", revision=2),
            decision(0, Verdict.EDIT, "2026-01-02T03:06:00Z", corrected, comment="رفع", revision=3),
            decision(1, Verdict.EDIT, "2026-01-02T03:07:00Z", "@وقّع هنا", revision=1),
            decision(
                2,
                Verdict.MARK_ERROR,
                "2026-01-02T03:08:00Z",
                mark=Mark(0, 3, "mistranslation", Severity.CRITICAL),
                comment="خطأ",
            ),
            decision(2, Verdict.REJECT, "2026-01-02T03:09:00Z", comment="أعد الترجمة"),
            decision(3, Verdict.ACCEPT, "2026-01-02T03:10:00Z"),
        ),
    )
