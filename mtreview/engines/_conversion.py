"""Turn a model as a hub delivers it into a pack, once.

What: OPUS-MT (Marian), NLLB and M2M100 models become CTranslate2 packs in 8-bit integers; the
converters need torch and transformers, the packs do not. Any other model can be kept as it is for
the ``transformers`` engine, if somebody writes its ``pack.toml``. Leaves alone: the network; the
folder that is read.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mtreview.engines._pack import (
    PACK_FILE,
    SCHEMA,
    Direction,
    Pack,
    TokenizerFiles,
    checksum,
)
from mtreview.errors import ModelError

INSTALL: Final = "Install what it needs: pip install 'mtreview[hub]'"
CARD: Final = "MODEL_CARD.md"

_TO_TWO_LETTERS: Final = {"ara": "ar", "arb": "ar", "eng": "en"}
_MARIAN_CODES: Final = {"ar": (">>ara<<", ">>arb<<"), "en": (">>eng<<",)}
_NLLB_CODES: Final = {"ar": "arb_Arab", "en": "eng_Latn"}
_M2M100_CODES: Final = {"ar": "__ar__", "en": "__en__"}
_PAIR: Final = re.compile(r"-([a-z]{2,3})-([a-z]{2,3})$")
_LICENCE: Final = re.compile(r"^license:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a model needs beside its weights."""

    tokenizer: TokenizerFiles
    directions: tuple[Direction, ...]


