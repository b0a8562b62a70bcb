"""The values that flow through mtreview. All are frozen; a later step wraps, it never mutates.

Names come from XLIFF (document, segment, target), ITS 2.0 and MQM (flag category, severity) and
sacrebleu (score, signature). Offsets are half-open ``[start, end)`` code points of the stored text,
never of a normalised copy.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple


class SegmentKind(StrEnum):
    """What a segment is within its article. Boilerplate does not count in any average."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Role(StrEnum):
    """What a machine translation was made for."""

    BACK_TRANSLATION = "back_translation"
    ROUND_TRIP = "round_trip"


class Side(StrEnum):
    """Which text the offsets of a flag refer to."""

    TARGET = "target"
    BACK_TRANSLATION = "back_translation"


class Severity(StrEnum):
    """MQM severities, from a remark to an error that nobody may publish."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Basis(StrEnum):
    """What a score was computed against, and so what it can tell.

    ``target_only`` and ``round_trip`` never saw the English source: they show Arabic that is
    garbled, repeated or implausible, and cannot prove that something was omitted or mistranslated.
    """

    SOURCE = "source"
    REFERENCE = "reference"
    ROUND_TRIP = "round_trip"
    TARGET_ONLY = "target_only"


class Verdict(StrEnum):
    """What a reviewer decided. Decisions are appended, never changed."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    SKIP = "skip"
    DISMISS_FLAG = "dismiss_flag"
    MARK_ERROR = "mark_error"
    COMMENT = "comment"
    UNDO = "undo"

    @property
    def settles(self) -> bool:
        """Tell whether the verdict is about the segment as a whole, and so decides its state."""
        return self in (Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT, Verdict.SKIP)


class Reason(NamedTuple):
    """A reason in plain words, in the two languages of the interface."""

    english: str
    arabic: str

    def in_language(self, language: str) -> str:
        """Return the wording for a language code; English for any but Arabic.

        >>> Reason("word repeated", "كلمة مكررة").in_language("ar")
        'كلمة مكررة'
        """
        return self.arabic if language.partition("-")[0] == "ar" else self.english


def content_hash(*parts: str) -> str:
    """Return a short stable hash of texts, used to see staleness and as a cache key.

    >>> content_hash("a", "b") == content_hash("ab")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, headline or row of a document.

    Attributes:
        id: Unique within the document and stable over re-runs.
        target: The Arabic, exactly as in the document.
        source: The English that was translated, when it is known.
        reference: A human Arabic translation, when there is one.
        kind: What the segment is in the article.
        start: Where ``target`` begins in ``Document.text``, in code points.
        paragraph: Number of the paragraph (a line of a text file, a row of a table), from 0.
        notes: Remarks of the reader, such as "encoding repaired".
        columns: The other columns of the row it came from, as (name, value), kept for export.
    """

    id: str
    target: str
    source: str | None = None
    reference: str | None = None
    kind: SegmentKind = SegmentKind.BODY
    start: int = 0
    paragraph: int = 0
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def end(self) -> int:
        """Where the segment ends in ``Document.text``, exclusive."""
        return self.start + len(self.target)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    ``text[segment.start:segment.end] == segment.target`` holds for every segment, the segments do
    not overlap and come in order; what lies between them (spaces, line ends, markup) is kept in
    ``text``, so that corrected text can be written without losing a character. For tables and
    JSON lines ``text`` is the targets joined by line feeds.

    Attributes:
        original: Name of the file, as the user gave it.
        format: Id of the format that read it and can write it again.
        encoding: Python codec name that reproduces the bytes of the file.
    """

    original: str
    segments: tuple[Segment, ...]
    text: str
    source_language: str = "en"
    target_language: str = "ar"
    format: str = "text"
    encoding: str = "utf-8"

    def corrected(self, corrections: Mapping[str, str]) -> str:
        """Return ``text`` with the targets of some segments replaced.

        Args:
            corrections: New target by segment id.

        >>> d = Document("a", (Segment("1", "ab", start=1),), "(ab)")
        >>> d.corrected({"1": "c"})
        '(c)'
        """
        pieces, position = [], 0
        for segment in self.segments:
            if segment.id in corrections:
                pieces += [self.text[position : segment.start], corrections[segment.id]]
                position = segment.end
        return "".join([*pieces, self.text[position:]])

    def with_targets(self, corrections: Mapping[str, str]) -> Document:
        """Return the document as it reads with the targets of some segments replaced.

        Args:
            corrections: New target by segment id.

        >>> d = Document("a", (Segment("1", "ab", start=1), Segment("2", "c", start=4)), "(ab c)")
        >>> revised = d.with_targets({"1": "abcd"})
        >>> revised.text, revised.segments[1].start
        ('(abcd c)', 6)
        """
        segments, shift = [], 0
        for segment in self.segments:
            target = corrections.get(segment.id, segment.target)
            segments.append(replace(segment, target=target, start=segment.start + shift))
            shift += len(target) - len(segment.target)
        return replace(self, segments=tuple(segments), text=self.corrected(corrections))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a translation and the natural log of the probability the model gave it.

    ``start`` and ``end`` are offsets into the text the piece belongs to; the end-of-sentence piece
    has the empty span at the end of the text.
    """

    text: str
    log_probability: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Translation:
    """A machine translation of one segment.

    Attributes:
        engine: Signature of the engine: pack, version, direction, settings.
        of: ``content_hash`` of the text it was made from; a mismatch means it is stale.
        tokens: The pieces of ``text`` with log-probabilities; empty when the engine has none.
    """

    segment_id: str
    text: str
    role: Role
    engine: str
    of: str
    tokens: tuple[Token, ...] = ()

    def is_stale(self, text: str) -> bool:
        """Tell whether the translation was made from another text than this one."""
        return self.of != content_hash(text)


