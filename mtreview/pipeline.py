"""The only place that orders the steps for a batch of segments.

    back-translate -> force -> translate the source -> round trip -> second opinion
    -> check -> score -> quality

What is forced depends on what is known. With the English source: the Arabic given the source, and
the source given the Arabic and given nothing. Without it: the Arabic given its back-translation and
given nothing. With the source, our own translation of it is compared too. What the forward engine
writes is not read, so it is greedy. The round trip tells less, so it is made only on request.

Text without a letter of the reviewed language (a residue such as ``[ad_1]``, a row of digits) is
not translated: it keeps its flags, and its scores say why they are missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mtreview.checks._check import Check, Context
from mtreview.checks._flags import flags_of, select
from mtreview.config import Config
from mtreview.engines._cached import Cache, CachedEngine
from mtreview.engines._engine import Engine, Hypothesis, Settings
from mtreview.engines.open import open_engine, open_pair
from mtreview.metrics import estimate
from mtreview.metrics._chosen import ChosenFamilies
from mtreview.metrics._family import Options, plain_metrics
from mtreview.metrics._metric import Evidence
from mtreview.model import (
    Basis,
    Document,
    Flag,
    Role,
    Score,
    Segment,
    SegmentKind,
    SegmentResult,
    Token,
    Translation,
    content_hash,
)
from mtreview.text.glossary import Glossary

VERSION: Final = 3
"""Raised whenever the same text and engines would give other results than before."""

_ARABIC: Final = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")
_LETTER: Final = re.compile(r"[^\W\d_]")

NOTHING: Final = "…"
"""A source that says nothing. It is not empty, since engines give an empty one no tokens."""

Forced = dict[str, tuple[Token, ...]]
"""Tokens by segment id."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines of one pipeline; what is not configured is None.

    Attributes:
        back: From the reviewed language to that of the source.
        forward: The other direction, for forced decoding, the round trip and pseudo-references. It
            is greedy, since nobody reads what it writes.
        second: An unrelated engine in the direction of ``back``.
    """

    back: Engine
    forward: Engine | None = None
    second: Engine | None = None

    @classmethod
    def open(cls, config: Config) -> Engines:
        """Load the engines that the configuration names.

        A pack that cannot translate forward is no error unless the configuration names it for that.

        Raises:
            ModelError: A pack is unknown, broken, or lacks the direction.
        """
        source, target, chosen = config.languages.source, config.languages.target, config.engine
        decoding = chosen.beam_size, chosen.batch_tokens, chosen.threads, chosen.device
        settings = Settings(*decoding, Glossary.load(chosen.glossary))
        back, forward = open_pair(chosen.pack, target, source, settings, chosen.forward)
        second = open_engine(chosen.second, target, source, settings) if chosen.second else None
        return cls(back, forward, second)

    def with_cache(self, cache: Cache) -> Engines:
        """Return the same engines, asking a cache before they translate or score."""
        return Engines(
            CachedEngine(self.back, cache),
            CachedEngine(self.forward, cache) if self.forward else None,
            CachedEngine(self.second, cache) if self.second else None,
        )


class Pipeline:
    """Turns segments into results. Checks work at once; the engines load when first needed."""

    def __init__(self, config: Config, engines: Engines | None = None) -> None:
        """Prepare the checks and metrics of a configuration.

        Args:
            config: What is chosen.
            engines: Engines that are open already; None opens those of the configuration.

        Raises:
            ConfigError: The configuration names a check or a metric that does not exist, or a
                glossary that cannot be read.
        """
        self.glossary = Glossary.load(config.engine.glossary)
        self.config = config = config.with_terms(self.glossary.lines)
        self.checks: list[Check] = select(config.checks)
        self.metrics = plain_metrics()
        options = Options(config.engine.threads, config.engine.device)
        self.families = ChosenFamilies(config.metrics, options)
        self._engines = engines
        self._cache: Cache | None = None

    @property
    def engines(self) -> Engines:
        """The engines, loaded on first use.

        Raises:
            ModelError: One cannot be loaded.
        """
        if self._engines is None:
            self._engines = Engines.open(self.config)
        return self._engines

    def use_cache(self, cache: Cache) -> None:
        """Ask a cache before translating or scoring from now on."""
        if cache is not self._cache:
            self._cache = cache
            self._engines = self.engines.with_cache(cache)
            self.families.use_cache(cache)

    def signature(self) -> str:
        """Return everything that changes results: engines, checks, severities, versions."""
        engines = self.engines
        names = [e.signature for e in (engines.back, engines.forward, engines.second) if e]
        names += ["round_trip"] if self.config.engine.round_trip else []
        names += [estimate.SIGNATURE, *self.families.signatures()]
        checks = [f"{check.id}:{check.severity}" for check in self.checks]
        options = self.config.checks.options_in_words()
        return f"mtreview:{VERSION}|{'|'.join(names)}|{content_hash(*checks, *options)}"

    def run(self, document: Document, indices: Sequence[int]) -> list[SegmentResult]:
        """Translate, score and check some segments of a document, given by position."""
        segments = [document.segments[index] for index in indices]
        evidence = self._evidence(segments)
        more = self.families.score(evidence)
        return [
            self._result(document, index, item, scores)
            for index, item, scores in zip(indices, evidence, more, strict=True)
        ]

    def flags(
        self, document: Document, index: int, back_translation: Translation | None
    ) -> tuple[Flag, ...]:
        """Return the flags of one segment, target before back-translation, by start."""
        found: list[Flag] = []
        for check in self.checks:
            options = self.config.checks.options.get(check.id, {})
            context = Context(document, index, back_translation, options)
            severity = self.config.checks.severity.get(check.id)
            found += flags_of(check, document.segments[index], context, severity)
        return tuple(sorted(found, key=lambda f: (f.side != "target", f.start, f.end, f.check)))

    def _result(
        self, document: Document, index: int, evidence: Evidence, more: Sequence[Score]
    ) -> SegmentResult:
        """Return the result of one segment from what is known of it, and scores of models."""
        segment = evidence.segment
        flags = self.flags(document, index, evidence.back_translation)
        scores = tuple(
            score
            for metric in self.metrics.values()
            if (score := metric.score(evidence)) is not None
        )
        return SegmentResult(
            segment=segment,
            back_translation=evidence.back_translation,
            round_trip=evidence.round_trip,
            scores=(*scores, *more),
            flags=flags,
            quality=_quality(segment, {score.metric: score for score in scores}, flags),
            forced=evidence.forced,
            forced_source=evidence.forced_source,
        )

    def _evidence(self, segments: Sequence[Segment]) -> list[Evidence]:
        """Run the engines over segments; those that cannot be translated stay bare."""
        evidence = {segment.id: Evidence(segment) for segment in segments}
        chosen = [segment for segment in segments if self._is_translatable(segment.target)]
        engines, targets = self.engines, [segment.target for segment in chosen]
        back = engines.back.translate(targets)
        english = [hypothesis.text for hypothesis in back]
        round_trip: Sequence[Hypothesis | None] = [None] * len(chosen)
        second = round_trip
        if engines.forward and self.config.engine.round_trip:
            round_trip = engines.forward.translate(english)
        if engines.second:
            second = engines.second.translate(targets)
        known = [segment for segment in chosen if segment.source]
        sources = [segment.source or "" for segment in known]
        forced, alone, by_source = self._forced(chosen, english, known, sources)
        recovered = _score(engines.back, known, [s.target for s in known], sources)
        put = engines.forward.translate(sources) if engines.forward else []
        own = {s.id: hypothesis.text for s, hypothesis in zip(known, put, strict=False)}
        source_alone = _score(engines.back, known, [NOTHING] * len(known), sources)
        for position, segment in enumerate(chosen):
            evidence[segment.id] = Evidence(
                segment,
                _translation(segment, back[position], Role.BACK_TRANSLATION, engines.back),
                _translation(segment, round_trip[position], Role.ROUND_TRIP, engines.forward),
                forced.get(segment.id),
                by_source.get(segment.id),
                _translation(segment, second[position], Role.BACK_TRANSLATION, engines.second),
                alone.get(segment.id),
                recovered.get(segment.id),
                source_alone.get(segment.id),
                own.get(segment.id),
            )
        return [evidence[segment.id] for segment in segments]

    def _forced(
        self,
        segments: Sequence[Segment],
        english: Sequence[str],
        known: Sequence[Segment],
        sources: Sequence[str],
    ) -> tuple[Forced, Forced, Forced]:
        """Return the Arabic forced given its back-translation, nothing, and the source.

        Args:
            segments: All segments.
            english: Their back-translations.
            known: Those whose source is known; the first two would add nothing to theirs.
            sources: The sources.
        """
        forward = self.engines.forward
        if forward is None:
            return {}, {}, {}
        pairs = [(s, text) for s, text in zip(segments, english, strict=True) if not s.source]
        rest = [segment for segment, _ in pairs]
        targets = [segment.target for segment in rest]
        return (
            _score(forward, rest, [text for _, text in pairs], targets),
            _score(forward, rest, [NOTHING] * len(rest), targets),
            _score(forward, known, sources, [segment.target for segment in known]),
        )

    def _is_translatable(self, text: str) -> bool:
        """Tell whether a text has a letter of the reviewed language."""
        letter = _ARABIC if self.config.languages.target == "ar" else _LETTER
        return letter.search(text) is not None


def _score(
    engine: Engine, segments: Sequence[Segment], sources: Sequence[str], targets: Sequence[str]
) -> Forced:
    """Force targets given sources, one for each segment; return the tokens by segment id."""
    tokens = engine.score(sources, targets)
    return {segment.id: forced for segment, forced in zip(segments, tokens, strict=True)}


def _translation(
    segment: Segment, hypothesis: Hypothesis | None, role: Role, engine: Engine | None
) -> Translation | None:
    """Return a hypothesis as the translation of a segment."""
    if hypothesis is None or engine is None:
        return None
    of = content_hash(segment.target)
    return Translation(segment.id, hypothesis.text, role, engine.signature, of, hypothesis.tokens)


def _quality(segment: Segment, scores: Mapping[str, Score], flags: Sequence[Flag]) -> Score:
    """Return the quality of a segment; boilerplate has none."""
    if segment.kind is SegmentKind.BOILERPLATE:
        return Score.unscored(
            estimate.METRIC,
            estimate.SIGNATURE,
            Basis.TARGET_ONLY,
            "boilerplate is not part of the article",
            segment.id,
        )
    return estimate.estimate(segment.id, scores, flags)
