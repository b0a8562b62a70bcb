"""Packs: which translation models there are, where they lie, whether they are whole.

What: a pack is found by the id of one that comes with mtreview, by its folder, or by the hub id of
one that was pulled. Why: a newsroom behind a firewall needs a model without a download, and a
better one stays one option away. Leaves alone: the hub, unless ``pull`` is called by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from mtreview.engines._hub import cache_directory, directory_of, pull
from mtreview.engines._pack import (
    PACK_FILE,
    Direction,
    Measured,
    Pack,
    TokenizerFiles,
    verify,
)
from mtreview.errors import ModelError

__all__ = [
    "Direction",
    "Measured",
    "Pack",
    "TokenizerFiles",
    "cache_directory",
    "find_pack",
    "installed_packs",
    "pull",
    "verify",
]

EMBEDDED: Final = Path(__file__).resolve().parent.parent / "packs"
"""Folder of the packs that come with mtreview, one folder each, named like its id."""


def find_pack(name: str) -> Pack:
    """Return a pack by embedded id, folder, or the id of a pulled hub model.

    Raises:
        ModelError: There is none, or it is broken; the message says what to do.
    """
    folders = [EMBEDDED / name, Path(name)] if name else []
    if "/" in name and not Path(name).is_absolute():
        folders.append(directory_of(name))
    for folder in folders:
        if (folder / PACK_FILE).is_file():
            return Pack.load(folder)
    known = [folder.name for folder in _folders(EMBEDDED)]
    known += [pack.id for pack in _loadable(cache_directory())]
    near = get_close_matches(name, known, n=1)
    if Path(name).is_dir():
        hint = f"The folder has no {PACK_FILE}."
    elif near:
        hint = f"Did you mean {near[0]!r}?"
    elif "/" in name:
        hint = f"Fetch it from the hub, once: mtreview models pull {name}"
    else:
        hint = f"There are: {', '.join(known) or 'none'}."
    raise ModelError("there is no such translation model", where=name or "(no name)", hint=hint)


def installed_packs() -> list[Pack]:
    """Return the packs that come with mtreview and those that were pulled, but for broken ones."""
    return [*_loadable(EMBEDDED), *_loadable(cache_directory())]


def _loadable(parent: Path) -> Iterator[Pack]:
    """Yield the packs of a folder whose description can be read."""
    for folder in _folders(parent):
        try:
            yield Pack.load(folder)
        except ModelError:
            continue


def _folders(parent: Path) -> list[Path]:
    """Return the folders of packs in a folder, by name."""
    return sorted(path.parent for path in parent.glob(f"*/{PACK_FILE}"))
