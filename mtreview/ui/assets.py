"""The files of the card, served under an address that changes when they change."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

FOLDERS: Final = ("card", "fonts")
TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".css": "text/css; charset=utf-8",
}


class Asset(NamedTuple):
    """A file and its media type."""

    content: bytes
    media_type: str


@cache
def all_assets() -> dict[str, Asset]:
    """Return the files that browsers load, by ``folder/name``."""
    found = {}
    for folder in FOLDERS:
        for entry in files("mtreview.ui").joinpath(folder).iterdir():
            suffix = f".{entry.name.rpartition('.')[2]}"
            if suffix in TYPES:
                found[f"{folder}/{entry.name}"] = Asset(entry.read_bytes(), TYPES[suffix])
    return found


@cache
def version() -> str:
    """Return a short hash of all files."""
    digest = hashlib.sha256()
    for name, asset in sorted(all_assets().items()):
        digest.update(name.encode())
        digest.update(asset.content)
    return digest.hexdigest()[:12]


def text(name: str) -> str:
    """Return a file as text."""
    return all_assets()[name].content.decode("utf-8")
