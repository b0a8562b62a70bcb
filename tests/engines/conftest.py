"""Tiny packs for every kind of engine, built once in a session."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from mtreview.engines._conversion import convert, keep, quiet, write
from mtreview.engines._engine import Engine, Settings
from mtreview.engines.open import open_engine
from mtreview.engines.packs import Direction, Pack, TokenizerFiles

KINDS = (
    "marian",
    "marian-int8",
    "nllb",
    "gemma",
    "gemma-int8",
    "marian-torch",
    "nllb-torch",
    "gemma-torch",
)
"""Names of the tiny packs: architecture, and what runs it."""


@pytest.fixture(scope="session")
def hub_model(tiny: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a tiny model as a hub would deliver it, by architecture."""
    built: dict[str, Path] = {}

    def model(architecture: str) -> Path:
        if architecture not in built:
            folder = tmp_path_factory.mktemp("hub") / architecture
            build = {
                "marian": lambda: tiny.build_marian(folder, "ar", "en"),
                "nllb": lambda: tiny.build_nllb(folder),
                "gemma": lambda: tiny.build_gemma(folder),
            }
            with quiet():
                built[architecture] = build[architecture]()
        return built[architecture]

    return model


@pytest.fixture(scope="session")
def tiny_pack(
    tiny: ModuleType,
    hub_model: Callable[[str], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Pack]:
    """Return a tiny pack by its name in ``KINDS``."""
    made: dict[str, Pack] = {}

    def pack(name: str) -> Pack:
        if name not in made:
            architecture, _, variant = name.partition("-")
            model = hub_model(architecture)
            folder = tmp_path_factory.mktemp("packs") / name
            quantization = variant if variant == "int8" else "float32"
            if architecture == "gemma":
                made[name] = make_gemma_pack(tiny, model, folder, variant)
            elif variant == "torch":
                made[name] = keep(model, folder, f"tiny/opus-mt-ar-en-{name}")
            else:
                made[name] = convert(model, folder, f"tiny/{name}", quantization)
        return made[name]

    return pack


@pytest.fixture(scope="session")
def open_tiny(tiny_pack: Callable[[str], Pack]) -> Callable[..., Engine]:
    """Open a tiny pack by its name in ``KINDS``."""

    def opened(name: str, source: str = "ar", target: str = "en", **settings: int) -> Engine:
        chosen = Settings(threads=1, **settings)  # type: ignore[arg-type]
        return open_engine(str(tiny_pack(name).path), source, target, chosen)

    return opened


def make_gemma_pack(tiny: ModuleType, model: Path, folder: Path, variant: str) -> Pack:
    """Make a pack of a language model, for either engine, as the packing script does."""
    if variant == "torch":
        shutil.copytree(model, folder)
    else:
        with quiet():
            from ctranslate2.converters import TransformersConverter

            TransformersConverter(str(model)).convert(str(folder), quantization=variant or None)
        shutil.copyfile(model / "tokenizer.json", folder / "tokenizer.json")
    return write(
        Pack(
            id=f"tiny-gemma{variant and '-'}{variant}",
            version="1",
            title="A tiny language model",
            kind="transformers" if variant == "torch" else "ctranslate2-causal",
            path=folder,
            licence="CC0-1.0",
            quantization=variant if variant == "int8" else "float32",
            window=64,
            positions=512,
            tokenizer=TokenizerFiles("tokenizers", file="tokenizer.json"),
            directions=tuple(
                Direction(*name.split("-"), prompt=prompt, bos="<bos>", eos="<eos>")
                for name, prompt in tiny.PROMPTS.items()
            ),
        )
    )
