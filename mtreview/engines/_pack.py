"""A pack: the folder of a model with its tokenizer, licence, scores and checksums, as a value.

What: ``pack.toml`` says what the files are and how to talk to the model; this module reads it and
checks the files against their SHA-256. Why: an engine must know a prompt or a language code, and a
user must see licence and quality, without loading hundreds of megabytes. Leaves alone: keys it does
not know, so that a pack may carry notes; ``schema`` is raised when the meaning of a key changes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from mtreview.errors import ModelError

PACK_FILE: Final = "pack.toml"
SCHEMA: Final = 1

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a model, and what surrounds a text in it.

    Attributes:
        source: ISO 639 code of the language that is read.
        target: ISO 639 code of the language that is written.
        prompt: For language models: the text before the translation, with ``{text}`` in it, and
            ``{words}`` where the model expects what the lexicon of mtreview says of it. Unless it
            ends in white space, the translation begins with a space that is no part of it.
        bos: Piece before the prompt; "" for none.
        eos: Piece that ends a translation.
        source_prefix: Pieces before the source, such as a language code.
        source_suffix: Pieces after it.
        target_prefix: Pieces that the translation is made to begin with.
        length_penalty: Of the translations that a beam completes, the one whose sum of
            log-probabilities, divided by its length to this power, is best. By the bare sum the
            shortest would win, which leaves things out. By default about the best value of Wu et
            al. 2016 (arXiv 1609.08144).
    """

    source: str
    target: str
    prompt: str = ""
    bos: str = ""
    eos: str = "</s>"
    source_prefix: tuple[str, ...] = ()
    source_suffix: tuple[str, ...] = ("</s>",)
    target_prefix: tuple[str, ...] = ()
    length_penalty: float = 0.6

    @property
    def name(self) -> str:
        """The direction as it is written: ``ar-en``."""
        return f"{self.source}-{self.target}"


@dataclass(frozen=True, slots=True)
class TokenizerFiles:
    """Which library reads which file; ``source`` and ``target`` differ where the sides do.

    Attributes:
        kind: ``tokenizers``, ``sentencepiece``, or "" when the model's own library finds its own.
    """

    kind: str = ""
    file: str = ""
    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """How well a direction translated a development set, with what reproduces the numbers.

    Attributes:
        beam_size: 1 is greedy.
    """

    direction: str
    set: str
    sentences: int
    bleu: float
    bleu_signature: str
    chrf: float
    chrf_signature: str
    beam_size: int = 1


@dataclass(frozen=True, slots=True)
class Pack:
    """A model on disk.

    Attributes:
        kind: Id of the engine kind that runs it.
        path: The folder.
        licence: SPDX id or name of the licence of the weights.
        licence_file: File of the pack that holds its text; "" when there is none.
        attribution: Credits to be shown with it.
        trained_on: In a sentence, what it learned from.
        window: Source pieces that are translated at once; a longer text is cut.
        positions: Pieces that the model can see on each side (or, for a language model, in all).
        files: SHA-256 by file name.
    """

    id: str
    version: str
    title: str
    kind: str
    path: Path
    licence: str
    licence_file: str = ""
    attribution: tuple[str, ...] = ()
    trained_on: str = ""
    quantization: str = "float32"
    window: int = 256
    positions: int = 1024
    tokenizer: TokenizerFiles = field(default_factory=TokenizerFiles)
    directions: tuple[Direction, ...] = ()
    measured: tuple[Measured, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, directory: Path) -> Pack:
        """Read ``pack.toml`` of a folder.

        Raises:
            ModelError: There is none, or it is not what it should be.
        """
        where = str(directory / PACK_FILE)
        try:
            data = tomllib.loads((directory / PACK_FILE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(
                f"cannot read the description of the pack ({error})", where=where
            ) from None
        except tomllib.TOMLDecodeError as error:
            raise ModelError(f"not valid TOML ({error})", where=where) from None
        if data.get("schema") != SCHEMA:
            raise ModelError(
                f"a pack of schema {data.get('schema')!r}; this version reads schema {SCHEMA}",
                where=where,
                hint="Update mtreview, or pull the pack again.",
            )
        tables = {
            "path": directory,
            "tokenizer": _value(TokenizerFiles, data.get("tokenizer", {}), where),
            "directions": tuple(_value(Direction, t, where) for t in data.get("direction", ())),
            "measured": tuple(_value(Measured, t, where) for t in data.get("measured", ())),
        }
        pack = _value(cls, {**data, **tables}, where)
        if not pack.directions:
            raise ModelError("the pack names no direction", where=where)
        return pack

    def direction(self, source_language: str, target_language: str) -> Direction:
        """Return the direction between two languages.

        Raises:
            ModelError: The pack has no such direction; the message lists those it has.
        """
        for direction in self.directions:
            if (direction.source, direction.target) == (source_language, target_language):
                return direction
        known = ", ".join(direction.name for direction in self.directions)
        raise ModelError(
            f"it does not translate {source_language}-{target_language}",
            where=self.id,
            hint=f"It has {known}.",
        )


def verify(pack: Pack) -> list[str]:
    """Return what is wrong with the files of a pack, one line each; nothing when all is well."""
    problems = [] if pack.files else ["no checksums are recorded"]
    for name, expected in pack.files.items():
        file = pack.path / name
        if not file.is_file():
            problems.append(f"{name} is missing")
        elif checksum(file) != expected:
            problems.append(f"{name} is damaged: its SHA-256 is not the recorded one")
    if pack.licence_file and not (pack.path / pack.licence_file).is_file():
        problems.append(f"the licence file {pack.licence_file} is missing")
    return problems


def checksum(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _value(kind: type[Value], table: Mapping[str, Any], where: str) -> Value:
    """Return a frozen value from a TOML table, each key checked against the type of its field."""
    values: dict[str, Any] = {}
    for item in fields(kind):  # type: ignore[arg-type]
        if item.name not in table:
            if item.default is MISSING and item.default_factory is MISSING:
                raise ModelError(f"the key {item.name!r} is missing", where=where)
            continue
        value = table[item.name]
        values[item.name] = tuple(value) if isinstance(value, list) else value
        if not _fits(values[item.name], str(item.type)):
            raise ModelError(f"the key {item.name!r} cannot be {value!r}", where=where)
    return kind(**values)


def _fits(value: Any, annotation: str) -> bool:
    """Tell whether a value is of an annotated type."""
    if annotation == "tuple[str, ...]":
        return isinstance(value, tuple) and _are_texts(value)
    if annotation == "Mapping[str, str]":
        return isinstance(value, dict) and _are_texts(list(value.values()))
    plain: dict[str, Any] = {"str": str, "int": int, "float": (int, float)}
    return annotation not in plain or (
        isinstance(value, plain[annotation]) and not isinstance(value, bool)
    )


def _are_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
