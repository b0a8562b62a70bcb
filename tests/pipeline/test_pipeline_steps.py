"""The order of the steps, and what each segment gets."""

from __future__ import annotations

import math

import pytest

from mtreview.config import CheckSettings, Config, EngineSettings
from mtreview.errors import ConfigError, ModelError
from mtreview.model import Basis, Document, Role, Segment, SegmentKind, Severity
from mtreview.pipeline import Engines, Pipeline

TEXTS = (
    "[ad_1]",
    "التقى الدبلوماسيون في إسطنبول ، يوم الخميس",
    "تحميل",
)


@pytest.fixture
def document():
    segments, start = [], 0
    for number, text in enumerate(TEXTS):
        kind = SegmentKind.BODY if number == 1 else SegmentKind.BOILERPLATE
        segments.append(Segment(str(number), text, kind=kind, start=start, paragraph=number))
        start += len(text) + 1
    return Document("a.txt", tuple(segments), "\n".join(TEXTS))


@pytest.fixture
def engines(letter_engine):
    return Engines(letter_engine("ar", "en"), letter_engine("en", "ar"))


def test_every_sentence_is_back_translated_scored_and_flagged(document, engines):
    result = Pipeline(Config(), engines).run(document, [1])[0]
    assert result.back_translation.role is Role.BACK_TRANSLATION
    assert result.back_translation.engine == "letters|1|ar-en"
    assert not result.back_translation.is_stale(TEXTS[1])
    assert {"confidence", "forced", "fluency"} <= {s.metric for s in result.scores}
    assert "space-before-punctuation" in {flag.check for flag in result.flags}
    assert 0.0 <= result.quality.value <= 100.0
    assert result.quality.basis in {Basis.ROUND_TRIP, Basis.TARGET_ONLY}
    assert result.forced is not None
    assert result.forced_source is None


def test_text_without_arabic_is_not_translated_but_keeps_its_flags(document, engines):
    result = Pipeline(Config(), engines).run(document, [0])[0]
    assert result.back_translation is None
    assert result.scores == ()
    assert {flag.check for flag in result.flags} == {"cms-residue"}


def test_a_cache_is_put_before_the_engines_once(engines):
    pipeline, cache = Pipeline(Config(), engines), {}
    pipeline.use_cache(cache)
    cached = pipeline.engines
    pipeline.use_cache(cache)
    assert pipeline.engines is cached


def test_boilerplate_is_translated_and_has_no_quality(document, engines):
    result = Pipeline(Config(), engines).run(document, [2])[0]
    assert result.back_translation is not None
    assert math.isnan(result.quality.value)
    assert "boilerplate" in result.quality.explanation


def test_results_come_in_the_order_asked_for(document, engines):
    results = Pipeline(Config(), engines).run(document, [2, 0, 1])
    assert [result.segment.id for result in results] == ["2", "0", "1"]


def test_a_known_source_is_used(engines):
    segment = Segment("1", TEXTS[1], source="The diplomats met in Istanbul on Thursday")
    document = Document("a", (segment,), TEXTS[1])
    result = Pipeline(Config(), engines).run(document, [0])[0]
    assert result.forced_source is not None
    assert result.score("source_chrf").basis is Basis.SOURCE
    assert result.score("pseudo_reference_chrf").basis is Basis.SOURCE
    assert result.quality.basis is Basis.SOURCE


def test_one_direction_is_enough(document, letter_engine):
    result = Pipeline(Config(), Engines(letter_engine("ar", "en"))).run(document, [1])[0]
    assert result.round_trip is None
    assert result.forced is None
    assert result.quality.basis is Basis.TARGET_ONLY


def test_a_second_engine_gives_the_agreement(document, letter_engine):
    engines = Engines(letter_engine("ar", "en"), second=letter_engine("ar", "en"))
    result = Pipeline(Config(), engines).run(document, [1])[0]
    assert result.score("agreement_chrf").value == pytest.approx(100.0)


