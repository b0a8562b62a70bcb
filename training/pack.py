"""Turn a tuned model into a pack: 8-bit weights, tokenizer, licence and a description.

What: converts with ctranslate2, copies the tokenizer, writes ``pack.toml`` (with checksums and
measured scores), and puts the finished folder in place of the old one in a single step, so that
nobody ever reads half a pack.

Why 8 bits: a quarter of the size and a multiple of the speed. With ``--calibrate`` the channels are
rescaled first so that rounding costs less (see ``smoothing.py``).

Leaves alone: the tuned model.

Usage: pack.py MODEL PACK --licence FILE [--calibrate EXAMPLES] [--scores FILE...]
    [--trained-on TEXT]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import shutil
import tempfile
from typing import Any

from prompts import PROMPTS

IDENTIFIER = "gemma3-ar-en"
LENGTH_PENALTIES = {"ar-en": 0.6, "en-ar": 1.0}
"""Direction -> the power of the length that a beam's sums are divided by (docs/models.md)."""
ATTRIBUTION = [
    "Gemma 3 270M, Google, Gemma Terms of Use (base model, from a Q4_K_M GGUF conversion)",
    "United Nations documents (sentence pairs; reuse with attribution)",
    "Arabic Wikipedia (sentences of 2017), its authors, CC BY-SA 4.0",
    "XQuAD, Google DeepMind, CC BY-SA 4.0",
    "Tatoeba sentences, tatoeba.org contributors, CC BY 2.0 FR",
    "MMLU in Arabic (machine-translated by GPT), MIT / Apache-2.0",
    "ethereum.org, bitcoin.org and Astro documentation, MIT",
    "Open Source Guides, GitHub, CC BY 4.0",
    "React documentation, CC BY 4.0",
    "OWASP documents, CC BY-SA 4.0",
    "Mozilla websites, MPL-2.0",
    "Debian Administrator's Handbook, GPL-2.0-or-later",
    "Primero (AGPL-3.0) and OpenStreetMap website (GPL-2.0-or-later), translations",
    "Microsoft lessons for beginners, MIT",
    "vote.gov, public domain",
    "Single names only, from translations of programs of the Debian archive (mixed free licences), "
    "UI5 (Apache-2.0), Mozilla programs and LibreOffice (MPL-2.0), Odoo (LGPL-3.0), MediaWiki and "
    "WordPress (GPL-2.0-or-later), Scratch (AGPL-3.0), Chromium and Monero (BSD)",
]


def convert(model: pathlib.Path, output: pathlib.Path, examples: pathlib.Path | None) -> None:
    """Write the 8-bit model into the output folder."""
    import ctranslate2

    with tempfile.TemporaryDirectory() as temporary:
        if examples:
            write_smoothed(model, pathlib.Path(temporary), examples)
            model = pathlib.Path(temporary)
        converter = ctranslate2.converters.TransformersConverter(str(model))
        converter.convert(str(output), quantization="int8", force=True)


def write_smoothed(model: pathlib.Path, output: pathlib.Path, examples: pathlib.Path) -> None:
    """Write a model that computes the same and loses less in 8 bits."""
    import torch
    from smoothing import read_texts, smooth
    from transformers import AutoTokenizer, Gemma3ForCausalLM

    tokenizer = AutoTokenizer.from_pretrained(model)
    smoothed = Gemma3ForCausalLM.from_pretrained(model, dtype=torch.float32)
    smooth(smoothed, read_texts(examples, tokenizer))
    smoothed.save_pretrained(output)
    tokenizer.save_pretrained(output)


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
        # The text, the words of the lexicon and the translation have a third each.
        "window = 192",
        "positions = 512",
        "",
        "[tokenizer]",
        'kind = "tokenizers"',
        'file = "tokenizer.json"',
    ]
    for direction, prompt in PROMPTS.items():
        source, target = direction.split("-")
        lines += [
            "",
            "[[direction]]",
            f'source = "{source}"',
            f'target = "{target}"',
            f"prompt = {toml_text(prompt)}",
            'bos = "<bos>"',
            'eos = "<eos>"',
            f"length_penalty = {LENGTH_PENALTIES[direction]}",
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
    parser.add_argument("--calibrate", type=pathlib.Path, help="examples to choose scales on")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--trained-on", default="not stated")
    parser.add_argument("--scores", type=pathlib.Path, nargs="*", default=[])
    arguments = parser.parse_args()
    finished = arguments.pack.with_name(f".{arguments.pack.name}.new")
    if finished.exists():
        shutil.rmtree(finished)
    convert(arguments.model, finished, arguments.calibrate)
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
