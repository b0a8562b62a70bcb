"""Low-rank adapters: small trainable matrices beside the frozen layers of a model.

What: each linear layer ``W`` becomes ``W + 2 B A`` with ``B`` and ``A`` of a small rank. At the
end they are merged into the layers. Only these are trained; the frozen layers may be held in fewer
bits.

Why: no gradient and no optimizer state for 100 million weights. On a CPU a step costs half as
much, and a model that sees only a few thousand sentences forgets less of what it knew.

Leaves alone: embeddings and normalisation.

Source: LoRA, Hu et al. 2021, https://arxiv.org/abs/2106.09685
"""

from __future__ import annotations

import math
from typing import Any

import torch

SCALE = 2.0


class AdaptedLinear(torch.nn.Module):
    """A frozen linear layer with a trainable low-rank addition."""

    def __init__(self, linear: torch.nn.Linear, rank: int, kind: torch.dtype) -> None:
        super().__init__()
        self.original = linear.weight.detach().clone()
        self.register_buffer("weight", linear.weight.detach().to(kind), persistent=False)
        self.down = torch.nn.Parameter(torch.empty(rank, linear.in_features))
        self.up = torch.nn.Parameter(torch.zeros(linear.out_features, rank))
        torch.nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Apply the layer and its addition."""
        low = torch.nn.functional.linear(inputs, self.down)
        return torch.nn.functional.linear(inputs, self.weight) + SCALE * torch.nn.functional.linear(
            low, self.up
        )

    def merged(self) -> torch.Tensor:
        """Return the full weight with the addition in it."""
        return self.original + SCALE * (self.up.detach() @ self.down.detach()).to("cpu")


def adapt(model: Any, rank: int, kind: torch.dtype, first: int = 0) -> None:
    """Give the linear layers of the decoder adapters, and freeze everything else.

    Args:
        model: The model, changed in place.
        rank: Of the adapters.
        kind: In what the frozen layers are held.
        first: The layers before this one get none: no gradient has to go so far down.
    """
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for layer in model.model.layers[first:]:
        for part in (layer.self_attn, layer.mlp):
            for name, module in list(part.named_children()):
                if isinstance(module, torch.nn.Linear):
                    setattr(part, name, AdaptedLinear(module, rank, kind))


def merged_state(model: Any) -> dict[str, torch.Tensor]:
    """Return the weights of the model as if it had never had adapters."""
    state = {}
    for name, parameter in model.named_parameters():
        if not name.endswith((".down", ".up")) and name != "lm_head.weight":
            state[name] = parameter.detach()
    for name, module in model.named_modules():
        if isinstance(module, AdaptedLinear):
            state[f"{name}.weight"] = module.merged()
    return state