def test_checks_need_no_model(document, monkeypatch):
    monkeypatch.delattr(Engines, "open")
    assert Pipeline(Config()).flags(document, 1, None)


def test_switched_off_and_reweighted_checks(document, engines):
    settings = CheckSettings(
        enable=("space-before-punctuation",),
        severity={"space-before-punctuation": Severity.CRITICAL},
    )
    result = Pipeline(Config(checks=settings), engines).run(document, [1])[0]
    assert [(f.check, f.severity) for f in result.flags] == [
        ("space-before-punctuation", Severity.CRITICAL)
    ]


def test_an_unknown_check_is_an_error():
    with pytest.raises(ConfigError, match=r"no check .numbres.*numbers"):
        Pipeline(Config(checks=CheckSettings(disable=("numbres",))))


def test_an_unknown_pack_is_an_error():
    pipeline = Pipeline(Config(engine=EngineSettings(pack="no-such-pack")))
    with pytest.raises(ModelError, match="no-such-pack"):
        _ = pipeline.engines


def test_the_signature_changes_with_what_changes_results(engines):
    plain = Pipeline(Config(), engines).signature()
    assert plain == Pipeline(Config(), engines).signature()
    other = Config(checks=CheckSettings(disable=("tatweel",)))
    assert plain != Pipeline(other, engines).signature()
    other = Config(checks=CheckSettings(options={"calques": {"file": "x"}}))
    assert plain != Pipeline(other, engines).signature()


def test_what_is_forced_depends_on_whether_the_source_is_known(letter_engine):
    back, forward = letter_engine("ar", "en"), letter_engine("en", "ar")
    known = Segment("1", TEXTS[1], source="The diplomats met in Istanbul on Thursday")
    bare = Segment("2", TEXTS[1], start=len(TEXTS[1]) + 1)
    document = Document("a", (known, bare), f"{TEXTS[1]}\n{TEXTS[1]}")
    with_source, without = Pipeline(Config(), Engines(back, forward)).run(document, [0, 1])
    names = [
        {score.metric for score in r.scores if score.is_scored} for r in (with_source, without)
    ]
    assert {"source_expected", "source_recovered", "source_information"} <= names[0]
    assert not {"source_expected", "source_recovered", "source_information"} & names[1]
    assert {"forced_expected", "fluency"} <= names[1]
    assert with_source.forced is None
    assert without.forced_source is None


def test_what_nobody_reads_is_decoded_greedily(monkeypatch):
    opened = {}

    def open_engine(pack, source, target, settings):
        opened[source] = settings

        return source

    monkeypatch.setattr("mtreview.engines.open.open_engine", open_engine)
    engines = Engines.open(Config().with_engine(beam_size=3))
    assert {source: settings.beam_size for source, settings in opened.items()} == {"ar": 3, "en": 1}
    assert (engines.back, engines.forward) == ("ar", "en")
    assert (opened["ar"].judge, opened["en"].judge) == ("en", None)


def test_the_source_alone_needs_no_forward_engine(letter_engine):
    segment = Segment("1", TEXTS[1], source="The diplomats met in Istanbul on Thursday")
    pipeline = Pipeline(Config(), Engines(letter_engine("ar", "en")))
    result = pipeline.run(Document("a", (segment,), TEXTS[1]), [0])[0]
    assert result.score("source_recovered").is_scored
    assert result.score("source_expected") is None
    assert result.quality.basis is Basis.SOURCE


def test_the_round_trip_is_made_when_it_is_asked_for(document, engines):
    plain = Pipeline(Config(), engines)
    assert plain.run(document, [1])[0].round_trip is None
    asked = Pipeline(Config().with_engine(round_trip=True), engines)
    result = asked.run(document, [1])[0]
    assert result.round_trip.role is Role.ROUND_TRIP
    assert result.score("round_trip_chrf").is_scored
    assert plain.signature() != asked.signature()
