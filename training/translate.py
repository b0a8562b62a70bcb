"""Translate glossed examples with a tuned model folder, before it is made into a pack.

What: decodes greedily, in bfloat16 on a GPU. With ``--turned`` each translation becomes the prompt
text of an example in the other direction, whose answer is the text that it was translated from:
back-translation, which teaches a model to write out of text that people wrote. Without, the answers
are references, and BLEU and chrF are printed for each direction.

Why: some hundred thousand sentences, of which a pack on two processor cores translates five a
second.

Leaves alone: what did not end in time. A translation that reaches the limit of its length is a loop
more often than not, and an example made of it is left out.

Source: Sennrich et al. 2016, https://aclanthology.org/P16-1009/

Usage: translate.py MODEL EXAMPLES OUTPUT [--turned] [--part N/OF]
"""

from __future__ import annotations

import argparse
import pathlib
import random
from typing import Any

import torch
from prompts import BEGIN, END, read_example
from transformers import AutoTokenizer, Gemma3ForCausalLM

PADDING = 0
SLACK = 12
"""A translation may have half as many tokens more than its prompt text, and so many."""


@torch.inference_mode()
def translate(
    model: Any, tokenizer: Any, prompts: list[list[int]], longest: int
) -> list[str | None]:
    """Return the greedy translation of each prompt; None where it does not end."""
    width = max(map(len, prompts))
    inputs = torch.tensor([[PADDING] * (width - len(p)) + p for p in prompts], device=model.device)
    mask = torch.tensor(
        [[0] * (width - len(p)) + [1] * len(p) for p in prompts], device=model.device
    )
    output = model.generate(
        input_ids=inputs,
        attention_mask=mask,
        do_sample=False,
        max_new_tokens=longest,
        eos_token_id=END,
        pad_token_id=PADDING,
    )[:, width:].tolist()
    texts = tokenizer.batch_decode(
        [row[: row.index(END)] if END in row else row for row in output], skip_special_tokens=True
    )
    return [text.strip() if END in row else None for text, row in zip(texts, output, strict=True)]


def print_scores(lines: list[list[str]], translations: list[str | None]) -> None:
    """Print BLEU and chrF of each direction, an unfinished translation counting as empty."""
    import sacrebleu

    for direction in sorted({line[0] for line in lines}):
        chosen = [i for i, line in enumerate(lines) if line[0] == direction]
        ours = [translations[i] or "" for i in chosen]
        references = [[lines[i][2] for i in chosen]]
        bleu, chrf = (
            metric(ours, references).score
            for metric in (sacrebleu.corpus_bleu, sacrebleu.corpus_chrf)
        )
        unfinished = sum(not text for text in ours)
        print(
            f"{direction} {len(chosen)} sentences: BLEU {bleu:.2f} chrF {chrf:.2f}, "
            f"{unfinished} unfinished",
            flush=True,
        )


def written(line: list[str], translation: str | None, turned: bool) -> str:
    """Return what is written of an example; nothing of a turned one without a translation."""
    direction, prompt, answer = line[:3]
    if not turned:
        return f"{direction}\t{prompt}\t{translation or ''}\t{answer}\n"
    back = "-".join(reversed(direction.split("-")))
    return f"{back}\t{translation}\t{prompt}\n" if translation else ""


def main() -> None:
    """Translate all examples, or one part of them."""
    parser = argparse.ArgumentParser(description="Translate glossed examples.")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("examples", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--turned", action="store_true", help="write examples of back-translation")
    parser.add_argument("--part", default="1/1", help="N/OF: only each OF-th line, from the N-th")
    parser.add_argument("--rows", type=int, default=768, help="prompts in a batch")
    arguments = parser.parse_args()
    part, parts = map(int, arguments.part.split("/"))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    model = Gemma3ForCausalLM.from_pretrained(
        arguments.model, dtype=torch.bfloat16 if device == "cuda" else torch.float32
    ).to(device)
    text = arguments.examples.read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()][part - 1 :: parts]
    sources, prompts = (
        tokenizer(texts, add_special_tokens=False)["input_ids"]
        for texts in ([line[1] for line in lines], [read_example("\t".join(x))[0] for x in lines])
    )
    order = sorted(range(len(lines)), key=lambda i: len(prompts[i]))
    batches = [
        order[start : start + arguments.rows] for start in range(0, len(order), arguments.rows)
    ]
    random.Random(0).shuffle(batches)  # what is stopped early has seen long ones and short ones
    translations: list[str | None] = [None] * len(lines)
    with arguments.output.open("w", encoding="utf-8") as stream:
        for rows in batches:
            longest = max(len(sources[i]) for i in rows) * 3 // 2 + SLACK
            made = translate(model, tokenizer, [[BEGIN, *prompts[i]] for i in rows], longest)
            for i, translation in zip(rows, made, strict=True):
                translations[i] = translation
                stream.write(written(lines[i], translation, arguments.turned))
            stream.flush()
    if not arguments.turned:
        print_scores(lines, translations)


if __name__ == "__main__":
    main()
