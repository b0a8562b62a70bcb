"""The rows of the HTML report: what is shown of one segment, as plain values for the template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from mtreview.html_report.marks import (
    Highlight,
    differences,
    excerpt,
    highlighted,
    plain,
    prose,
    tooltip,
)
from mtreview.model import (
    Decision,
    Flag,
    Review,
    Score,
    SegmentKind,
    SegmentResult,
    Severity,
    Side,
    Verdict,
)
from mtreview.report import standing_flags
from mtreview.text.highlight import SEVERITY_RANKS, Span
from mtreview.text.unsure import UnsureWord, unsure_words
from mtreview.text.visible import visible

RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
)
"""Languages whose script runs from right to left."""

Words = Callable[..., str]
"""``words(key, **values)`` gives a text of the interface."""


def direction(language: str) -> str:
    """Return the direction of a language as HTML wants it.

    >>> direction("ar-EG"), direction("en")
    ('rtl', 'ltr')
    """
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """A score for people: ``level`` is None and ``value`` a dash where there is no number."""

    metric: str
    value: str
    level: float | None
    basis: str
    explanation: Markup
    signature: str

    @classmethod
    def of(cls, score: Score, words: Words) -> ScoreCell:
        """Return what is shown of a score."""
        value, level = "\N{EN DASH}", None
        if score.is_scored:
            value, level = (
                f"{score.value:,.2f}" if abs(score.value) < 10 else f"{score.value:,.1f}",
                score.value,
            )
        return cls(
            visible(score.metric),
            value,
            level,
            words(f"basis_{score.basis}") if score.is_scored else "",
            prose(score.explanation, "en"),
            visible(score.signature),
        )


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag in words, below the text it is about."""

    anchor: str
    severity: Severity
    severity_name: str
    excerpt: Markup
    language: str
    reason: Markup
    evidence: str
    suggestion: str | None
    in_back_translation: bool
    check: str
    category: str