def convert(model: Path, output: Path, identifier: str, quantization: str = "int8") -> Pack:
    """Convert a downloaded model to a CTranslate2 pack.

    Args:
        model: Folder with the files of the hub.
        output: Folder to write; it must not exist.
        identifier: Id of the pack, such as the hub id.
        quantization: ``int8`` or ``float32``.

    Raises:
        ModelError: The architecture is not one of those above, files are missing, or torch is.
    """
    require_torch(identifier)
    plan = _plan(model, identifier)
    output.mkdir(parents=True)
    with quiet():
        from ctranslate2.converters import TransformersConverter

        try:
            TransformersConverter(str(model)).convert(
                str(output),
                quantization=None if quantization == "float32" else quantization,
                force=True,
            )
        except Exception as error:  # whatever torch, transformers or the converter stumble over
            raise ModelError(f"it cannot be converted ({error})", where=identifier) from error
    _require_codes(output, plan.directions, identifier)
    for name in {plan.tokenizer.file, plan.tokenizer.source, plan.tokenizer.target} - {""}:
        shutil.copyfile(model / name, output / name)
    positions = _configuration(model, identifier).get("max_position_embeddings", 1024)
    pack = _describe(model, output, identifier, "model.bin")
    pack = replace(
        pack,
        kind="ctranslate2-seq2seq",
        quantization=quantization,
        positions=positions,
        window=min(256, positions // 2),
        tokenizer=plan.tokenizer,
        directions=plan.directions,
    )
    return write(pack)


def keep(model: Path, output: Path, identifier: str) -> Pack:
    """Copy a downloaded model to a pack for the ``transformers`` engine, as it is.

    Args:
        model: Folder with the files of the hub.
        output: Folder to write; it must not exist.
        identifier: Id of the pack, such as the hub id.

    Raises:
        ModelError: mtreview does not know how the model is told its direction.
    """
    plan = _plan(model, identifier)
    shutil.copytree(model, output, ignore=shutil.ignore_patterns(".*", PACK_FILE))
    weights = sorted([*output.glob("*.safetensors"), *output.glob("*.bin")])
    if not weights:
        raise ModelError("it has no weights for torch", where=identifier)
    pack = _describe(model, output, identifier, weights[0].name)
    positions = _configuration(model, identifier).get("max_position_embeddings", 1024)
    return write(
        replace(
            pack,
            kind="transformers",
            positions=positions,
            window=min(256, positions // 2),
            tokenizer=plan.tokenizer,
            directions=plan.directions,
        )
    )


def write(pack: Pack) -> Pack:
    """Write ``pack.toml`` with the checksums of all files of the pack's folder, and return it."""
    names = sorted(path.name for path in pack.path.iterdir() if path.is_file())
    files = {name: checksum(pack.path / name) for name in names if name != PACK_FILE}
    plain = ("id", "version", "title", "kind", "licence", "licence_file", "attribution")
    rows: list[tuple[str, Any]] = [("schema", SCHEMA)]
    more = ("trained_on", "quantization", "window", "positions")
    rows += [(name, getattr(pack, name)) for name in (*plain, *more)]
    lines = [_row(*row) for row in rows]
    lines += ["", "[tokenizer]"]
    lines += [
        _row(name, getattr(pack.tokenizer, name))
        for name in ("kind", "file", "source", "target")
        if getattr(pack.tokenizer, name)
    ]
    names = ["source", "target", "prompt", "bos", "eos"]
    names += ["source_prefix", "source_suffix", "target_prefix", "length_penalty"]
    for direction in pack.directions:
        lines += ["", "[[direction]]", *(_row(name, getattr(direction, name)) for name in names)]
    lines += [
        "",
        "[files]",
        *(f"{json.dumps(name)} = {_toml(sum_)}" for name, sum_ in files.items()),
    ]
    (pack.path / PACK_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return replace(pack, files=files)


def require_torch(where: str) -> None:
    """Raise a ``ModelError`` that says what to install, when torch is not there."""
    missing = [name for name in ("torch", "transformers") if not importlib.util.find_spec(name)]
    if missing:
        raise ModelError(f"it needs {' and '.join(missing)}", where=where, hint=INSTALL)


def _describe(model: Path, output: Path, identifier: str, weights: str) -> Pack:
    """Return the pack of an output folder, with what the model card says."""
    card = model / "README.md"
    text = card.read_text(encoding="utf-8", errors="replace") if card.is_file() else ""
    licence = _LICENCE.search(text.split("\n---", 1)[0]) if text.startswith("---") else None
    if text:
        shutil.copyfile(card, output / CARD)
    return Pack(
        id=identifier,
        version=checksum(output / weights)[:12],
        title=identifier,
        kind="",
        path=output,
        licence=licence[1] if licence else "unknown",
        licence_file=CARD if text else "",
        attribution=(f"https://huggingface.co/{identifier}",) if "/" in identifier else (),
        trained_on=f"See {CARD}." if text else "",
    )


def _plan(model: Path, identifier: str) -> _Plan:
    """Return the tokenizer and the directions of a downloaded model."""
    kind = _configuration(model, identifier).get("model_type")
    if kind == "marian":
        return _marian(model, identifier)
    if kind == "m2m_100":
        return _many_languages(model, identifier)
    raise ModelError(
        f"models of the architecture {kind!r} cannot be pulled",
        where=identifier,
        hint=f"OPUS-MT, NLLB and M2M100 can; for another, download it and write its {PACK_FILE}.",
    )


def _marian(model: Path, identifier: str) -> _Plan:
    """Return the plan of an OPUS-MT model: two SentencePiece files, one direction."""
    _require_files(model, ("source.spm", "target.spm", "vocab.json"), identifier)
    settings = _json(model / "tokenizer_config.json", identifier)
    pair = [str(settings.get(f"{side}_lang") or "") for side in ("source", "target")]
    named = _PAIR.search(identifier)
    if not all(pair) and named:
        pair = list(named.groups())
    source, target = (_TO_TWO_LETTERS.get(code, code) for code in pair)
    if not (source and target):
        raise ModelError("it does not say which languages it translates", where=identifier)
    vocabulary = _json(model / "vocab.json", identifier)
    codes = [code for code in _MARIAN_CODES.get(target, ()) if code in vocabulary][:1]
    return _Plan(
        TokenizerFiles("sentencepiece", source="source.spm", target="target.spm"),
        (Direction(source, target, source_prefix=tuple(codes)),),
    )


def _many_languages(model: Path, identifier: str) -> _Plan:
    """Return the plan of an NLLB or M2M100 model: language codes tell the direction."""
    name = str(_json(model / "tokenizer_config.json", identifier).get("tokenizer_class", ""))
    codes = _NLLB_CODES if name.startswith("Nllb") else _M2M100_CODES
    if (model / "sentencepiece.bpe.model").is_file():
        tokenizer = TokenizerFiles("sentencepiece", file="sentencepiece.bpe.model")
    else:
        _require_files(model, ("tokenizer.json",), identifier)
        tokenizer = TokenizerFiles("tokenizers", file="tokenizer.json")
    return _Plan(
        tokenizer,
        tuple(
            Direction(
                source, target, source_prefix=(codes[source],), target_prefix=(codes[target],)
            )
            for source, target in (("ar", "en"), ("en", "ar"))
        ),
    )


def _require_files(model: Path, names: Sequence[str], identifier: str) -> None:
    """Raise when a file is missing."""
    missing = [name for name in names if not (model / name).is_file()]
    if missing:
        raise ModelError(f"the files {', '.join(missing)} are missing", where=identifier)


def _require_codes(output: Path, directions: Sequence[Direction], identifier: str) -> None:
    """Raise when the converted vocabulary lacks a piece that a direction needs."""
    vocabulary = set(json.loads((output / "shared_vocabulary.json").read_text(encoding="utf-8")))
    needed = {piece for d in directions for piece in (*d.source_prefix, *d.target_prefix, d.eos)}
    if needed - vocabulary:
        lacking = ", ".join(sorted(needed - vocabulary))
        raise ModelError(f"its vocabulary lacks {lacking}", where=identifier)


def _configuration(model: Path, identifier: str) -> dict[str, Any]:
    """Return ``config.json``."""
    _require_files(model, ("config.json",), identifier)
    return _json(model / "config.json", identifier)


def _json(file: Path, identifier: str) -> dict[str, Any]:
    """Return a JSON object of a file; empty when there is no such file."""
    if not file.is_file():
        return {}
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{file.name} is not valid JSON ({error})", where=identifier) from None
    return data if isinstance(data, dict) else {}


def _row(name: str, value: Any) -> str:
    """Return a line of TOML."""
    return f"{name} = {_toml(value)}"


def _toml(value: Any) -> str:
    """Return a text, number or list of texts as TOML; JSON strings are TOML strings but for DEL."""
    written = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return written.replace("\x7f", "\\u007f")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep warnings and progress bars of the converter's libraries from the user."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if shown:
            logging.enable_progress_bar()
