"""Metrics that read a model: switched on by name, asked in batches, cached, with their licence."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, EntryPoints
from types import SimpleNamespace

import pytest

from mtreview import plugins
from mtreview.config import Config
from mtreview.corpus import corpus_scores
from mtreview.errors import ConfigError
from mtreview.metrics import _family
from mtreview.metrics._chosen import ChosenFamilies
from mtreview.metrics._family import (
    Family,
    KnownModel,
    ModelMetric,
    Options,
    families,
    forbids_commercial_use,
    plain_metrics,
)
from mtreview.metrics._metric import Evidence
from mtreview.model import Basis, Document, Review, Role, Segment, Translation
from mtreview.pipeline import Engines, Pipeline

ARABIC = "وصل الوفد ثم غادر"
NOT_COMMERCIAL = KnownModel("owner/model", "cc-by-nc-4.0")


@dataclass
class Lengths:
    """A model for tests: how many letters the English has; ``calls`` holds what it was asked."""

    signature: str = "lengths|version:1"
    licence: str = "mit"
    calls: list[list[tuple[str, ...]]] = field(default_factory=list)

    def score(self, rows):
        self.calls.append(list(rows))
        return [float(len(english)) if len(english) < 20 else "too long" for english, _ in rows]


@pytest.fixture
def model(monkeypatch):
    """Let one more family be known, "lengths", whose model this is."""
    scorer = Lengths()
    opened = []

    def source(evidence):
        return (
            (evidence.segment.source, evidence.segment.target) if evidence.segment.source else None
        )

    def opening(name, options):
        opened.append((name, options))
        return scorer

    metric = ModelMetric("lengths_source", Basis.SOURCE, source)
    family = Family("lengths", "letters", (metric,), (NOT_COMMERCIAL,), "nothing", opening)
    real = _family.discover

    def discover(package, attribute):
        return {**real(package, attribute), "lengths": family}

    monkeypatch.setattr(_family, "discover", discover)
    scorer.opened = opened
    return scorer


def evidence(*sources):
    return [
        Evidence(Segment(str(number), ARABIC, source=source))
        for number, source in enumerate(sources)
    ]


def test_the_families_of_the_package_are_found_and_are_no_plain_metrics():
    assert list(families()) == ["comet", "encoder"]
    assert not {"comet", "encoder", "encoder_source"} & set(plain_metrics())
    for family in families().values():
        assert family.models
        assert not forbids_commercial_use(family.models[0].licence), "the suggested one is free"


def test_a_plug_in_may_declare_a_family_or_a_plain_metric(model):
    assert "lengths" in families()
    assert "lengths" not in plain_metrics()


def test_a_family_is_declared_by_an_entry_point(monkeypatch):
    family = Family("mine", "mine", (), (), "nothing", lambda model, options: Lengths())
    monkeypatch.setitem(sys.modules, "my_metrics", SimpleNamespace(FAMILY=family))
    points = EntryPoints([EntryPoint("mine", "my_metrics:FAMILY", "mtreview.metrics")])
    monkeypatch.setattr(plugins, "entry_points", lambda group: points.select(group=group))
    plugins.discover.cache_clear()
    try:
        assert families()["mine"] is family
        assert "mine" not in plain_metrics()
    finally:
        plugins.discover.cache_clear()


def test_nothing_is_opened_before_it_is_needed_and_then_once(model):
    chosen = ChosenFamilies({"lengths": "some-model", "encoder": ""}, Options(threads=3))
    assert model.opened == []
    assert chosen.signatures() == ["lengths|version:1"]
    chosen.score(evidence("a"))
    assert model.opened == [("some-model", Options(threads=3))]


def test_none_is_chosen_by_default():
    chosen = ChosenFamilies({})
    assert (chosen.signatures(), chosen.notices()) == ([], [])
    assert chosen.score(evidence("a", None)) == [(), ()]


def test_scores_have_signature_basis_and_the_credit_of_the_model(model):
    scores = ChosenFamilies({"lengths": "some-model"}).score(evidence("four", None, "x" * 20))
    (score,), nothing, (unscored,) = scores
    assert (score.metric, score.value, score.basis) == ("lengths_source", 4.0, Basis.SOURCE)
    assert (score.signature, score.segment_id) == ("lengths|version:1", "0")
    assert score.explanation == "some-model, licence mit"
    assert nothing == ()
    assert not unscored.is_scored
    assert unscored.explanation == "too long"


def test_equal_texts_are_read_once_and_a_cache_keeps_the_numbers(model):
    class Cache(dict):
        def cached(self, keys):
            return {key: self[key] for key in keys if key in self}

        def cache(self, items):
            self.update(items)

    kept = Cache()
    for _ in range(2):
        chosen = ChosenFamilies({"lengths": "some-model"})
        chosen.use_cache(kept)
        scores = chosen.score(evidence("one", "one", "three", "x" * 30))
        assert [score.value for (score,) in scores[:3]] == [3.0, 3.0, 5.0]
        assert scores[3][0].explanation == "too long"
    assert model.calls == [[("one", ARABIC), ("three", ARABIC), ("x" * 30, ARABIC)]]
    assert [json.loads(value) for value in kept.values()] == [3.0, 5.0, "too long"]


def test_what_a_licence_forbids_is_told_before_anything_is_loaded(model):
    assert ChosenFamilies({"lengths": "owner/model"}).notices() == [
        ("lengths: owner/model, licence cc-by-nc-4.0: no commercial use", True)
    ]
    assert ChosenFamilies({"lengths": "owner/other"}).notices() == [
        ("lengths: owner/other, licence not stated: read its model card", False)
    ]
    assert ChosenFamilies({"comet": "Unbabel/wmt20-comet-qe-da"}).notices() == [
        ("comet: Unbabel/wmt20-comet-qe-da, licence apache-2.0", False)
    ]
    assert model.opened == []


@pytest.mark.parametrize(
    ("licence", "forbids"),
    [
        ("cc-by-nc-sa-4.0", True),
        ("CC-BY-NC-SA", True),
        ("research-only-non-commercial", True),
        ("apache-2.0", False),
        ("mit", False),
        ("ncsa", False),
        ("cc-by-sa-4.0", False),
        ("", False),
    ],
)
def test_which_licences_forbid_commercial_use(licence, forbids):
    assert forbids_commercial_use(licence) is forbids


def test_an_unknown_family_is_an_error_with_a_hint():
    with pytest.raises(ConfigError, match=r"no metric 'encodr'.*Did you mean 'encoder'"):
        Pipeline(Config(metrics={"encodr": "x"}))
    with pytest.raises(ConfigError, match="There are: comet, encoder"):
        ChosenFamilies({"zzz": "x"})


def test_the_pipeline_adds_the_scores_and_the_quality_does_not_see_them(model, letter_engine):
    segments = (Segment("1", ARABIC, source="four"), Segment("2", ARABIC, source="seven", start=18))
    document = Document("a", segments, f"{ARABIC}\n{ARABIC}")
    engines = Engines(letter_engine("ar", "en"), letter_engine("en", "ar"))
    plain = Pipeline(Config(), engines)
    asked = Pipeline(Config(metrics={"lengths": "some-model"}), engines)
    results, before = asked.run(document, [0, 1]), plain.run(document, [0, 1])
    assert [result.score("lengths_source").value for result in results] == [4.0, 5.0]
    assert len(model.calls) == 1, "a batch is one call"
    assert [result.quality for result in results] == [result.quality for result in before]
    assert "lengths|version:1" in asked.signature()
    assert plain.signature() == Pipeline(Config(metrics={"lengths": ""}), engines).signature()
    assert plain.signature() != asked.signature()
    review = Review(document, tuple(results), ())
    whole = {score.metric: score for score in corpus_scores(review)}
    assert whole["lengths_source"].value == 4.5
    assert whole["lengths_source"].signature == "lengths|version:1|mean|n:2"
    assert whole["lengths_source"].basis is Basis.SOURCE


@pytest.mark.parametrize(
    ("family", "source", "back", "found"),
    [
        ("encoder", "The source", "The return", {"encoder_source": ("The source", ARABIC)}),
        ("encoder", None, "The return", {"encoder_back_translation": ("The return", ARABIC)}),
        ("encoder", " ", "The return", {"encoder_back_translation": ("The return", ARABIC)}),
        ("encoder", None, " ", {}),
        ("encoder", "The source", None, {}),
        ("comet", "The source", "The return", {"comet_source": ("The source", ARABIC)}),
        ("comet", None, "The return", {}),
        ("comet", "The source", None, {}),
    ],
)
def test_which_texts_are_compared(family, source, back, found):
    translation = Translation("1", back, Role.BACK_TRANSLATION, "e", "h") if back else None
    item = Evidence(Segment("1", ARABIC, source=source), translation)
    metrics = families()[family].metrics
    assert {m.id: texts for m in metrics if (texts := m.texts(item))} == found
    bases = {m.id: m.basis for m in metrics}
    assert bases.get("encoder_back_translation", Basis.TARGET_ONLY) is Basis.TARGET_ONLY
    assert bases[f"{family}_source"] is Basis.SOURCE
