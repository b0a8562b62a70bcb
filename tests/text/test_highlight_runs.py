"""The runs of a text join to the text, and no run begins inside a user-perceived character."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from mtreview.model import Flag, Reason, Severity, Side
from mtreview.text.highlight import Run, Span, runs

SHADDA = "\N{ARABIC SHADDA}"
FATHA = "\N{ARABIC FATHA}"
ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"

texts = st.text(
    st.one_of(
        st.sampled_from(["ا", "ل", "م", " ", SHADDA, FATHA, "\r", "\n", ZERO_WIDTH_JOINER]),
        st.characters(),
    ),
    max_size=40,
)
spans = st.lists(
    st.builds(Span, st.integers(-3, 45), st.integers(-3, 45), st.sampled_from([0.0, 1.0, 2.0])),
    max_size=8,
)


@given(texts, spans)
@example("م" + FATHA + SHADDA, [Span(1, 2), Span(2, 3)])
def test_no_character_is_lost_and_none_is_cut(text: str, spans: list[Span]) -> None:
    found = runs(text, spans)
    assert "".join(text[run.start : run.end] for run in found) == text
    boundaries = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    assert all(run.start < run.end for run in found)
    assert {run.start for run in found} | {run.end for run in found} <= boundaries


@given(texts, spans)
def test_the_spans_of_a_run_are_ordered_by_rank(text: str, spans: list[Span]) -> None:
    for run in runs(text, spans):
        ranks = [spans[index].rank for index in run.span_indices]
        assert ranks == sorted(ranks, reverse=True)


@given(texts, spans)
def test_every_span_covers_its_own_characters_and_widens_only_within_clusters(
    text: str, spans: list[Span]
) -> None:
    found = runs(text, spans)
    for index, span in enumerate(spans):
        covered = {
            position
            for run in found
            if index in run.span_indices
            for position in range(run.start, run.end)
        }
        wanted: set[int] = set()
        for match in regex.finditer(r"\X", text):
            if max(span.start, match.start()) < min(span.end, match.end()):
                wanted |= set(range(match.start(), match.end()))
        assert covered == wanted


def test_a_span_that_begins_on_a_combining_mark_takes_its_letter_along() -> None:
    word = "مُدَرِّس"
    mark = word.index(SHADDA)
    assert unicodedata.combining(word[mark])
    assert runs(word, [Span(mark, mark + 1)]) == [
        Run(0, 4, ()),
        Run(4, 7, (0,)),
        Run(7, 8, ()),
    ]


@pytest.mark.parametrize(
    ("spans", "winner"),
    [
        ([Span(0, 4, 1.0), Span(0, 4, 3.0)], 1),  # the more severe
        ([Span(0, 4, 2.0), Span(1, 3, 2.0)], 1),  # the more specific
        ([Span(0, 4, 2.0), Span(0, 4, 2.0)], 0),  # the earlier
        ([Span(1, 3, 1.0), Span(0, 4, 2.0)], 1),  # severity before specificity
    ],
)
def test_which_span_gives_the_colour(spans: list[Span], winner: int) -> None:
    run = next(run for run in runs("abcd", spans) if run.start <= 2 < run.end)
    assert run.span_indices[0] == winner


def test_flags_rank_by_severity_above_plain_spans() -> None:
    ranks = [
        Span.of(Flag("1", Side.TARGET, 0, 1, "style", severity, Reason("", ""), "c")).rank
        for severity in (
            Severity.NEUTRAL,
            Severity.MINOR,
            Severity.MAJOR,
            Severity.CRITICAL,
        )
    ]
    assert ranks == sorted(set(ranks))
    assert ranks[0] > Span(0, 1).rank


def test_many_spans_on_one_long_line_stay_fast() -> None:
    text = "كلمة  " * 20_000
    spans = [Span(start, start + 2) for start in range(4, len(text), 6)]
    assert len(runs(text, spans)) == 2 * len(spans)
