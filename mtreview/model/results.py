"""What was computed: translations, flags, scores, and all of it for one segment."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mtreview.model.document import Segment
from mtreview.model.names import Basis, Reason, Role, Severity, Side, content_hash


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
