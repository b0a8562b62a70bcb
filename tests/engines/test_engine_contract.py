"""What every engine owes, run on tiny models of each kind that know a few pairs by heart."""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtreview.engines._cut import cut
from mtreview.engines._decoder import Generated
from mtreview.engines._remedies import AFTER_A_LOOP, AFTER_A_STUTTER, AFTER_RAMBLING
from mtreview.errors import ModelError

KINDS = (
    "marian",
    "marian-int8",
    "nllb",
    "gemma",
    "gemma-int8",
    "marian-torch",
    "nllb-torch",
    "gemma-torch",
)
BOTH_WAYS = [kind for kind in KINDS if not kind.startswith("marian")]
MARKED = "قـــالَ  الوزيرُ إنَّ\N{RIGHT-TO-LEFT MARK} المحادثات مستمرة."
ODD = (
    "🙂🙂",
    "Reuters only Latin",
    "\x00\x01 \x7f",
    "\ud800",
    "\N{ARABIC FATHA}\N{ARABIC TATWEEL}",
    "{text} {0} %s <eos> </s> <0xFF> ▁",
    "ﷺ ﻼ ½ Å",
    "سطر\nآخر\tثالث",
)


def multiplies_bytes_exactly() -> bool:
    """Tell whether products of bytes are exact here.

    On x86 without VNNI, pairs of them are summed in 16 bits, where large ones do not fit; the small
    matrices of the tiny models are full of large ones.
    """
    cpuinfo = Path("/proc/cpuinfo")
    flags = cpuinfo.read_text(encoding="utf-8") if cpuinfo.is_file() else ""
    return "avx2" not in flags or "vnni" in flags


def assert_same(kind, texts, expected):
    """Assert that texts are the expected ones; nearly so, where the processor rounds bytes."""
    if kind.endswith("int8") and not multiplies_bytes_exactly():
        ratio = SequenceMatcher(None, "\n".join(texts), "\n".join(expected)).ratio()
        assert ratio > 0.97, texts
    else:
        assert texts == expected


def assert_covers(text, tokens):
    """Assert that tokens have exact offsets, leave no gap and lose no character."""
    position = 0
    for token in tokens:
        assert token.text == text[token.start : token.end]
        assert token.log_probability <= 0
        assert token.start <= position
        position = max(position, token.end)
    assert position == len(text)
    assert [t.start for t in tokens] == sorted(t.start for t in tokens)


def spans(tokens):
    return [(token.start, token.end) for token in tokens]


def values(tokens):
    return [token.log_probability for token in tokens]


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def engine(kind, open_tiny):
    return open_tiny(kind)


def test_translates_what_it_knows_in_order(kind, engine, tiny):
    arabic = [pair[0] for pair in tiny.PAIRS] * 2
    english = [pair[1] for pair in tiny.PAIRS] * 2
    assert_same(kind, [hypothesis.text for hypothesis in engine.translate(arabic)], english)


@pytest.mark.parametrize("both", BOTH_WAYS)
def test_translates_both_directions_of_one_pack(both, open_tiny, tiny):
    engine = open_tiny(both, "en", "ar")
    assert (engine.source_language, engine.target_language) == ("en", "ar")
    hypotheses = engine.translate([pair[1] for pair in tiny.PAIRS])
    assert [hypothesis.text for hypothesis in hypotheses] == [pair[0] for pair in tiny.PAIRS]


def test_beam_search_agrees_on_what_is_certain(kind, open_tiny, tiny):
    engine = open_tiny(kind, beam_size=3)
    hypotheses = engine.translate([pair[0] for pair in tiny.PAIRS])
    texts = [hypothesis.text for hypothesis in hypotheses]
    assert_same(kind, texts, [pair[1] for pair in tiny.PAIRS])
    greedy = open_tiny(kind).translate([pair[0] for pair in tiny.PAIRS])
    for one, other in zip(hypotheses, greedy, strict=True):
        if one.text == other.text:
            assert values(one.tokens) == pytest.approx(values(other.tokens), abs=0.05)


@pytest.mark.parametrize("failure", [RuntimeError("out of memory"), MemoryError()])
def test_a_model_that_fails_is_named(open_tiny, monkeypatch, failure):
    engine = open_tiny("marian")

    def fail(*arguments):
        raise failure

    for step in ("generate", "force"):
        monkeypatch.setattr(engine._decoder, step, fail)
    for work in (lambda: engine.translate(["كتب"]), lambda: engine.score(["x"], ["كتب"])):
        with pytest.raises(ModelError, match="the model failed") as caught:
            work()
        assert caught.value.where in engine.signature