@dataclass(frozen=True, slots=True)
class Flag:
    """A suspected error, with the exact characters it is about.

    Attributes:
        category: MQM id, such as ``unpaired-marks``.
        check: Id of the check that found it.
        evidence: What was seen, for a reader who doubts: the words compared, the numbers.
        suggestion: Text that may replace ``[start, end)``, where that is safe; "" deletes it.
        excerpt: The flagged characters themselves.
        ordinal: 0 for the first flag of this check on this excerpt in the segment, 1 for the next.
    """

    segment_id: str
    side: Side
    start: int
    end: int
    category: str
    severity: Severity
    reason: Reason
    check: str
    evidence: str = ""
    suggestion: str | None = None
    excerpt: str = ""
    ordinal: int = 0

    @property
    def fingerprint(self) -> str:
        """An identity that survives a shift of offsets, for dismissals to stick."""
        return content_hash(self.check, self.side, self.excerpt, str(self.ordinal))


@dataclass(frozen=True, slots=True)
class Score:
    """A number with all that is needed to reproduce and to read it.

    Attributes:
        metric: Id of the metric, such as ``chrf``.
        value: The number; NaN when it could not be computed (then ``explanation`` says why).
        signature: Everything that reproduces it, in sacrebleu's manner.
        basis: What it was computed against.
        segment_id: None for a document or corpus score.
        interval: 95 % confidence interval, where there is one.
    """

    metric: str
    value: float
    signature: str
    basis: Basis
    segment_id: str | None = None
    interval: tuple[float, float] | None = None
    explanation: str = ""

    @property
    def is_scored(self) -> bool:
        """Tell whether there is a number."""
        return not math.isnan(self.value)

    @classmethod
    def unscored(
        cls, metric: str, signature: str, basis: Basis, why: str, segment_id: str | None = None
    ) -> Score:
        """Return the score of something that could not be scored, with the reason."""
        return cls(metric, math.nan, signature, basis, segment_id, explanation=why)


@dataclass(frozen=True, slots=True)
class Mark:
    """An error that a reviewer marked: a span of the Arabic as it was then, and what is wrong.

    Attributes:
        category: MQM id, a key of ``mtreview.mqm.ITS_TYPES``.
    """

    start: int
    end: int
    category: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer did to a segment, as it is appended to the store.

    Attributes:
        at: Time in UTC, ISO 8601.
        before: The Arabic before the decision.
        after: The Arabic after it; equal to ``before`` unless the verdict is ``edit``.
        flag: Fingerprint of the flag that was dismissed, for ``dismiss_flag``.
        revision: Number of the decision within its segment, from 1; 0 before it is stored.
        mark: The error span, for ``mark_error``; its offsets are into ``before``.
    """

    segment_id: str
    verdict: Verdict
    reviewer: str
    at: str
    before: str
    after: str
    flag: str | None = None
    comment: str = ""
    revision: int = 0
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """Everything computed for one segment.

    ``quality`` is the one 0 to 100 score (higher is better); ``scores`` are the signals behind it.
    ``forced`` and ``forced_source`` are the tokens of the Arabic with their log-probability given
    the back-translation and given the English source; None where that was not computed.
    """

    segment: Segment
    back_translation: Translation | None
    round_trip: Translation | None
    scores: tuple[Score, ...]
    flags: tuple[Flag, ...]
    quality: Score
    forced: tuple[Token, ...] | None = None
    forced_source: tuple[Token, ...] | None = None

    def score(self, metric: str) -> Score | None:
        """Return the score of one metric, or None."""
        return next((score for score in self.scores if score.metric == metric), None)


@dataclass(frozen=True, slots=True)
class Review:
    """A scored document with the decisions taken so far: what report, page and exporters read."""

    document: Document
    results: tuple[SegmentResult, ...]
    decisions: tuple[Decision, ...] = ()
    scores: tuple[Score, ...] = field(default=())

    def current_targets(self) -> dict[str, str]:
        """Return the Arabic of each edited segment as it stands, undone edits taken back."""
        targets: dict[str, str] = {}
        for segment_id, decisions in self._standing().items():
            edits = [d for d in decisions if d.verdict is Verdict.EDIT]
            if edits:
                targets[segment_id] = edits[-1].after
        return targets

    def states(self) -> dict[str, Verdict]:
        """Return the last verdict that stands on each segment decided as a whole."""
        return {
            segment_id: decision.verdict
            for segment_id, decisions in self._standing().items()
            for decision in decisions
            if decision.verdict.settles
        }

    def dismissals(self) -> dict[str, frozenset[str]]:
        """Return the fingerprints of the dismissed flags of each segment that has any."""
        return {
            segment_id: frozenset(found)
            for segment_id, decisions in self._standing().items()
            if (found := [d.flag for d in decisions if d.flag is not None])
        }

    def state(self, segment_id: str) -> Verdict | None:
        """Return the last verdict that stands on a segment; for many ask ``states`` once."""
        return self.states().get(segment_id)

    def dismissed(self, segment_id: str) -> frozenset[str]:
        """Return the dismissed flags of a segment; for many ask ``dismissals`` once."""
        return self.dismissals().get(segment_id, frozenset())

    def with_decisions(self, decisions: Sequence[Decision]) -> Review:
        """Return the review with more decisions at the end."""
        return replace(self, decisions=(*self.decisions, *decisions))

    def _standing(self) -> dict[str, list[Decision]]:
        """Return the decisions by segment, each undo having taken back the one before it."""
        standing: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            decisions = standing.setdefault(decision.segment_id, [])
            if decision.verdict is Verdict.UNDO:
                if decisions:
                    decisions.pop()
            else:
                decisions.append(decision)
        return standing
