"""Turn a tuned model into a pack: 8-bit weights, tokenizer, licence and a description.

What: converts with ctranslate2, copies the tokenizer, writes ``pack.toml`` (with checksums and
measured scores), and puts the finished folder in place of the old one in a single step, so that
nobody ever reads half a pack.

Why ``--smooth``: 8-bit arithmetic also rounds the inputs of each layer, one scale for a whole
token, and a few channels of Gemma are so much larger than the rest that the rest lose their
digits. Dividing these channels in the weights of the normalisation before the layer, and
multiplying the layer's columns alike, changes nothing in exact arithmetic and spreads the range.

Leaves alone: the tuned model.

Source: SmoothQuant, Xiao et al. 2023, https://arxiv.org/abs/2211.10438

Usage: pack.py MODEL PACK --licence FILE [--smooth EXAMPLES] [--scores FILE...] [--trained-on
    TEXT]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import shutil
import tempfile
from typing import Any

IDENTIFIER = "gemma3-ar-en"
PROMPTS = {
    ("ar", "en"): "Arabic: {text}\\nEnglish:",
    ("en", "ar"): "English: {text}\\nArabic:",
}
ATTRIBUTION = [
    "Gemma 3 270M, Google, Gemma Terms of Use (base model, from a Q4_K_M GGUF conversion)",
    "United Nations documents (sentence pairs; reuse with attribution)",
    "XQuAD, Google DeepMind, CC BY-SA 4.0",
    "Tatoeba sentences, tatoeba.org contributors, CC BY 2.0 FR",
    "MMLU in Arabic (machine-translated by GPT), MIT / Apache-2.0",
    "ethereum.org, bitcoin.org and Astro documentation, MIT",
    "Open Source Guides, GitHub, CC BY 4.0",
    "React documentation, CC BY 4.0",
    "OWASP documents, CC BY-SA 4.0",
    "Mozilla websites, MPL-2.0",
    "Debian Administrator's Handbook, GPL-2.0-or-later",
    "Primero and OpenStreetMap website translations",
    "Microsoft lessons for beginners, MIT",
    "vote.gov, public domain",
]
CALIBRATION_TEXTS = 96
SMOOTHING_STRENGTH = 0.5


def largest_inputs(model: Any, texts: list[list[int]]) -> dict[str, Any]:
    """Return, for each linear layer, the largest absolute input of every channel over the texts."""
    import torch

    largest: dict[str, Any] = {}
    hooks = []
    for name, module in model.model.named_modules():
        if isinstance(module, torch.nn.Linear):

            def remember(_: Any, inputs: Any, name: str = name) -> None:
                peak = inputs[0].detach().abs().reshape(-1, inputs[0].shape[-1]).amax(0)
                largest[name] = torch.maximum(largest[name], peak) if name in largest else peak

            hooks.append(module.register_forward_pre_hook(remember))
    with torch.no_grad():
        for text in texts:
            model.model(input_ids=torch.tensor([text]), use_cache=False)
    for hook in hooks:
        hook.remove()
    return largest


def smooth(model: Any, texts: list[list[int]]) -> None:
    """Move large channels from the inputs of the layers into their weights, in place."""
    import torch

    largest = largest_inputs(model, texts)

    def scale_for(names: list[str], weights: list[Any]) -> Any:
        """Return how much smaller each input channel shall become."""
        peak = largest[names[0]].clamp(min=1e-5)
        weight = torch.stack([w.abs().amax(0) for w in weights]).amax(0).clamp(min=1e-5)
        scale = peak**SMOOTHING_STRENGTH / weight ** (1 - SMOOTHING_STRENGTH)
        return (scale / scale.log().mean().exp()).clamp(1e-2, 1e2)

    with torch.no_grad():
        for index, layer in enumerate(model.model.layers):
            attention, network = layer.self_attn, layer.mlp
            prefix = f"layers.{index}"
            for norm, names, modules in (
                (
                    layer.input_layernorm,
                    [f"{prefix}.self_attn.q_proj"],
                    [attention.q_proj, attention.k_proj, attention.v_proj],
                ),
                (
                    layer.pre_feedforward_layernorm,
                    [f"{prefix}.mlp.gate_proj"],
                    [network.gate_proj, network.up_proj],
                ),
            ):
                scale = scale_for(names, [m.weight for m in modules])
                # Gemma multiplies by one plus the stored weight.
                norm.weight.copy_((1 + norm.weight) / scale - 1)
                for module in modules:
                    module.weight.mul_(scale)
            scale = scale_for([f"{prefix}.mlp.down_proj"], [network.down_proj.weight])
            network.up_proj.weight.div_(scale[:, None])
            network.down_proj.weight.mul_(scale)
            # The heads share one value projection: its channels take the largest scale.
            size = attention.v_proj.weight.shape[0]
            scale = scale_for([f"{prefix}.self_attn.o_proj"], [attention.o_proj.weight])
            scale = scale.reshape(-1, size).amax(0)
            attention.v_proj.weight.div_(scale[:, None])
            attention.o_proj.weight.mul_(scale.repeat(attention.o_proj.weight.shape[1] // size))


def convert(
    model_folder: pathlib.Path, output: pathlib.Path, examples: pathlib.Path | None
) -> None:
    """Write the 8-bit model into the output folder."""
    import ctranslate2
    import torch
    from transformers import AutoTokenizer, Gemma3ForCausalLM

    with tempfile.TemporaryDirectory() as temporary:
        source = model_folder
        if examples:
            tokenizer = AutoTokenizer.from_pretrained(model_folder)
            model = Gemma3ForCausalLM.from_pretrained(model_folder, dtype=torch.float32)
            lines = examples.read_text(encoding="utf-8").splitlines()[:CALIBRATION_TEXTS]
            names = {"ar": "Arabic", "en": "English"}
            texts = []
            for direction, prompt, answer in (line.split("\t") for line in lines):
                first, second = direction.split("-")
                texts.append(
                    tokenizer(f"{names[first]}: {prompt}\n{names[second]}: {answer}")["input_ids"]
                )
            smooth(model, texts)
            source = pathlib.Path(temporary)
            model.save_pretrained(source)
            tokenizer.save_pretrained(source)
        converter = ctranslate2.converters.TransformersConverter(str(source))
        converter.convert(str(output), quantization="int8", force=True)


def toml_text(value: str) -> str:
    """Return a TOML basic string (JSON strings are valid ones)."""
    return json.dumps(value, ensure_ascii=False)


def describe(
    folder: pathlib.Path, version: str, trained_on: str, scores: list[dict[str, Any]]
) -> str:
    """Return the text of pack.toml for the files that lie in the folder."""
    lines = [
        "schema = 1",
        f"id = {toml_text(IDENTIFIER)}",
        f"version = {toml_text(version)}",
        'title = "Arabic and English, both directions (tuned from Gemma 3 270M)"',
        'kind = "ctranslate2-causal"',
        'licence = "Gemma Terms of Use"',
        'licence_file = "LICENCE.txt"',
        "attribution = [",
        *(f"  {toml_text(entry)}," for entry in ATTRIBUTION),
        "]",
        f"trained_on = {toml_text(trained_on)}",
        'quantization = "int8"',
        # Attention looks back 512 pieces at most, prompt and answer together.
        "window = 192",
        "positions = 512",
        "",
        "[tokenizer]",
        'kind = "tokenizers"',
        'file = "tokenizer.json"',
    ]
    for (source, target), prompt in PROMPTS.items():
        lines += [
            "",
            "[[direction]]",
            f'source = "{source}"',
            f'target = "{target}"',
            f'prompt = "{prompt}"',
            'bos = "<bos>"',
            'eos = "<eos>"',
        ]
    for score in scores:
        lines += [
            "",
            "[[measured]]",
            f'direction = "{score["direction"]}"',
            f'set = "{score["set"]}"',
            f"sentences = {score['sentences']}",
            f"beam_size = {score['beam_size']}",
            f"bleu = {score['bleu']:.2f}",
            f'bleu_signature = "{score["bleu_signature"]}"',
            f"chrf = {score['chrf']:.2f}",
            f'chrf_signature = "{score["chrf_signature"]}"',
        ]
    lines += ["", "[files]"]
    for file in sorted(folder.iterdir()):
        if file.name != "pack.toml":
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            lines.append(f'"{file.name}" = "{digest}"')
    return "\n".join(lines) + "\n"


def put_in_place(finished: pathlib.Path, pack: pathlib.Path) -> None:
    """Replace the old pack by the finished folder, which lies on the same disk."""
    old = pack.with_name(pack.name + ".old")
    if old.exists():
        shutil.rmtree(old)
    if pack.exists():
        pack.rename(old)
    finished.rename(pack)
    if old.exists():
        shutil.rmtree(old)


def main() -> None:
    """Convert, describe, and put in place."""
    parser = argparse.ArgumentParser(description="Make a model pack.")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("pack", type=pathlib.Path)
    parser.add_argument("--licence", type=pathlib.Path, required=True)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--trained-on", default="not stated")
    parser.add_argument("--scores", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--smooth", type=pathlib.Path, help="examples to measure the ranges on")
    arguments = parser.parse_args()
    finished = arguments.pack.with_name(f".{arguments.pack.name}.new")
    if finished.exists():
        shutil.rmtree(finished)
    convert(arguments.model, finished, arguments.smooth)
    tokenizer = json.loads((arguments.model / "tokenizer.json").read_text(encoding="utf-8"))
    (finished / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    shutil.copy(arguments.licence, finished / "LICENCE.txt")
    for file in finished.iterdir():
        file.chmod(0o644)
    scores = [
        score
        for path in arguments.scores
        for score in json.loads(path.read_text(encoding="utf-8"))["measured"]
    ]
    text = describe(finished, arguments.version, arguments.trained_on, scores)
    (finished / "pack.toml").write_text(text, encoding="utf-8")
    put_in_place(finished, arguments.pack)
    size = sum(file.stat().st_size for file in arguments.pack.iterdir())
    print(f"{arguments.pack.name}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
