"""Pieces, cuts and loops: exact for any text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.engines._cut import cut
from mtreview.engines._decoder import Candidate, with_probabilities
from mtreview.engines._loops import loops, stutters
from mtreview.engines._pieces import UNKNOWN, Spelled, join, spell, tokens
from mtreview.engines.ctranslate2 import _Listener

TEXT = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("قال،. a🙂"))
)
PIECE = st.one_of(
    st.sampled_from(["▁", "▁the", "▁ال", "قال", "<unk>", "</s>", "eng_Latn", "🙂", "▁▁"]),
    st.integers(0, 255).map(lambda byte: f"<0x{byte:02X}>"),
)


@given(st.lists(PIECE))
def test_spelled_pieces_lie_in_order_and_cover_the_text(pieces):
    text, starts = spell(pieces, frozenset({"</s>", "eng_Latn"}))
    assert len(starts) == len(pieces)
    assert starts == sorted(starts)
    assert text == text.strip()
    made = tokens(text, starts, [-1.0] * len(pieces), None)
    position = 0
    for token in made:
        assert token.text == text[token.start : token.end]
        assert token.start <= position <= max(token.end, position)
        position = max(position, token.end)
    assert position == len(text) or not pieces


@given(TEXT)
def test_bytes_spell_any_text(text):
    pieces = [f"<0x{byte:02X}>" for byte in text.encode()]
    spelled, starts = spell(pieces, frozenset())
    assert spelled == text.strip()
    if text and text == text.strip():
        expected = [i for i, character in enumerate(text) for _ in character.encode()]
        assert starts == expected


def test_bytes_of_one_character_share_its_span():
    text, starts = spell(["▁أ", "<0xD9>", "<0x83>", "<0xD9>", "<0x84>"], frozenset())
    made = tokens(text, starts, [-0.1, -0.2, -0.3, -0.4, -0.5], -0.6)
    assert text == "أكل"
    assert [token.text for token in made] == ["أ", "ك", "ك", "ل", "ل", ""]
    assert [token.log_probability for token in made] == [-0.1, -0.2, -0.3, -0.4, -0.5, -0.6]


def test_bytes_that_are_no_character_are_seen():
    assert spell(["▁a", "<0xE2>", "▁b"], frozenset())[0] == f"a{UNKNOWN} b"
    assert spell(["<0xFF>"], frozenset())[0] == UNKNOWN
    assert spell(["▁a", "<unk>"], frozenset())[0] == f"a{UNKNOWN}"


def test_a_mark_of_a_word_start_shares_the_first_letter():
    text, starts = spell(["▁", "P", "▁", "q"], frozenset())
    made = tokens(text, starts, [-1.0, -2.0, -3.0, -4.0], None)
    assert [(token.start, token.end) for token in made] == [(0, 1), (0, 1), (1, 2), (2, 3)]


def test_joined_parts_keep_one_end_and_skip_empty_ones():
    parts = [
        Spelled("one", [0], [-1.0], -0.1),
        Spelled("", [], [], -0.2),
        Spelled("two", [0], [-2.0], -0.3),
    ]
    joined = join(parts)
    assert joined.text == "one two"
    assert [token.text for token in joined.tokens] == ["one ", "two", ""]
    assert joined.tokens[-1].log_probability == -0.3
    assert join([Spelled("", [], [], -0.2)]).tokens[0].log_probability == -0.2


@given(TEXT, st.integers(1, 30))
def test_cut_loses_nothing_and_keeps_to_the_window(text, window):
    parts = cut(text, len, window)
    assert "".join(parts) == text
    assert all(len(part) <= window for part in parts)


@pytest.mark.parametrize(
    ("text", "window", "parts"),
    [
        ("قال. ثم ذهب.", 6, ["قال. ", "ثم ", "ذهب."]),
        ("هل جاء؟ نعم، جاء.", 12, ["هل جاء؟ ", "نعم، جاء."]),
        ("أولا، ثانيا؛ ثالثا", 8, ["أولا، ", "ثانيا؛ ", "ثالثا"]),
        ("short", 5, ["short"]),
        ("3.5 million", 7, ["3.5 ", "million"]),
        ("abcdef", 3, ["abc", "def"]),
        ('He said "no." Then', 14, ['He said "no." ', "Then"]),
    ],
)
def test_cut_prefers_sentence_ends_then_clauses_then_spaces(text, window, parts):
    assert cut(text, len, window) == parts


@pytest.mark.parametrize(
    ("pieces", "looping"),
    [
        (["و"] * 16, True),
        (["و"] * 15, False),
        (["a", "b", "c"] + ["x", "y"] * 8, True),
        (list("abcdefghij") * 4, True),
        (list("abcdefghij") * 3, False),
        (list("the cat sat on the mat and the dog sat on the cat"), False),
        ([], False),
    ],
)
def test_loops_are_long_repetitions_only(pieces, looping):
    assert loops(pieces) is looping


@pytest.mark.parametrize(
    ("pieces", "stuttering"),
    [
        (["▁are", *["▁at", "▁least"] * 3, "▁early"], True),
        (["▁are", *["▁at", "▁least"] * 2, "▁early"], False),
        (["▁very"] * 3, False),
        (["▁1", *"000000000"], False),
        ([*["▁ab", "c", "▁d"] * 3], True),
        ([], False),
    ],
)
def test_a_stutter_is_a_phrase_three_times(pieces, stuttering):
    assert stutters(pieces) is stuttering


def listen(written, limit=100):
    """Return what a listener keeps of pieces that a model would write without end."""
    listener = _Listener([limit], "</s>")

    def work(callback):
        for number, piece in enumerate(written):
            step = SimpleNamespace(step=number, batch_id=0, token=piece, log_prob=-0.5)
            if callback(step):
                return

    (result,) = listener.attend(work)
    return result


def test_a_loop_is_stopped():
    result = listen(["▁قال", *["▁لا", "▁نعم"] * 50])
    assert len(result.pieces) == 17
    assert result.end is None


def test_the_end_piece_a_line_end_and_the_limit_stop():
    assert listen(["a", "</s>", "b"]).pieces == ["a"]
    assert listen(["a", "</s>"]).end == -0.5
    assert listen(["a", "\n", "English:"]).pieces == ["a"]
    assert listen(["a", "<0x0A>", "b"]).end is None
    assert listen(list("abcdef"), limit=3).pieces == ["a", "b", "c"]


def test_what_a_beam_wrote_is_cut_at_its_end_its_line_or_its_limit():
    class Decoder:
        def force(self, sources, targets):
            return [([-1.0] * len(target), -2.0) for target in targets]

    written = [["a", "</s>"], ["a", "\n", "b", "</s>"], ["a", "b", "c"]]
    found = [[Candidate(pieces, -0.5)] for pieces in written]
    results = with_probabilities(Decoder(), [["x"]] * 3, found, [9, 9, 2], "</s>", choose=None)
    assert [result.pieces for result in results] == [["a"], ["a"], ["a", "b"]]
    assert [result.end for result in results] == [-2.0, None, None]
    assert [result.log_probabilities for result in results] == [[-1.0], [-1.0], [-1.0, -1.0]]
