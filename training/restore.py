"""Write a pack as a model folder in 32-bit floats, to go on tuning from it.

What: reads the file of CTranslate2 (names, shapes, 8-bit rows, one scale a row), gives each matrix
its name in Gemma 3, and rebuilds the configuration from what the file says of itself: sizes, the
bases of the rotary positions, which layers look back how far. Packed again without tuning, the
result holds the same 8-bit weights (without ``--calibrate``).

Why: a pack is all that is shipped. Whoever holds one and some pairs can go on from it.

Leaves alone: what the rounding to 8 bits lost is lost.

Source: the layout of the file, ``model_spec.py`` in https://github.com/OpenNMT/CTranslate2

Usage: restore.py PACK OUTPUT
"""

from __future__ import annotations

import argparse
import json
import pathlib
import shutil
import struct
from typing import Any

import numpy as np

BINARY_VERSION = 6
TYPES = ("<f4", "<i1", "<i2", "<i4")
NORMS = {
    "input_layer_norm": "input_layernorm",
    "post_attention_layer_norm": "post_attention_layernorm",
    "pre_feedforward_layer_norm": "pre_feedforward_layernorm",
    "post_feedforward_layer_norm": "post_feedforward_layernorm",
    "self_attention/q_norm": "self_attn.q_norm",
    "self_attention/k_norm": "self_attn.k_norm",
}
MATRICES = {
    "self_attention/linear_1": "self_attn.o_proj",
    "ffn/linear_0": "mlp.gate_proj",
    "ffn/linear_0_noact": "mlp.up_proj",
    "ffn/linear_1": "mlp.down_proj",
}

Arrays = dict[str, Any]


def read_variables(path: pathlib.Path) -> Arrays:
    """Return the variables of a model file of CTranslate2 by their names."""
    data = path.read_bytes()
    position = 0

    def numbers(form: str) -> tuple[int, ...]:
        nonlocal position
        values = struct.unpack_from(f"<{form}", data, position)
        position += struct.calcsize(f"<{form}")
        return values

    def text() -> str:
        nonlocal position
        (length,) = numbers("H")
        position += length
        return data[position - length : position - 1].decode()

    (version,) = numbers("I")
    if version != BINARY_VERSION:
        raise SystemExit(f"{path.name} has version {version} of the format, not {BINARY_VERSION}")
    text()
    _, count = numbers("II")
    variables = {}
    for _ in range(count):
        name = text()
        (rank,) = numbers("B")
        shape = numbers(f"{rank}I")
        kind, size = numbers("BI")
        array = np.frombuffer(data, TYPES[kind], size // np.dtype(TYPES[kind]).itemsize, position)
        variables[name] = array.reshape(shape)
        position += size
    return variables


def matrix(variables: Arrays, name: str) -> Any:
    """Return a matrix in floats: each 8-bit row divided by its scale."""
    weight, scale = variables[f"{name}/weight"], variables[f"{name}/weight_scale"]
    return weight.astype(np.float32) / scale[:, None]


def state_of(variables: Arrays, layers: int, heads: int) -> Arrays:
    """Return the weights by their names in Gemma 3."""
    state = {
        "model.embed_tokens.weight": matrix(variables, "decoder/embeddings"),
        "model.norm.weight": variables["decoder/layer_norm/gamma"],
    }
    for index in range(layers):
        source, target = f"decoder/layer_{index}", f"model.layers.{index}"
        for name, its_name in NORMS.items():
            state[f"{target}.{its_name}.weight"] = variables[f"{source}/{name}/gamma"]
        for name, its_name in MATRICES.items():
            state[f"{target}.{its_name}.weight"] = matrix(variables, f"{source}/{name}")
        # Queries of all heads, keys and values lie in one matrix, one below the other.
        fused = matrix(variables, f"{source}/self_attention/linear_0")
        size = int(variables[f"{source}/self_attention/head_dim"])
        key_heads = int(variables[f"{source}/self_attention/num_heads_kv"])
        ends = [heads * size, (heads + key_heads) * size]
        for letter, part in zip("qkv", np.split(fused, ends), strict=True):
            state[f"{target}.self_attn.{letter}_proj.weight"] = part
    return state


def configuration_of(variables: Arrays, layers: int) -> Any:
    """Return the configuration of Gemma 3 that the variables were made with."""
    from transformers import Gemma3TextConfig

    attention = [
        {
            part: variables[f"decoder/layer_{index}/self_attention/{part}"].item()
            for part in ("rotary_base", "sliding_window", "head_dim", "num_heads_kv")
        }
        for index in range(layers)
    ]
    kinds = ["sliding_attention" if a["sliding_window"] else "full_attention" for a in attention]
    bases = {kind: a["rotary_base"] for kind, a in zip(kinds, attention, strict=True)}
    pieces, hidden = variables["decoder/embeddings/weight"].shape
    return Gemma3TextConfig(
        vocab_size=pieces,
        hidden_size=hidden,
        intermediate_size=variables["decoder/layer_0/ffn/linear_0/weight"].shape[0],
        num_hidden_layers=layers,
        num_attention_heads=int(variables["decoder/num_heads"]),
        num_key_value_heads=attention[0]["num_heads_kv"],
        head_dim=attention[0]["head_dim"],
        query_pre_attn_scalar=attention[0]["head_dim"],
        hidden_activation="gelu_pytorch_tanh",
        sliding_window=max(a["sliding_window"] for a in attention),
        layer_types=kinds,
        rope_parameters={
            kind: {"rope_type": "default", "rope_theta": base} for kind, base in bases.items()
        },
        tie_word_embeddings=True,
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )


def main() -> None:
    """Read, rename, and save."""
    parser = argparse.ArgumentParser(description="Write a pack as a model folder in floats.")
    parser.add_argument("pack", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    import torch
    from transformers import Gemma3ForCausalLM

    variables = read_variables(arguments.pack / "model.bin")
    layers = sum(name.endswith("/input_layer_norm/gamma") for name in variables)
    model = Gemma3ForCausalLM(configuration_of(variables, layers)).float()
    state = state_of(variables, layers, int(variables["decoder/num_heads"]))
    missing, unexpected = model.load_state_dict(
        {name: torch.tensor(array) for name, array in state.items()}, strict=False
    )
    if unexpected or set(missing) - {"lm_head.weight"}:
        raise SystemExit(f"missing: {missing}, unexpected: {unexpected}")
    model.tie_weights()
    model.save_pretrained(arguments.output)
    shutil.copy(arguments.pack / "tokenizer.json", arguments.output)
    tokens = {f"{name}_token": f"<{name}>" for name in ("pad", "eos", "bos", "unk")}
    (arguments.output / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", **tokens}, indent=1) + "\n",
        encoding="utf-8",
    )
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} million parameters")


if __name__ == "__main__":
    main()