def test_nothing_comes_of_nothing(engine):
    assert engine.translate([]) == []
    for hypothesis in engine.translate(["", "  ", "\n", "\N{RIGHT-TO-LEFT MARK}"]):
        assert hypothesis == ("", ())
    assert engine.score(["", "سلام", " "], ["Peace", "", " "]) == [(), (), ()]
    assert engine.score([], []) == []


def test_offsets_are_exact(engine, tiny):
    for hypothesis in engine.translate([pair[0] for pair in tiny.PAIRS]):
        assert_covers(hypothesis.text, hypothesis.tokens)
        assert hypothesis.tokens[-1].start == hypothesis.tokens[-1].end == len(hypothesis.text)


def test_translate_and_score_give_the_same_probabilities(engine, tiny):
    sources = [pair[0] for pair in tiny.PAIRS]
    hypotheses = engine.translate(sources)
    scored = engine.score(sources, [hypothesis.text for hypothesis in hypotheses])
    for hypothesis, tokens in zip(hypotheses, scored, strict=True):
        assert spans(hypothesis.tokens) == spans(tokens)
        assert values(hypothesis.tokens) == pytest.approx(values(tokens), abs=0.02)


def test_score_prefers_the_translation_of_the_source(engine, tiny):
    sources = [pair[0] for pair in tiny.PAIRS]
    right = [pair[1] for pair in tiny.PAIRS]
    wrong = right[1:] + right[:1]
    for good, bad in zip(engine.score(sources, right), engine.score(sources, wrong), strict=True):
        assert sum(values(good)) > sum(values(bad)) + 2


@pytest.mark.parametrize("both", BOTH_WAYS)
def test_scored_tokens_cover_the_target_as_it_was_given(both, open_tiny):
    engine = open_tiny(both, "en", "ar")
    source = "The minister said the talks continue."
    marked, plain = engine.score([source] * 2, [MARKED, "قال الوزير إن المحادثات مستمرة."])
    assert_covers(MARKED, marked)
    assert values(marked) == pytest.approx(values(plain), abs=1e-4)


def test_the_model_sees_the_text_without_marks(engine, tiny):
    marked, plain = engine.translate([MARKED, tiny.PAIRS[2][0]])
    assert marked.text == plain.text


def test_odd_texts_do_not_break_it(engine):
    for text, hypothesis in zip(ODD, engine.translate(ODD), strict=True):
        assert_covers(hypothesis.text, hypothesis.tokens)
        (tokens,) = engine.score(["سلام"], [text])
        if tokens:
            assert_covers(text, tokens)
            assert all(math.isfinite(value) for value in values(tokens))


def test_the_end_piece_written_out_in_a_text_ends_nothing(engine):
    (tokens,) = engine.score(["سلام"], ["a <eos></s> b"])
    assert_covers("a <eos></s> b", tokens)
    assert len([token for token in tokens if token.start < token.end]) > 5


def test_a_long_text_is_translated_in_pieces(engine, tiny):
    text = " ".join([tiny.PAIRS[2][0], tiny.PAIRS[4][0], tiny.PAIRS[5][0]] * 80)
    assert len(text) > 5000
    parts = cut(text, engine._layout.source_length, engine._window)
    assert len(parts) > 10
    long, short, *pieces = engine.translate([text, "سلام", *parts])
    assert short.text == "Peace"
    assert long.text == " ".join(piece.text for piece in pieces if piece.text)
    assert_covers(long.text, long.tokens)


def test_a_pair_beyond_the_model_has_no_tokens(engine, tiny):
    long = " ".join([tiny.PAIRS[2][0]] * 200)
    short, beyond = engine.score(["سلام", long], ["Peace", "Peace"])
    assert short
    assert beyond == ()
    assert engine.score(["سلام"], ["Peace " * 1000]) == [()]


def test_a_text_comes_out_alone_as_in_a_batch(engine, tiny):
    texts = [pair[0] for pair in tiny.PAIRS] + ["ثم قال كتاب الوزير شكرا", "الحرب الحرب"]
    together = engine.translate(texts)
    for text, hypothesis in zip(texts, together, strict=True):
        (alone,) = engine.translate([text])
        assert alone.text == hypothesis.text
        assert values(alone.tokens) == pytest.approx(values(hypothesis.tokens), abs=0.02)


