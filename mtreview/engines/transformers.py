"""Engines that run hub models as they are, by torch: slow, exact, for what no converter knows.

What: a pack of kind ``transformers`` holds the files of the hub. A direction with a prompt is run
as a language model, any other as encoder and decoder. Log-probabilities come from a forced pass
over what was written, so they mean the same as those of ``score``. Needs the extra ``hub``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mtreview.engines._conversion import quiet, require_torch
from mtreview.engines._decoder import (
    Candidate,
    Choose,
    Generated,
    is_line_end,
    with_probabilities,
)
from mtreview.engines._decoding import PieceEngine
from mtreview.engines._engine import Engine, EngineKind, Settings
from mtreview.engines._layout import Layout
from mtreview.engines._loops import loops
from mtreview.engines._pack import Pack
from mtreview.engines._tokenizer import open_tokenizers
from mtreview.errors import ModelError

if TYPE_CHECKING:
    import torch


class _TorchDecoder:
    """A loaded model of the transformers library."""

    workers = 1

    def __init__(self, pack: Pack, settings: Settings, layout: Layout, *, causal: bool) -> None:
        import torch
        import transformers

        if settings.threads:
            torch.set_num_threads(settings.threads)
        device = settings.device
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        kind = transformers.AutoModelForCausalLM if causal else transformers.AutoModelForSeq2SeqLM
        try:
            with quiet():
                tokenizer = transformers.AutoTokenizer.from_pretrained(pack.path)
                self._model = kind.from_pretrained(pack.path).eval().to(device)
        except Exception as error:  # whatever the libraries stumble over
            raise ModelError(f"the model cannot be loaded ({error})", where=pack.id) from error
        self.signature = f"torch:{str(self._model.dtype).removeprefix('torch.')}"
        self._ids = tokenizer.convert_tokens_to_ids
        self._pieces = tokenizer.convert_ids_to_tokens
        self._beam_size = settings.beam_size
        self._causal = causal
        self._layout = layout
        self._end: int = self._ids(layout.eos)
        configuration = self._model.generation_config
        self._filler: int = next(
            value
            for value in (configuration.pad_token_id, tokenizer.pad_token_id, self._end)
            if value is not None
        )
        banned = configuration.bad_words_ids or []
        self._never = [words[0] for words in banned if len(words) == 1]

    def generate(
        self,
        sources: list[list[str]],
        limits: list[int],
        no_repeat: int = 0,
        never: Sequence[str] = (),
        choose: Choose | None = None,
    ) -> list[Generated]:
        """Translate one batch."""
        import torch
        import transformers

        inputs = self._padded([self._ids(source) for source in sources], left=self._causal)
        begun = inputs["input_ids"].shape[1]
        if not self._causal:
            start = [self._model.config.decoder_start_token_id, *self._prefix()]
            begun = len(start)
            inputs["decoder_input_ids"] = torch.tensor(
                [start] * len(sources), device=self._model.device
            )

        pieces = self._pieces

        class Stop(transformers.StoppingCriteria):  # type: ignore[misc]
            """Stops loops and overlength, each text by itself."""

            def __call__(self, ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
                written = ids[:, begun:].tolist()
                done = [
                    len(row) >= limit or loops(row) or is_line_end(pieces(row[-1]))
                    for row, limit in zip(written, limits, strict=True)
                ]
                return torch.tensor(done, device=ids.device)

        greedy = self._beam_size == 1
        kept = self._beam_size if choose else 1
        with torch.inference_mode():
            output = self._model.generate(
                **inputs,
                num_beams=self._beam_size,
                num_return_sequences=kept,
                return_dict_in_generate=True,
                output_scores=not greedy,
                do_sample=False,
                length_penalty=self._layout.direction.length_penalty,
                no_repeat_ngram_size=no_repeat,
                suppress_tokens=self._ids(list(never)) or None,
                max_new_tokens=max(limits),
                min_length=0,
                eos_token_id=self._end,
                pad_token_id=self._filler,
                stopping_criteria=transformers.StoppingCriteriaList([Stop()] if greedy else []),
            )
        written = [self._trimmed(row) for row in output.sequences[:, begun:].tolist()]
        scores = [0.0] * len(written) if greedy else output.sequences_scores.tolist()
        candidates = [Candidate(*row) for row in zip(written, scores, strict=True)]
        found = [candidates[start : start + kept] for start in range(0, len(candidates), kept)]
        return with_probabilities(self, sources, found, limits, self._layout.eos, choose=choose)

    def force(
        self, sources: list[list[str]], targets: list[list[str]]
    ) -> list[tuple[list[float], float]]:
        """Return the log-probabilities of given pieces, and of the end after them."""
        import torch

        wanted = [[*self._ids(target), self._end] for target in targets]
        given = [self._ids(source) for source in sources]
        if self._causal:
            rows = [[*row, *target] for row, target in zip(given, wanted, strict=True)]
            first = [len(row) - 1 for row in given]
            inputs = self._padded(rows)
        else:
            start = [self._model.config.decoder_start_token_id, *self._prefix()]
            inputs = self._padded(given)
            inputs["decoder_input_ids"] = self._padded([start + row[:-1] for row in wanted])[
                "input_ids"
            ]
            first = [len(start) - 1] * len(wanted)
        with torch.inference_mode():
            logits = self._model(**inputs).logits.float()
            logits[:, :, self._never] = -torch.inf
            results = []
            for row, begin, target in zip(logits, first, wanted, strict=True):
                each = row[begin : begin + len(target)].log_softmax(-1)
                picked = each[torch.arange(len(target)), torch.tensor(target)].tolist()
                results.append((picked[:-1], picked[-1]))
        return results

    def _prefix(self) -> list[int]:
        """Return the ids that a translation is made to begin with."""
        return [self._ids(piece) for piece in self._layout.prefix]

    def _trimmed(self, row: list[int]) -> list[str]:
        """Return the pieces of a row of ids up to its end; what follows is padding."""
        if self._end in row:
            row = row[: row.index(self._end) + 1]
        else:
            while row and row[-1] == self._filler:
                row.pop()
        return list(self._pieces(row))

    def _padded(self, rows: Sequence[list[int]], *, left: bool = False) -> dict[str, torch.Tensor]:
        """Return rows of ids as one tensor, with the mask of what is not padding."""
        import torch

        width = max(len(row) for row in rows)
        ids, mask = [], []
        for row in rows:
            empty = width - len(row)
            filler, hidden = [self._filler] * empty, [0] * empty
            seen = [1] * len(row)
            ids.append([*filler, *row] if left else [*row, *filler])
            mask.append([*hidden, *seen] if left else [*seen, *hidden])
        device = self._model.device
        return {
            "input_ids": torch.tensor(ids, device=device),
            "attention_mask": torch.tensor(mask, device=device),
        }


def _open(pack: Pack, source: str, target: str, settings: Settings) -> Engine:
    """Load a pack for one direction."""
    require_torch(pack.id)
    direction = pack.direction(source, target)
    layout = Layout.of(pack, direction, open_tokenizers(pack), settings.glossary)
    decoder = _TorchDecoder(pack, settings, layout, causal=bool(direction.prompt))
    return PieceEngine(pack, direction, settings, layout, decoder)


ENGINE = EngineKind("transformers", "transformers and torch, any model as it is", _open)
