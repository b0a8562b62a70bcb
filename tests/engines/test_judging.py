"""Choosing among the candidates of a beam by the engine of the other direction."""

from __future__ import annotations

import pytest

from mtreview.engines._engine import Settings
from mtreview.engines._judging import explained
from mtreview.engines.open import open_engine, open_pair
from mtreview.errors import ModelError
from mtreview.model import Token

TEXT = "أصر الكرملين على أن الاجتماع كان حول استعادة العلاقات"
WITHOUT, WITH = "The meeting was about relations.", "The Kremlin insisted it was about relations."


class Judge:
    """Finds a text probable given some translations, and improbable given all others."""

    signature = "judge"

    def __init__(self, *liked, else_=-2.0):
        self.liked = liked
        self.else_ = else_
        self.asked = []

    def score(self, sources, targets):
        self.asked += zip(sources, targets, strict=True)
        return [
            (Token("x", -0.2 if source in self.liked else self.else_, 0, 1),) if source else ()
            for source in sources
        ]


def test_what_explains_the_text_is_taken_before_what_is_more_probable():
    found = [[(WITHOUT, -0.1), (WITH, -0.3)]]
    judge = Judge(WITH)
    assert explained(judge, [TEXT], found) == [1]
    assert judge.asked == [(WITHOUT, TEXT), (WITH, TEXT)]
    assert explained(Judge(WITHOUT), [TEXT], found) == [0]


def test_much_more_probable_is_taken_all_the_same():
    assert explained(Judge(WITH), [TEXT], [[(WITHOUT, -0.1), (WITH, -9.0)]]) == [0]


def test_the_most_probable_is_kept_where_the_judge_sees_no_difference():
    assert explained(Judge(), [TEXT], [[(WITHOUT, -0.1), (WITH, -0.1)]]) == [0]


def test_nothing_is_asked_of_a_single_candidate_and_texts_do_not_mix():
    judge = Judge("b", "d")
    found = [[("a", -0.1)], [("a", -0.1), ("b", -0.2)], [("d", -0.1), ("c", -0.2)]]
    assert explained(judge, ["1", "2", "3"], found) == [0, 1, 0]
    assert ("a", "1") not in judge.asked


def test_an_empty_candidate_is_not_taken():
    assert explained(Judge(), [TEXT], [[("", -0.1), (WITH, -5.0)]]) == [1]


@pytest.mark.parametrize("kind", ["marian", "gemma", "marian-torch", "gemma-torch"])
def test_an_engine_takes_what_its_judge_prefers(kind, tiny_pack, tiny, monkeypatch):
    if kind.endswith("torch"):
        pytest.importorskip("torch")
    monkeypatch.setattr("mtreview.engines._decoding.JUDGED_LENGTH", 2)
    path = str(tiny_pack(kind).path)
    text = tiny.PAIRS[2][0]

    def translation(judge, beam_size=4):
        settings = Settings(beam_size, threads=1, judge=judge)
        return open_engine(path, "ar", "en", settings).translate([text])[0].text

    usual = translation(None)
    judge = Judge()
    assert translation(judge) == usual
    others = [source for source, target in judge.asked if source not in ("", usual)]
    assert {target for _, target in judge.asked} == {text}
    strict = Judge(others[0], else_=-99.0)
    assert translation(strict) == others[0]
    assert translation(strict, beam_size=1) == usual


def test_a_short_text_is_not_judged(tiny_pack, tiny):
    judge = Judge()
    engine = open_engine(str(tiny_pack("gemma").path), "ar", "en", Settings(3, judge=judge))
    short, long = tiny.PAIRS[0][0], tiny.PAIRS[2][0] * 2
    assert engine.translate([short, long, short])[::2] == engine.translate([short, short])
    assert {target for _, target in judge.asked} == {long}


def test_the_signature_of_a_beam_names_its_judge(tiny_pack):
    path = str(tiny_pack("marian").path)

    def signature(beam_size, judge):
        return open_engine(path, "ar", "en", Settings(beam_size, judge=judge)).signature

    assert signature(3, Judge()) != signature(3, None)
    assert signature(1, Judge()) == signature(1, None)


def test_a_pack_of_both_directions_judges_itself_and_another_has_no_judge(tiny_pack, tiny):
    both, one = (str(tiny_pack(name).path) for name in ("gemma", "marian"))
    engine, judge = open_pair(both, "ar", "en", Settings(3))
    assert (judge.source_language, judge.target_language) == ("en", "ar")
    assert engine.signature != open_engine(both, "ar", "en", Settings(3)).signature
    assert "beam:3/" in engine.signature and "beam:1|" in judge.signature
    assert engine.translate([tiny.PAIRS[0][0]])[0].text == tiny.PAIRS[0][1]
    engine, judge = open_pair(one, "ar", "en", Settings(3))
    assert judge is None
    assert engine.signature == open_engine(one, "ar", "en", Settings(3)).signature
    with pytest.raises(ModelError):
        open_pair(both, "ar", "en", Settings(3), other=one)
