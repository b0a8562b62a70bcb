"""The cache in front of an engine: the same answers, and nothing is computed twice."""

from __future__ import annotations

import pytest

from mtreview.engines._cached import CachedEngine

TEXTS = ["كتب", "قرأ الولد", "كتب", ""]


class Memory(dict):
    """A cache in memory that counts what it was asked to keep."""

    def cached(self, keys):
        return {key: self[key] for key in keys if key in self}

    def cache(self, items):
        self.update(items)


@pytest.fixture
def engine(letter_engine):
    return letter_engine("ar", "en")


@pytest.fixture
def memory():
    return Memory()


def test_answers_are_those_of_the_engine_first_and_later(engine, memory, letter_engine):
    plain, cached = letter_engine("ar", "en"), CachedEngine(engine, memory)
    for _ in range(2):
        assert cached.translate(TEXTS) == plain.translate(TEXTS)
        assert cached.score(TEXTS, TEXTS[::-1]) == plain.score(TEXTS, TEXTS[::-1])


def test_equal_texts_are_translated_once(engine, memory):
    cached = CachedEngine(engine, memory)
    cached.translate(TEXTS)
    cached.translate([*TEXTS, "جديد"])
    assert engine.calls == [("كتب", "قرأ الولد", ""), ("جديد",)]


def test_what_is_cached_needs_no_engine(engine, memory):
    CachedEngine(engine, memory).translate(TEXTS)
    engine.calls.clear()
    CachedEngine(engine, memory).translate(TEXTS)
    assert engine.calls == []


def test_other_settings_miss(engine, memory, letter_engine):
    CachedEngine(engine, memory).translate(TEXTS)
    other = letter_engine("ar", "en")
    other.signature = "letters|2|ar-en"
    CachedEngine(other, memory).translate(TEXTS)
    assert other.calls


def test_translations_and_scores_are_kept_apart(engine, memory):
    cached = CachedEngine(engine, memory)
    cached.translate(["كتب"])
    cached.score(["كتب"], ["ولد"])
    cached.score(["ولد"], ["كتب"])
    assert len(memory) == 3


def test_nothing_in_nothing_out(engine, memory):
    cached = CachedEngine(engine, memory)
    assert cached.translate([]) == []
    assert cached.score([], []) == []
    assert engine.calls == []


def test_unequal_numbers_are_refused(engine, memory):
    with pytest.raises(ValueError, match="shorter"):
        CachedEngine(engine, memory).score(["كتب"], [])


def test_it_says_what_the_engine_says_of_itself(engine, memory):
    cached = CachedEngine(engine, memory)
    assert (cached.signature, cached.source_language, cached.target_language) == (
        engine.signature,
        "ar",
        "en",
    )
