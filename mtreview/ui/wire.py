"""What the card gets to know of a segment, as plain JSON values.

Offsets are converted to UTF-16 units here, and to code points where an answer comes back; beyond
this module nothing in Python counts UTF-16.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from mtreview.checks._check import Check
from mtreview.model import (
    Basis,
    Decision,
    Flag,
    Score,
    Segment,
    SegmentResult,
    Side,
    Translation,
    Verdict,
    content_hash,
)
from mtreview.plugins import discover
from mtreview.store.values import Progress
from mtreview.text.unsure import unsure_words
from mtreview.ui.alignment import links
from mtreview.ui.causes import causes
from mtreview.ui.offsets import Units
from mtreview.ui.strings import Strings

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A segment as it stands in the store: what came in, what was computed, what was decided.

    Attributes:
        original: The segment as it came.
        target: The Arabic as it stands.
        position: Place in the document, from 0.
        result: Of the Arabic as it stands, or until that is scored of the Arabic before.
        first: The result of the machine's Arabic.
        decisions: Those on the segment that stand, in order.
        revision: Number of the last decision, undone ones included.
        state: The verdict that stands.
        dismissed: Fingerprints of the dismissed flags.
        claimed_by: Another reviewer who is at it.
        recomputing: Whether fresh results are on their way.
    """

    original: Segment
    target: str
    position: int
    result: SegmentResult | None
    first: SegmentResult | None
    decisions: Sequence[Decision]
    revision: int
    state: Verdict | None
    dismissed: frozenset[str]
    claimed_by: str | None = None
    recomputing: bool = False


def segment_record(standing: Standing, patterns: Set[tuple[str, str]], strings: Strings) -> Record:
    """Return a segment for the card.

    Args:
        standing: The segment.
        patterns: (check, excerpt) of what is dismissed wherever it occurs.
        strings: The language of the interface.
    """
    result, segment = standing.result, standing.original
    is_stale = result is None or result.segment.target != standing.target
    back = result.back_translation if result else None
    flags = result.flags if result else ()
    texts = {
        Side.TARGET: result.segment.target if result else standing.target,
        Side.BACK_TRANSLATION: back.text if back else "",
    }
    return {
        "id": segment.id,
        "position": standing.position,
        "kind_title": strings.text(f"kind.{segment.kind.value}"),
        "target": standing.target,
        "machine": segment.target,
        "source": segment.source,
        "back": back_record(back, is_stale),
        "flags": flag_records(
            [flag for flag in flags if not is_stale or flag.side is Side.BACK_TRANSLATION],
            texts,
            standing.dismissed,
            patterns,
            strings,
        ),
        "links": [] if is_stale or back is None else link_records(standing.target, back.text),
        "quality": quality_record(result.quality if result else None, flags, strings),
        "scores": [score_record(score, strings) for score in (result.scores if result else ())],
        "before": before_record(standing),
        "state": standing.state.value if standing.state else None,
        "revision": standing.revision,
        "claimed_by": standing.claimed_by,
        "stale": is_stale,
        "recomputing": standing.recomputing,
        "notes": list(segment.notes),
        "comments": [
            {"reviewer": decision.reviewer, "text": decision.comment}
            for decision in standing.decisions
            if decision.verdict is Verdict.COMMENT
        ],
        "marks": [
            mark_record(decision, strings)
            for decision in standing.decisions
            if decision.verdict is Verdict.MARK_ERROR and decision.mark
        ],
    }


def back_record(back: Translation | None, is_stale: bool) -> Record | None:
    """Return a back-translation with the words that the model was unsure of."""
    if back is None:
        return None
    units = Units(back.text)
    return {
        "text": back.text,
        "stale": is_stale,
        "unsure": [
            {
                "start": units.from_points(word.start),
                "end": units.from_points(word.end),
                "level": word.level,
            }
            for word in unsure_words(back.text, back.tokens)
        ],
    }


def link_records(target: str, back: str) -> list[Record]:
    """Return the numbers and names that stand on both sides."""
    ours, theirs = Units(target), Units(back)
    return [
        {
            "kind": link.kind,
            "target": [ours.from_points(offset) for offset in link.target],
            "back": [theirs.from_points(offset) for offset in link.back],
        }
        for link in links(target, back)
    ]