def test_small_batches_change_nothing(kind, open_tiny, tiny):
    texts = [pair[0] for pair in tiny.PAIRS]
    small = open_tiny(kind, batch_tokens=1).translate(texts)
    large = open_tiny(kind).translate(texts)
    assert [hypothesis.text for hypothesis in small] == [hypothesis.text for hypothesis in large]


def test_the_signature_is_stable_and_tells_settings_apart(kind, open_tiny):
    one, other = open_tiny(kind), open_tiny(kind)
    assert one.signature == other.signature
    assert one.signature != open_tiny(kind, beam_size=4).signature
    assert "direction:ar-en" in one.signature
    if kind in BOTH_WAYS:
        assert open_tiny(kind, "en", "ar").signature != one.signature


def test_a_direction_it_has_not_is_an_error_that_lists_those_it_has(kind, open_tiny):
    with pytest.raises(ModelError, match=r"does not translate en-fr.*ar-en"):
        open_tiny(kind, "en", "fr")


@pytest.mark.parametrize("exact", ["marian", "nllb", "gemma"])
def test_converted_models_compute_what_torch_computes(exact, open_tiny, tiny):
    sources = [pair[0] for pair in tiny.PAIRS] + ["ثم قال كتاب الوزير شكرا"]
    targets = [pair[1] for pair in tiny.PAIRS] + ["Then the minister left"]
    converted, original = open_tiny(exact), open_tiny(f"{exact}-torch")
    pairs = zip(converted.score(sources, targets), original.score(sources, targets), strict=True)
    for ours, theirs in pairs:
        assert values(ours) == pytest.approx(values(theirs), abs=1e-3)
        assert spans(ours) == spans(theirs)


@pytest.mark.parametrize("fast", ["marian", "nllb", "gemma"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet=st.one_of(st.characters(), st.sampled_from("قال الوزير ًـ،؟ a🙂"))))
def test_offsets_are_exact_for_any_text(fast, open_tiny, text):
    engine = open_tiny(fast)
    (hypothesis,) = engine.translate([text])
    assert_covers(hypothesis.text, hypothesis.tokens)
    (tokens,) = engine.score(["سلام"], [text])
    if tokens:
        assert_covers(text, tokens)


@pytest.mark.parametrize(
    ("written", "no_repeat", "forbidden"),
    [
        (["a"] * 16, AFTER_A_LOOP, ""),
        (["▁at", "▁least"] * 3, AFTER_A_STUTTER, ""),
        ([p for of in "bcde" for p in ("▁in", "▁the", "▁court", "▁of", of)], AFTER_RAMBLING, ""),
        (["▁Peace", "▁سلام"], 0, "[ء-ي]"),
    ],
    ids=["loop", "stutter", "rambling", "arabic"],
)
def test_what_went_wrong_is_translated_again_without_it(
    kind, open_tiny, tiny, monkeypatch, written, no_repeat, forbidden
):
    engine = open_tiny(kind)
    generate = engine._decoder.generate
    asked = []

    def first_goes_wrong(sources, limits, no_repeat=0, never=(), choose=None):
        asked.append((len(sources), no_repeat, sorted(never)))
        done = generate(sources, limits, no_repeat, never, choose)
        if len(asked) == 1:
            done[-1] = Generated(list(written), [-0.5] * len(written))
        return done

    texts = [pair[0] for pair in tiny.PAIRS[:2]]
    expected = engine.translate(texts)
    monkeypatch.setattr(engine._decoder, "generate", first_goes_wrong)
    assert [h.text for h in engine.translate(texts)] == [h.text for h in expected]
    pieces = sorted(engine._layout.tokenizers[1].vocabulary())
    never = [piece for piece in pieces if forbidden and re.search(forbidden, piece)]
    assert asked == [(2, 0, []), (1, no_repeat, never)]


@pytest.mark.parametrize("beam_size", [1, 4])
def test_what_must_never_come_does_not_come(kind, open_tiny, tiny, beam_size):
    engine = open_tiny(kind, beam_size=beam_size)
    source = engine._layout.encode_source(tiny.PAIRS[1][0])
    (usual,) = engine._decoder.generate([source], [12])
    never = usual.pieces[:1]
    (other,) = engine._decoder.generate([source], [12], 0, never)
    assert usual.pieces
    assert never[0] not in other.pieces
