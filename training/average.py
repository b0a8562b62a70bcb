"""Write the mean of the weights of models that were tuned from the same one.

What: averages each matrix over the model folders given. Why: runs that differ in rate and order
err in different ways (docs/decisions/0008). Leaves alone:
tokenizer and configuration, which are those of the first.

Source: Wortsman et al. 2022, https://arxiv.org/abs/2203.05482

Usage: average.py OUTPUT MODEL MODEL...
"""

from __future__ import annotations

import argparse
import pathlib
import shutil

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def main() -> None:
    """Average the models."""
    parser = argparse.ArgumentParser(description="Average tuned models.")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("models", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    states = [load_file(model / WEIGHTS) for model in arguments.models]
    if any(state.keys() != states[0].keys() for state in states):
        parser.error("the models have not the same weights")
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(0).contiguous()
        for name in states[0]
    }
    shutil.copytree(arguments.models[0], arguments.output, dirs_exist_ok=True)
    save_file(mean, arguments.output / WEIGHTS, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
