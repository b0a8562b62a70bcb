import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview import serialize
from mtreview.errors import InputError
from mtreview.model import (
    Basis,
    Decision,
    Document,
    Flag,
    Mark,
    Reason,
    Role,
    Score,
    Segment,
    SegmentKind,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    Verdict,
    content_hash,
)

texts = st.text(max_size=12)
optional_texts = st.none() | texts
offsets = st.integers(0, 10_000)
numbers = st.floats(allow_nan=False) | st.just(math.nan)


def pairs(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


segments = st.builds(
    Segment,
    id=texts,
    target=texts,
    source=optional_texts,
    reference=optional_texts,
    kind=st.sampled_from(SegmentKind),
    start=offsets,
    paragraph=offsets,
    notes=pairs(texts),
    columns=pairs(st.tuples(texts, texts)),
)
tokens = st.builds(Token, texts, numbers, offsets, offsets)
translations = st.builds(
    Translation,
    segment_id=texts,
    text=texts,
    role=st.sampled_from(Role),
    engine=texts,
    of=texts,
    tokens=pairs(tokens),
)
scores = st.builds(
    Score,
    metric=texts,
    value=numbers,
    signature=texts,
    basis=st.sampled_from(Basis),
    segment_id=optional_texts,
    interval=st.none() | st.tuples(numbers, numbers),
    explanation=texts,
)
flags = st.builds(
    Flag,
    segment_id=texts,
    side=st.sampled_from(Side),
    start=offsets,
    end=offsets,
    category=texts,
    severity=st.sampled_from(Severity),
    reason=st.builds(Reason, texts, texts),
    check=texts,
    evidence=texts,
    suggestion=optional_texts,
    excerpt=texts,
    ordinal=offsets,
)
results = st.builds(
    SegmentResult,
    segment=segments,
    back_translation=st.none() | translations,
    round_trip=st.none() | translations,
    scores=pairs(scores),
    flags=pairs(flags),
    quality=scores,
    forced=st.none() | pairs(tokens),
    forced_source=st.none() | pairs(tokens),
)
decisions = st.builds(
    Decision,
    segment_id=texts,
    verdict=st.sampled_from(Verdict),
    reviewer=texts,
    at=texts,
    before=texts,
    after=texts,
    flag=optional_texts,
    comment=texts,
    revision=offsets,
    mark=st.none() | st.builds(Mark, offsets, offsets, texts, st.sampled_from(Severity)),
)


def through_json(record):
    return json.loads(json.dumps(record, allow_nan=False))


@given(results)
def test_a_result_comes_back_exactly(result):
    record = through_json(serialize.to_record(result, language=None))
    assert serialize.from_record(record) == result


@given(decisions)
def test_a_decision_comes_back_exactly(decision):
    record = through_json(serialize.decision_to_record(decision))
    assert serialize.decision_from_record(record) == decision


@given(st.lists(segments, max_size=3), texts)
def test_a_document_comes_back_exactly(some_segments, text):
    document = Document("a.csv", tuple(some_segments), text, "en", "ar", "delimited", "cp1256")
    record = through_json(serialize.document_to_record(document))
    assert serialize.document_from_record(record) == document


def a_result():
    segment = Segment("s1", "قال قال الوزير")
    translation = Translation(
        "s1",
        "The minister said said",
        Role.BACK_TRANSLATION,
        "pack:1",
        content_hash(segment.target),
        (Token("The", -0.5, 0, 3),),
    )
    flag = Flag(
        "s1",
        Side.TARGET,
        4,
        7,
        "duplication",
        Severity.MAJOR,
        Reason("word repeated", "كلمة مكررة"),
        "repeated-word",
        excerpt="قال",
    )
    quality = Score.unscored("quality", "q:1", Basis.TARGET_ONLY, "too short", "s1")
    return SegmentResult(segment, translation, None, (), (flag,), quality)


@pytest.mark.parametrize(
    ("language", "reason"), [("en", "word repeated"), ("ar", "كلمة مكررة"), ("ar-EG", "كلمة مكررة")]
)
def test_the_reason_is_in_the_language_asked_for(language, reason):
    record = serialize.to_record(a_result(), language)
    assert record["flags"] == [
        {
            "start": 4,
            "end": 7,
            "side": "target",
            "check": "repeated-word",
            "category": "duplication",
            "severity": "major",
            "reason": reason,
            "evidence": "",
            "suggestion": None,
            "excerpt": "قال",
            "ordinal": 0,
        }
    ]
    assert record["back_translation"] == a_result().back_translation.text
    assert record["engine"] == a_result().back_translation.engine


def test_not_a_number_is_null_with_its_explanation():
    quality = serialize.to_record(a_result())["quality"]
    assert quality["value"] is None
    assert quality["explanation"] == "too short"


def test_a_record_of_one_language_can_be_read():
    result = serialize.from_record(serialize.to_record(a_result(), "ar"))
    assert result.flags[0].reason == Reason("كلمة مكررة", "كلمة مكررة")
    assert result.back_translation.tokens == ()


def test_a_later_version_is_refused():
    record = {**serialize.to_record(a_result(), None), "schema_version": 99}
    with pytest.raises(InputError, match="schema version 99"):
        serialize.from_record(record)


def test_a_record_that_lacks_a_field_is_refused():
    record = serialize.to_record(a_result(), None)
    del record["flags"]
    with pytest.raises(InputError, match="flags"):
        serialize.from_record(record)
