"""A sentence encoder of the transformers library, read as its own description says.

What: ``modules.json`` of the sentence-transformers layout names the steps: the transformer, the
pooling (first token, mean or maximum), and perhaps a dense layer. Where there is none, the mean of
the tokens is taken. Models of the E5 family get ``query:`` before each text, others the prompt that
they name as their default. Why not the sentence-transformers package: these steps are all that such
models need, and transformers and torch are here already.

Leaves alone: steps that it does not know, and code that a model brings along: it refuses such a
model. A text that is longer than the model reads gets no number; it is not cut without a word.

Source: Reimers and Gurevych 2019 (https://aclanthology.org/D19-1410).
"""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mtreview.errors import ModelError
from mtreview.metrics._family import Options, known_licence, one_line
from mtreview.metrics._model_files import find_files, licence_of

if TYPE_CHECKING:
    import torch

INSTALL: Final = "Install what it needs: pip install 'mtreview[hub]'"
TOO_LONG: Final = "a text is longer than the model reads"

BATCH_TOKENS: Final = 4096
"""Tokens in a batch, padding included."""

POOLINGS: Final = ("cls", "mean", "max")
E5: Final = re.compile(r"(?:^|[-_/])e5[-_](?!.*instruct)", re.IGNORECASE)
E5_PREFIX: Final = "query: "


class SentenceEncoder:
    """A loaded encoder; the number of two texts is the cosine of their vectors."""

    def __init__(self, model: str, options: Options) -> None:
        """Load a model.

        Args:
            model: A folder, or an id on the hub.
            options: How it runs.

        Raises:
            ModelError: It cannot be found, fetched or loaded, or torch is not installed.
        """
        if not importlib.util.find_spec("torch"):
            raise ModelError("it needs torch", where=model, hint=INSTALL)
        files = find_files(model)
        self._name, folder = files.name, files.folder
        self.licence = licence_of(folder) or known_licence(model)
        try:
            self._read(folder, _modules(folder), options)
        except ModelError:
            raise
        except Exception as error:  # whatever the libraries stumble over
            raise ModelError(f"the model cannot be loaded ({error})", where=model) from error
        self._prefix = _prefix(folder, self._name)
        self.signature = (
            f"cosine|model:{files.name}|{files.version}|pooling:{self._pooling}"
            f"{'|dense' if self._dense else ''}{f'|prefix:{self._prefix}' if self._prefix else ''}"
            f"|tokens:{self._limit}|version:1"
        )

    def _read(self, folder: Path, modules: Sequence[tuple[str, Path]], options: Options) -> None:
        """Load the steps."""
        import torch
        import transformers

        base = next((path for kind, path in modules if kind == "Transformer"), folder)
        with _quiet():
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(base)
            loaded = transformers.AutoModel.from_pretrained(base, dtype=torch.float32)
        if options.threads:
            torch.set_num_threads(options.threads)
        device = options.device
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = loaded.eval().to(device)
        self._tokenizer.padding_side = "right"
        self._pooling, self._dense = "mean", []
        for kind, path in modules:
            if kind == "Pooling":
                self._pooling = _pooling(path, self._name)
            elif kind == "Dense":
                self._dense.append(_dense_layer(path, self._name).to(device))
            elif kind not in ("Transformer", "Normalize"):
                raise ModelError(f"its step {kind!r} is not known", where=self._name)
        self._limit = _limit(base, self._tokenizer, loaded.config)

    def score(self, rows: Sequence[tuple[str, ...]]) -> list[float | str]:
        """Return the cosine of the two texts of each row.

        Raises:
            ModelError: The model failed, for instance for want of memory.
        """
        import torch

        vectors = self._vectors(sorted({text for row in rows for text in row}))
        values: list[float | str] = []
        for first, second in rows:
            one, other = vectors[first], vectors[second]
            if one is None or other is None:
                values.append(TOO_LONG)
            else:
                cosine = torch.nn.functional.cosine_similarity(one, other, dim=0)
                values.append(round(float(cosine), 6))
        return values

    def _vectors(self, texts: Sequence[str]) -> dict[str, torch.Tensor | None]:
        """Return the vector of each text; None for one that is too long."""
        import torch

        read = [self._prefix + one_line(text) for text in texts]
        rows = self._tokenizer(read, verbose=False)["input_ids"]
        vectors: dict[str, torch.Tensor | None] = dict.fromkeys(texts)
        order = sorted(
            (place for place, row in enumerate(rows) if len(row) <= self._limit),
            key=lambda place: len(rows[place]),
        )
        try:
            with torch.inference_mode():
                for batch in _batches(order, rows):
                    found = self._encode([rows[place] for place in batch])
                    vectors |= dict(zip((texts[place] for place in batch), found, strict=True))
        except (RuntimeError, MemoryError) as error:
            raise ModelError(f"the model failed ({error})", where=self._name) from error
        return vectors

    def _encode(self, rows: list[list[int]]) -> torch.Tensor:
        """Return the vectors of one batch of token ids."""
        device = self._model.device
        inputs = self._tokenizer.pad({"input_ids": rows}, return_tensors="pt").to(device)
        hidden = self._model(**inputs).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1)
        if self._pooling == "cls":
            vectors = hidden[:, 0]
        elif self._pooling == "max":
            vectors = hidden.masked_fill(mask == 0, float("-inf")).amax(1)
        else:
            vectors = (hidden * mask).sum(1) / mask.sum(1)
        for layer in self._dense:
            vectors = layer(vectors)
        return vectors


