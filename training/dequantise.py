"""Write a GGUF file of Gemma 3 as a model folder in 32-bit floats.

What: transformers reads the quantised file; a fresh model takes its weights, since the one that
was read still says that it is quantised.

Leaves alone: what the quantisation lost is lost.

Usage: dequantise.py FILE.gguf OUTPUT
"""

from __future__ import annotations

import argparse
import pathlib


def main() -> None:
    """Read, copy, and save."""
    parser = argparse.ArgumentParser(description="Dequantise a GGUF file.")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, Gemma3ForCausalLM

    folder, name = arguments.file.parent, arguments.file.name
    AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(arguments.output)
    quantised = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
    configuration = quantised.config
    if hasattr(configuration, "quantization_config"):
        del configuration.quantization_config
    model = Gemma3ForCausalLM(configuration)
    model.load_state_dict(quantised.state_dict(), strict=False)
    model.tie_weights()
    model.save_pretrained(arguments.output)


if __name__ == "__main__":
    main()
