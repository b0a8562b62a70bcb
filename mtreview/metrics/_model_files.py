"""The files of a model that a metric reads: a folder, or a hub's, fetched once; and its licence.

A folder is taken as it is. A hub's id (``owner/name``) is looked up among what was fetched before,
and fetched where it is not whole; afterwards it works without a network. Only weights in safe or
plain torch form come along, not those of other frameworks, and no code.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mtreview.errors import ModelError
from mtreview.hub import fetch

CARD: Final = "README.md"

_TEXTS: Final = ("*.json", "*.model", "*.txt", CARD, "LICENSE*")
_SAFE: Final = "*.safetensors"
_PLAIN: Final = "pytorch_model*.bin"
_PLAIN_PARTS: Final = f"*/{_PLAIN}"
_LICENCE: Final = re.compile(r"^license:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)
_NAME: Final = re.compile(r"^license_name:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where a model lies.

    Attributes:
        name: Id on the hub, or name of the folder.
        version: ``revision:`` of the hub, or ``files:`` with a hash of their content.
    """

    folder: Path
    name: str
    version: str


def find_files(model: str) -> ModelFiles:
    """Return the files of a folder or of a hub's model.

    Raises:
        ModelError: There is no such folder or model, or it cannot be fetched.
    """
    folder = Path(model)
    if folder.is_dir():
        return ModelFiles(folder, folder.resolve().name, f"files:{content_of(folder)}")
    if model.count("/") != 1 or folder.is_absolute() or model.startswith((".", "~")):
        raise ModelError(
            "there is no such folder",
            where=model,
            hint="Name a folder, or a model of the hub as owner/name.",
        )
    found = _fetch(model)
    return ModelFiles(found, model, f"revision:{found.name[:12]}")


def licence_of(folder: Path) -> str:
    """Return the licence that the head of the model card names; "" if it names none.

    Where the head only says ``other``, its name for the licence is taken.
    """
    card = folder / CARD
    text = card.read_text(encoding="utf-8", errors="replace") if card.is_file() else ""
    if not text.startswith("---"):
        return ""
    head = text.split("\n---", 1)[0]
    licence, name = _LICENCE.search(head), _NAME.search(head)
    if name and licence and licence[1] == "other":
        return name[1]
    return licence[1] if licence else ""


def content_of(folder: Path) -> str:
    """Return a short hash of the names and the content of what a model is made of."""
    digest = hashlib.sha256()
    patterns = ("*.json", "*.model", "*.txt", _SAFE, "*.bin", "*.ckpt", "*.yaml")
    for path in sorted({path for pattern in patterns for path in folder.rglob(pattern)}):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _fetched(model: str) -> Path | None:
    """Return the folder of what was fetched of a model before, if that has weights."""
    import huggingface_hub

    try:
        folder = Path(huggingface_hub.snapshot_download(model, local_files_only=True))
    except Exception:  # noqa: BLE001 - the hub's library has many ways to say that it has nothing
        return None
    return folder if _has_weights(folder) else None


def _fetch(model: str) -> Path:
    """Return the folder of a model; plain weights are fetched only where there are no safe ones.

    Without ``modules.json`` nobody can tell whether a folder is whole: other programs fetch parts.
    So the hub is asked again, and what is there is used where it cannot be reached.

    Raises:
        ModelError: There is no such model, or it cannot be fetched.
    """
    before = _fetched(model)
    if before and (before / "modules.json").is_file():
        return before
    try:
        folder = fetch(model, [*_TEXTS, _SAFE, _PLAIN_PARTS])
        if not _has_weights(folder):
            folder = fetch(model, [*_TEXTS, _PLAIN, _PLAIN_PARTS])
    except ModelError:
        if before is None:
            raise
        return before
    return folder


def _has_weights(folder: Path) -> bool:
    """Tell whether there are weights for torch."""
    return any(path.is_file() for pattern in (_SAFE, _PLAIN) for path in folder.glob(pattern))