def flag_records(
    flags: Iterable[Flag],
    texts: Mapping[Side, str],
    dismissed: frozenset[str],
    patterns: Set[tuple[str, str]],
    strings: Strings,
) -> list[Record]:
    """Return flags for the card, with the offsets in UTF-16 units of the text of their side."""
    units = {side: Units(text) for side, text in texts.items()}
    checks: Mapping[str, Check] = discover("mtreview.checks", "CHECK")
    records = []
    for flag in flags:
        check = checks.get(flag.check)
        records.append(
            {
                "id": flag.fingerprint,
                "pattern": content_hash(flag.check, flag.excerpt),
                "check": flag.check,
                "side": flag.side.value,
                "start": units[flag.side].from_points(flag.start),
                "end": units[flag.side].from_points(flag.end),
                "severity": flag.severity.value,
                "severity_title": strings.text(f"severity.{flag.severity.value}"),
                "title": check.title.in_language(strings.language) if check else flag.check,
                "reason": flag.reason.in_language(strings.language),
                "evidence": flag.evidence,
                "suggestion": flag.suggestion,
                "excerpt": flag.excerpt,
                "dismissed": flag.fingerprint in dismissed
                or (flag.check, flag.excerpt) in patterns,
            }
        )
    return records


def quality_record(quality: Score | None, flags: Iterable[Flag], strings: Strings) -> Record:
    """Return the score of a segment with what it can and cannot tell."""
    basis = quality.basis if quality else Basis.TARGET_ONLY
    bounds = quality.interval if quality and quality.is_scored else None
    interval = [f"{bound:.0f}" for bound in bounds] if bounds else None
    return {
        "value": quality.value if quality and quality.is_scored else None,
        "interval": interval,
        "causes": causes(quality.explanation if quality else "", flags, strings),
        "basis_title": strings.text(f"basis.{basis.value}"),
        "basis_text": strings.text(f"basis_told.{basis.value}"),
    }


def score_record(score: Score, strings: Strings) -> Record:
    """Return one signal behind the score."""
    return {
        "title": strings.get("metric", score.metric, score.metric.replace("_", " ")),
        "value": score.value if score.is_scored else None,
        "shown": f"{score.value:.2f}" if score.is_scored else "",
        "explanation": score.explanation,
        "basis_title": strings.text(f"basis.{score.basis.value}"),
    }


def before_record(standing: Standing) -> Record | None:
    """Return what the segment was like before it was edited, if it was."""
    first = standing.first
    if first is None or standing.target == standing.original.target or not first.quality.is_scored:
        return None
    return {"quality": first.quality.value}


def mark_record(decision: Decision, strings: Strings) -> Record:
    """Return an error that a reviewer marked."""
    mark = decision.mark
    if mark is None:
        raise ValueError("the decision marks nothing")
    units = Units(decision.before)
    return {
        "reviewer": decision.reviewer,
        "start": units.from_points(mark.start),
        "end": units.from_points(mark.end),
        "excerpt": decision.before[mark.start : mark.end],
        "severity": mark.severity.value,
        "severity_title": strings.text(f"severity.{mark.severity.value}"),
        "category_title": category_title(mark.category, strings),
        "comment": decision.comment,
    }


def decision_record(decision: Decision, state: Verdict | None, strings: Strings) -> Record:
    """Return a decision that stands in the way of another."""
    return {
        "reviewer": decision.reviewer,
        "verdict_title": strings.text(f"verdict.{decision.verdict.value}"),
        "after": decision.after,
        "at": decision.at,
        "revision": decision.revision,
        "state": state.value if state else None,
    }


def progress_record(progress: Progress, strings: Strings) -> Record:
    """Return how far the review has come, as a sentence and as numbers."""
    flagged, reviewed = progress.flagged, progress.flagged_decided
    left = flagged - reviewed
    share = "–" if math.isnan(progress.share_left) else f"{100 * progress.share_left:.0f}"
    name = "coverage" if left else "coverage_done" if flagged else "coverage_none"
    text = strings.text(f"page.{name}", reviewed=reviewed, flagged=flagged, left=left, share=share)
    return {"flagged": flagged, "reviewed": reviewed, "text": text}


def category_title(category: str, strings: Strings) -> str:
    """Return what people call an MQM category."""
    return strings.get("category", category, category.replace("-", " "))
