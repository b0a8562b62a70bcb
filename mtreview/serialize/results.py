"""Everything that is computed for a segment as JSON values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mtreview.errors import InputError
from mtreview.model import (
    Basis,
    Flag,
    Reason,
    Role,
    Score,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    content_hash,
)
from mtreview.serialize.documents import segment_from_record, segment_to_record
from mtreview.serialize.version import SCHEMA_VERSION, Record


def to_record(result: SegmentResult, language: str | None = "en") -> Record:
    """Return everything that is known of a segment as plain JSON values.

    Args:
        result: The segment with its translations, scores and flags.
        language: Code of the language of the reasons; None keeps both and the tokens.
    """
    identifier = result.segment.id
    record: Record = {
        "schema_version": SCHEMA_VERSION,
        **segment_to_record(result.segment),
        "quality": score_to_record(result.quality, identifier),
        "back_translation": _translation_to_json(result.back_translation, identifier, language),
        "round_trip": _translation_to_json(result.round_trip, identifier, language),
        "scores": [score_to_record(score, identifier) for score in result.scores],
        "flags": [flag_to_record(flag, identifier, language) for flag in result.flags],
    }
    if language is not None:
        record["engine"] = result.back_translation.engine if result.back_translation else None
    else:
        record["forced"] = _tokens_to_json(result.forced)
        record["forced_source"] = _tokens_to_json(result.forced_source)
    return record


def from_record(record: Mapping[str, Any]) -> SegmentResult:
    """Return the result that a record was made from.

    A record that was made for one language gives reasons that are the same in both, and
    translations without tokens.

    Raises:
        InputError: The record is of a later version, or lacks a field.
    """
    version = record.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise InputError(
            f"the record has schema version {version!r}, and this program reads {SCHEMA_VERSION}",
            hint="Use the version of mtreview that wrote it, or score the text again.",
        )
    try:
        identifier = record["id"]
        return SegmentResult(
            segment=segment_from_record(record),
            back_translation=_translation_from_json(record, Role.BACK_TRANSLATION),
            round_trip=_translation_from_json(record, Role.ROUND_TRIP),
            scores=tuple(score_from_record(score, identifier) for score in record["scores"]),
            flags=tuple(flag_from_record(flag, identifier) for flag in record["flags"]),
            quality=score_from_record(record["quality"], identifier),
            forced=_tokens_from_json(record.get("forced")),
            forced_source=_tokens_from_json(record.get("forced_source")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the record of a segment cannot be read ({error!r})") from error


def score_to_record(score: Score, segment_id: str | None = None) -> Record:
    """Return a score as plain JSON values.

    Args:
        score: The score.
        segment_id: The segment that the record will stand in.
    """
    record: Record = {
        "metric": score.metric,
        "value": _number_to_json(score.value),
        "basis": score.basis.value,
        "interval": [_number_to_json(end) for end in score.interval] if score.interval else None,
        "explanation": score.explanation,
        "signature": score.signature,
    }
    return _with_foreign_id(record, score.segment_id, segment_id)


def score_from_record(record: Mapping[str, Any], segment_id: str | None = None) -> Score:
    """Return the score that a record was made from."""
    interval = record["interval"]
    return Score(
        metric=record["metric"],
        value=_number_from_json(record["value"]),
        signature=record["signature"],
        basis=Basis(record["basis"]),
        segment_id=record.get("segment_id", segment_id),
        interval=(_number_from_json(interval[0]), _number_from_json(interval[1]))
        if interval
        else None,
        explanation=record["explanation"],
    )


def flag_to_record(flag: Flag, segment_id: str | None, language: str | None = "en") -> Record:
    """Return a flag as plain JSON values; ``segment_id`` is the segment it will stand in."""
    record: Record = {
        "start": flag.start,
        "end": flag.end,
        "side": flag.side.value,
        "check": flag.check,
        "category": flag.category,
        "severity": flag.severity.value,
        "reason": flag.reason._asdict() if language is None else flag.reason.in_language(language),
        "evidence": flag.evidence,
        "suggestion": flag.suggestion,
        "excerpt": flag.excerpt,
        "ordinal": flag.ordinal,
    }
    return _with_foreign_id(record, flag.segment_id, segment_id)


def flag_from_record(record: Mapping[str, Any], segment_id: str) -> Flag:
    """Return the flag that a record was made from."""
    reason = record["reason"]
    return Flag(
        segment_id=record.get("segment_id", segment_id),
        side=Side(record["side"]),
        start=record["start"],
        end=record["end"],
        category=record["category"],
        severity=Severity(record["severity"]),
        reason=Reason(reason, reason) if isinstance(reason, str) else Reason(**reason),
        check=record["check"],
        evidence=record["evidence"],
        suggestion=record["suggestion"],
        excerpt=record["excerpt"],
        ordinal=record["ordinal"],
    )


def _translation_to_json(
    translation: Translation | None, segment_id: str, language: str | None
) -> Record | str | None:
    if translation is None:
        return None
    if language is not None:
        return translation.text
    record: Record = {
        "text": translation.text,
        "role": translation.role.value,
        "engine": translation.engine,
        "of": translation.of,
        "tokens": _tokens_to_json(translation.tokens),
    }
    return _with_foreign_id(record, translation.segment_id, segment_id)


def _translation_from_json(record: Mapping[str, Any], role: Role) -> Translation | None:
    value, segment_id = record[role.value], record["id"]
    if value is None:
        return None
    if isinstance(value, str):
        engine = record.get("engine") or ""
        return Translation(segment_id, value, role, engine, content_hash(record["target"]))
    return Translation(
        segment_id=value.get("segment_id", segment_id),
        text=value["text"],
        role=Role(value["role"]),
        engine=value["engine"],
        of=value["of"],
        tokens=_tokens_from_json(value.get("tokens")) or (),
    )


def _tokens_to_json(tokens: tuple[Token, ...] | None) -> list[list[Any]] | None:
    """Return each token as [text, log-probability, start, end]."""
    if tokens is None:
        return None
    return [[t.text, _number_to_json(t.log_probability), t.start, t.end] for t in tokens]


def _tokens_from_json(tokens: list[list[Any]] | None) -> tuple[Token, ...] | None:
    if tokens is None:
        return None
    return tuple(
        Token(text, _number_from_json(log), start, end) for text, log, start, end in tokens
    )


def _with_foreign_id(record: Record, own: str | None, surrounding: str | None) -> Record:
    """Return the record, with its segment id where that is not the one of its surroundings."""
    return record if own == surrounding else {**record, "segment_id": own}


def _number_to_json(number: float) -> float | str | None:
    if math.isfinite(number):
        return number
    return None if math.isnan(number) else str(number)


def _number_from_json(value: float | str | None) -> float:
    return math.nan if value is None else float(value)