@dataclass(frozen=True, slots=True)
class Block:
    """A further text of the segment, with its label."""

    label: str
    language: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer wrote or marked."""

    reviewer: str
    text: str
    mark: Markup | None
    severity: Severity | None
    severity_name: str
    category: str


@dataclass(frozen=True, slots=True)
class Row:
    """Everything that is shown of one segment."""

    number: int
    anchor: str
    severity: str
    kind: str
    state: str
    is_open: bool
    quality: ScoreCell
    arabic: Markup
    english: Markup | None
    english_label: str
    blocks: tuple[Block, ...]
    unsure: tuple[tuple[str, int], ...]
    flags: tuple[FlagLine, ...]
    scores: tuple[ScoreCell, ...]
    notes: tuple[str, ...]
    comments: tuple[Comment, ...]


class Rows:
    """Builds the rows of one review in one language.

    Args:
        review: The review.
        words: Texts of the interface.
        language: Code of the language of the interface.
        titles: Titles of the checks by id; an unknown check is shown by its id.
    """

    def __init__(
        self, review: Review, words: Words, language: str, titles: Mapping[str, str]
    ) -> None:
        self.words = words
        self.language = language
        self.titles = titles
        self.document = review.document
        self.numbers = {r.segment.id: n for n, r in enumerate(review.results, 1)}
        self.flags_of = standing_flags(review)
        self.states = review.states()
        self.targets = review.current_targets()
        self.standing = review.standing()

    def row(self, result: SegmentResult) -> Row:
        """Return what is shown of a segment."""
        segment, words = result.segment, self.words
        number = self.numbers[segment.id]
        flags = self.flags_of(result)
        state = self.states.get(segment.id)
        back = result.back_translation
        unsure = unsure_words(back.text, back.tokens) if back else []
        kind = "" if segment.kind is SegmentKind.BODY else words(f"kind_{segment.kind}")
        return Row(
            number=number,
            anchor=f"s{number}",
            severity=max((flag.severity for flag in flags), key=SEVERITY_RANKS.get, default=""),  # type: ignore[arg-type]
            kind=kind,
            state=words(f"state_{state or 'open'}"),
            is_open=state is None or state is Verdict.SKIP,
            quality=ScoreCell.of(result.quality, words),
            arabic=highlighted(
                segment.target, list(self._highlights(number, flags, Side.TARGET, segment.target))
            ),
            english=self._english(number, result, flags, unsure),
            english_label=self._english_label(result),
            blocks=tuple(self._blocks(result)),
            unsure=tuple((word.text, word.percent) for word in unsure),
            flags=tuple(self._flag_line(number, place, flag) for place, flag in enumerate(flags)),
            scores=tuple(ScoreCell.of(score, words) for score in result.scores),
            notes=tuple(map(visible, segment.notes)),
            comments=tuple(
                self._comment(decision)
                for decision in self.standing.get(segment.id, ())
                if decision.comment or decision.mark is not None
            ),
        )

    def _english(
        self,
        number: int,
        result: SegmentResult,
        flags: Sequence[Flag],
        unsure: Sequence[UnsureWord],
    ) -> Markup | None:
        """Return the back-translation with its flags and unsure words."""
        if result.back_translation is None:
            return None
        text = result.back_translation.text
        highlights = list(self._highlights(number, flags, Side.BACK_TRANSLATION, text))
        for word in unsure:
            look = "very-unsure" if word.level > 1 else "unsure"
            title = self.words("unsure_word", percent=word.percent)
            highlights.append(Highlight(Span(word.start, word.end), look, title))
        return highlighted(text, highlights)

    def _english_label(self, result: SegmentResult) -> str:
        """Return the label of the back-translation, which says so where it is stale."""
        label = self.words("back_translation")
        translation = result.back_translation
        if translation is not None and translation.is_stale(result.segment.target):
            return f"{label} ({self.words('stale')})"
        return label

    def _highlights(
        self, number: int, flags: Sequence[Flag], side: Side, text: str
    ) -> Iterator[Highlight]:
        """Yield the highlights of the flags of one side whose excerpt is still where they say."""
        for place, flag in enumerate(flags):
            if flag.side is side and text[flag.start : flag.end] == flag.excerpt:
                severity = self.words(f"severity_{flag.severity}")
                reason = tooltip(flag.reason.in_language(self.language), self.language)
                yield Highlight(
                    Span.of(flag), flag.severity, f"{severity}: {reason}", f"s{number}f{place}"
                )

    def _blocks(self, result: SegmentResult) -> Iterator[Block]:
        """Yield the texts beside Arabic and back-translation: correction, source, reference."""
        segment, words = result.segment, self.words
        arabic, english = self.document.target_language, self.document.source_language
        after = self.targets.get(segment.id, segment.target)
        if after != segment.target:
            old, new = differences(segment.target, after)
            yield Block(words("before"), arabic, old)
            yield Block(words("after"), arabic, new)
        if segment.source is not None:
            if result.back_translation is None:
                yield Block(words("source_alone"), english, plain(segment.source))
            else:
                back_translation = result.back_translation.text
                old, new = differences(segment.source, back_translation, ignore_case=True)
                yield Block(words("source"), english, old)
                yield Block(words("source_diff"), english, new)
        if segment.reference is not None:
            yield Block(words("reference"), arabic, plain(segment.reference))

    def _flag_line(self, number: int, place: int, flag: Flag) -> FlagLine:
        on_target = flag.side is Side.TARGET
        return FlagLine(
            anchor=f"s{number}f{place}",
            severity=flag.severity,
            severity_name=self.words(f"severity_{flag.severity}"),
            excerpt=excerpt(flag.excerpt),
            language=self.document.target_language if on_target else self.document.source_language,
            reason=prose(flag.reason.in_language(self.language), self.language),
            evidence=visible(flag.evidence),
            suggestion=None if flag.suggestion is None else visible(flag.suggestion),
            in_back_translation=not on_target,
            check=visible(self.titles.get(flag.check, flag.check)),
            category=visible(flag.category),
        )

    def _comment(self, decision: Decision) -> Comment:
        mark = decision.mark
        return Comment(
            reviewer=visible(decision.reviewer),
            text=visible(decision.comment),
            mark=None if mark is None else excerpt(decision.before[mark.start : mark.end]),
            severity=None if mark is None else mark.severity,
            severity_name="" if mark is None else self.words(f"severity_{mark.severity}"),
            category="" if mark is None else visible(mark.category),
        )
