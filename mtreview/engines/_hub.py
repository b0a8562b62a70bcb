"""Fetch a model from the Hugging Face hub, convert it once, and keep it for good.

What: ``pull`` downloads the files that a conversion needs, shows the licence of the model card,
converts, and puts the finished pack into the user's cache folder in one step. Afterwards the model
runs offline. Leaves alone: everything, until a user calls it by name.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from mtreview.engines._conversion import INSTALL, convert, keep, require_torch
from mtreview.engines._pack import Pack
from mtreview.errors import ModelError
from mtreview.hub import fetch

CACHE_VARIABLE: Final = "MTREVIEW_CACHE"
"""Environment variable that names another cache folder."""

WANTED: Final = (
    "*.json",
    "*.spm",
    "*.model",
    "README.md",
    "LICENSE*",
    "*.safetensors",
    "pytorch_model*.bin",
)
"""Files that are downloaded; weights for other frameworks are not."""


def cache_directory() -> Path:
    """Return the folder of pulled packs; it need not exist."""
    import platformdirs

    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen or platformdirs.user_cache_dir("mtreview", appauthor=False)) / "packs"


def directory_of(hub_id: str) -> Path:
    """Return the folder that a hub model is pulled to."""
    return cache_directory() / hub_id.replace("/", "--")


def pull(
    hub_id: str,
    on_progress: Callable[[str], None] | None = None,
    *,
    as_is: bool = False,
    quantization: str = "int8",
) -> Pack:
    """Download a translation model and make a pack of it in the user's cache.

    Args:
        hub_id: ``owner/name``, such as ``Helsinki-NLP/opus-mt-ar-en``.
        on_progress: Told in a line what happens, the licence included.
        as_is: Keep the model for the ``transformers`` engine instead of converting it.
        quantization: Of the converted weights: ``int8`` or ``float32``.

    Raises:
        ModelError: The hub cannot be reached or has no such model, the model cannot be converted,
            or the extra ``hub`` is not installed. Nothing half-made is left.
    """
    say = on_progress or (lambda line: None)
    if not importlib.util.find_spec("huggingface_hub"):
        raise ModelError("pulling needs huggingface_hub", where=hub_id, hint=INSTALL)
    require_torch(hub_id)
    say(f"downloading {hub_id}")
    model = fetch(hub_id, WANTED)
    final = directory_of(hub_id)
    final.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=final.parent, prefix=".pull-") as work:
        made = Path(work) / "pack"
        say("copying" if as_is else f"converting to {quantization}")
        pack = keep(model, made, hub_id) if as_is else convert(model, made, hub_id, quantization)
        say(f"licence of the weights: {pack.licence}")
        if final.exists():
            final.rename(Path(work) / "before")
        made.rename(final)
    say(f"ready: {hub_id}")
    return replace(pack, path=final)
