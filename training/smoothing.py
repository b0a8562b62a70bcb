"""Make a model lose less when it is computed in 8 bits, without changing what it computes.

What: 8-bit arithmetic rounds the inputs of each layer too, with one scale for all channels of a
token, and a few channels of Gemma are so much larger than the rest that the rest lose their digits.
Dividing an input channel in the layer before (the weights of a normalisation, or the rows of a
projection) and multiplying the same column of the layer changes nothing in exact arithmetic and
spreads the range. For each layer, the strength with the least error of the rounded product on real
texts is chosen.

Why: rounding the inputs costs more than rounding the weights; ``docs/models.md`` has the numbers.

Leaves alone: the inputs of the output projections of the attention and of the vocabulary.

Source: SmoothQuant, Xiao et al. 2023, https://arxiv.org/abs/2211.10438; the search as in AWQ, Lin
et al. 2024, https://arxiv.org/abs/2306.00978
"""

from __future__ import annotations

import itertools
import pathlib
from typing import Any

import torch
from prompts import BEGIN, END, read_example

TEXTS, TOKENS_PER_TEXT = 64, 12
STRENGTHS = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
LEAST, WIDEST = 1e-5, 1e2


def rounded(rows: Any) -> Any:
    """Return rows as their 8-bit form would be read back."""
    scale = 127 / rows.abs().amax(-1, keepdim=True).clamp(min=LEAST)
    return torch.round(rows * scale) / scale


def read_texts(examples: pathlib.Path, tokenizer: Any) -> list[list[int]]:
    """Return prompts with their answers, taken evenly from a file of examples."""
    lines = examples.read_text(encoding="utf-8").splitlines()
    texts = []
    for line in lines[:: max(1, len(lines) // TEXTS)][:TEXTS]:
        text = "".join(read_example(line))
        texts.append([BEGIN, *tokenizer(text, add_special_tokens=False)["input_ids"], END])
    return texts


def inputs_of_layers(model: Any, texts: list[list[int]]) -> dict[Any, Any]:
    """Return, for each linear layer of the decoder, its inputs at some tokens of the texts."""
    kept: dict[Any, list[Any]] = {}
    chance = torch.Generator().manual_seed(0)
    chosen = torch.zeros(0, dtype=torch.long)

    def remember(module: Any, inputs: Any) -> None:
        kept.setdefault(module, []).append(inputs[0].detach()[0, chosen])

    modules = [m for m in model.model.layers.modules() if isinstance(m, torch.nn.Linear)]
    hooks = [module.register_forward_pre_hook(remember) for module in modules]
    with torch.no_grad():
        for text in texts:
            chosen = torch.randperm(len(text), generator=chance)[:TOKENS_PER_TEXT]
            model.model(input_ids=torch.tensor([text]), use_cache=False)
    for hook in hooks:
        hook.remove()
    return {module: torch.cat(rows) for module, rows in kept.items()}


def best_scale(inputs: Any, weight: Any) -> Any:
    """Return by how much to divide each input channel so that rounding costs least."""
    exact = inputs @ weight.T
    norms = exact.pow(2).sum(-1).clamp(min=LEAST)
    of_weight = weight.abs().amax(0).clamp(min=LEAST)
    best, least = None, torch.inf
    for of_inputs, strength in itertools.product(
        (inputs.abs().amax(0), inputs.pow(2).mean(0).sqrt()), STRENGTHS
    ):
        scale = of_inputs.clamp(min=LEAST) ** strength
        scale = scale / of_weight ** (1 - strength) if strength else torch.ones_like(scale)
        scale = (scale / scale.log().mean().exp()).clamp(1 / WIDEST, WIDEST)
        product = rounded(inputs / scale) @ rounded(weight * scale).T
        error = ((product - exact).pow(2).sum(-1) / norms).mean().item()
        if error < least:
            best, least = scale, error
    return best


def smooth(model: Any, texts: list[list[int]]) -> None:
    """Rescale the channels of all layers in place."""
    inputs = inputs_of_layers(model, texts)
    with torch.no_grad():
        for layer in model.model.layers:
            attention, network = layer.self_attn, layer.mlp
            for norm, modules in (
                (layer.input_layernorm, (attention.q_proj, attention.k_proj, attention.v_proj)),
                (layer.pre_feedforward_layernorm, (network.gate_proj, network.up_proj)),
            ):
                scale = best_scale(inputs[modules[0]], torch.cat([m.weight for m in modules]))
                # Gemma multiplies by one plus the stored weight.
                norm.weight.copy_((1 + norm.weight) / scale - 1)
                for module in modules:
                    module.weight.mul_(scale)
            scale = best_scale(inputs[network.down_proj], network.down_proj.weight)
            network.up_proj.weight.div_(scale[:, None])
            network.down_proj.weight.mul_(scale)