def _modules(folder: Path) -> list[tuple[str, Path]]:
    """Return the kind and the folder of each step; none where the model does not say."""
    file = folder / "modules.json"
    rows = _json(file) if file.is_file() else []
    return [(str(row["type"]).rpartition(".")[2], folder / row["path"]) for row in rows]


def _pooling(path: Path, name: str) -> str:
    """Return how the vectors of the tokens become one.

    Raises:
        ModelError: In a way that is not known here.
    """
    settings = _json(path / "config.json")
    old = "pooling_mode_"
    switched_on = [
        key.removeprefix(old).removesuffix("_tokens").removesuffix("_token")
        for key, value in settings.items()
        if key.startswith(old) and value is True
    ]
    chosen = "+".join([settings["pooling_mode"]] if "pooling_mode" in settings else switched_on)
    if chosen not in POOLINGS:
        raise ModelError(f"its pooling {chosen!r} is not known", where=name)
    return chosen


def _dense_layer(path: Path, name: str) -> Any:
    """Return a dense layer with its activation.

    Raises:
        ModelError: Its activation is not known, or its weights are not there.
    """
    import torch
    from safetensors.torch import load_file

    settings = _json(path / "config.json")
    kind = str(settings.get("activation_function", "Tanh")).rpartition(".")[2]
    activations = {"Tanh": torch.nn.Tanh, "Identity": torch.nn.Identity}
    if kind not in activations:
        raise ModelError(f"its activation {kind!r} is not known", where=name)
    linear = torch.nn.Linear(
        settings["in_features"], settings["out_features"], bias=settings.get("bias", True)
    )
    safe, plain = path / "model.safetensors", path / "pytorch_model.bin"
    weights = load_file(safe) if safe.is_file() else torch.load(plain, weights_only=True)
    linear.load_state_dict({key.removeprefix("linear."): value for key, value in weights.items()})
    return torch.nn.Sequential(linear, activations[kind]()).eval()


def _limit(base: Path, tokenizer: Any, config: Any) -> int:
    """Return how many tokens the model reads, the special ones included."""
    limits = [int(tokenizer.model_max_length)]
    file = base / "sentence_bert_config.json"
    chosen = _json(file).get("max_seq_length") if file.is_file() else None
    if chosen:
        limits.append(int(chosen))
    positions = getattr(config, "max_position_embeddings", None)
    if positions:
        # RoBERTa counts positions from behind the one of the padding.
        skipped = config.pad_token_id + 1 if "roberta" in config.model_type else 0
        limits.append(int(positions) - skipped)
    return min(limits)


def _prefix(folder: Path, name: str) -> str:
    """Return what stands before each text."""
    file = folder / "config_sentence_transformers.json"
    settings = _json(file) if file.is_file() else {}
    prompt = (settings.get("prompts") or {}).get(settings.get("default_prompt_name") or "")
    return str(prompt or (E5_PREFIX if E5.search(name) else ""))


def _batches(order: Sequence[int], rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return places in batches of texts of like length; ``order`` is by length."""
    batches: list[list[int]] = []
    for place in order:
        if batches and (len(batches[-1]) + 1) * len(rows[place]) <= BATCH_TOKENS:
            batches[-1].append(place)
        else:
            batches.append([place])
    return batches


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep warnings and progress bars of the library from the user."""
    from transformers.utils import logging

    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()
