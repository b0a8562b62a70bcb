"""Prune the vocabulary of Gemma 3 270M to the pieces that Arabic and English text use.

What: counts how often every piece of the base tokenizer occurs in the given text, keeps the most
frequent ones up to ``--size``, closes the choice under the merges of the byte-pair encoding (a
piece can be built only with every piece on the way to it), and copies the matching rows of the
embedding. Bytes stay, so any text can still be written and read.

Why: 168 of the 268 million parameters of the base model are embeddings of 262,144 pieces in 140
languages. Arabic and English prose use about a sixth of them.

Leaves alone: every layer of the model, and the order of the merges.

Source: the idea of "vocabulary trimming", Ushio et al. 2023,
https://aclanthology.org/2023.findings-emnlp.981/

Usage: prune_vocabulary.py BASE OUTPUT --text FILE... [--english-words N] [--size N]
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import pathlib
import re
import shutil
from typing import Any

ALLOWED_PIECE = re.compile(
    r"^[\u2581\x00-\x7f\u00a0-\u024f\u0600-\u06ff\u0750-\u077f\u2000-\u206f\u20a0-\u20bf\ufe70-\ufeff]+$"
)
"""Pieces of other scripts are spelled in bytes, which stay in the vocabulary."""

SHORT_PUNCTUATION = re.compile(r"^\u2581?[.,:;!?%)\"'“”‘’«»،؛؟(–—£€$-]{1,3}$")
"""Quotation marks next to other marks: rare in running counts, never to be lost."""

LINES_PER_BATCH = 5000
ACRONYM_LENGTH = 4


def count_pieces(tokenizer: Any, paths: list[pathlib.Path]) -> collections.Counter[int]:
    """Count the pieces of every line of the files; a tab in a line separates texts."""
    counts: collections.Counter[int] = collections.Counter()
    for path in paths:
        texts: list[str] = []
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                # The model always sees a text after a space, as in "Arabic: text".
                texts.extend(" " + cell.strip() for cell in line.split("\t"))
                if len(texts) >= LINES_PER_BATCH:
                    count_batch(tokenizer, texts, counts)
                    texts = []
        count_batch(tokenizer, texts, counts)
        print(f"{path.name}: {len(counts)} different pieces so far", flush=True)
    return counts


def count_batch(tokenizer: Any, texts: list[str], counts: collections.Counter[int]) -> None:
    """Add the pieces of the texts to the counts."""
    if texts:
        for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
            counts.update(encoding.ids)


def count_english_words(
    tokenizer: Any, number_of_words: int, weight_of_one_million: float
) -> collections.Counter[int]:
    """Count the pieces of frequent English words: names absent from the pairs keep theirs."""
    from wordfreq import top_n_list, word_frequency

    counts: collections.Counter[int] = collections.Counter()
    words = top_n_list("en", number_of_words)
    # The list is lower-cased: names need their capitals, acronyms all of them, and a quoted
    # sentence starts without a space before it. Earlier pieces are more frequent, which tells a
    # name (Ottoman) from other words (provoked).
    identifier_of = tokenizer.get_vocab()
    for word in words:
        weight = word_frequency(word, "en") * 1e6 * weight_of_one_million
        lower = identifier_of.get(f"\u2581{word}", tokenizer.get_vocab_size())
        is_name = (
            identifier_of.get(f"\u2581{word.capitalize()}", tokenizer.get_vocab_size()) < lower
        )
        forms = {
            f" {word}": 0.1 if is_name else 0.9,
            f" {word.capitalize()}": 0.9 if is_name else 0.05,
        }
        forms[word.capitalize()] = 0.02
        if len(word) <= ACRONYM_LENGTH:
            forms[f" {word.upper()}"] = 0.05
        for form, share in forms.items():
            for piece in tokenizer.encode(form, add_special_tokens=False).ids:
                counts[piece] += round(weight * share * 1000)
    return collections.Counter({piece: count // 1000 for piece, count in counts.items()})


def merge_halves(merge: str | list[str]) -> tuple[str, str]:
    """Return the two pieces that a merge joins (the file format has had two spellings)."""
    first, second = merge.split(" ") if isinstance(merge, str) else merge
    return first, second


def merges_on_the_way(piece: str, ranks: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    """Return the merges that the encoder applies on its way from single characters to this piece.

    >>> merges_on_the_way("the", {("t", "h"): 0, ("h", "e"): 1, ("th", "e"): 2})
    [('t', 'h'), ('th', 'e')]
    """
    parts = list(piece)
    merges: list[tuple[str, str]] = []
    while len(parts) > 1:
        known = [
            (ranks[pair], position)
            for position, pair in enumerate(itertools.pairwise(parts))
            if pair in ranks
        ]
        if not known:
            break
        _, position = min(known)
        merges.append((parts[position], parts[position + 1]))
        parts[position : position + 2] = ["".join(parts[position : position + 2])]
    return merges


def choose_pieces(
    description: dict[str, Any], counts: collections.Counter[int], size: int
) -> list[int]:
    """Return the ids to keep, in the order of the base vocabulary."""
    vocabulary: dict[str, int] = description["model"]["vocab"]
    piece_of = {identifier: piece for piece, identifier in vocabulary.items()}
    ranks = {merge_halves(merge): rank for rank, merge in enumerate(description["model"]["merges"])}

    keep = {
        identifier
        for piece, identifier in vocabulary.items()
        if identifier < 4
        or piece.startswith("<0x")
        or (len(piece) == 1 and ALLOWED_PIECE.match(piece))
        or SHORT_PUNCTUATION.match(piece)
    }
    for identifier, _ in counts.most_common():
        if len(keep) >= size:
            break
        if not ALLOWED_PIECE.match(piece_of[identifier]):
            continue
        if identifier not in keep:
            keep.add(identifier)
            for first, second in merges_on_the_way(piece_of[identifier], ranks):
                keep.update((vocabulary[first], vocabulary[second], vocabulary[first + second]))
    return sorted(keep)


def renumber(description: dict[str, Any], order: list[int]) -> dict[int, int]:
    """Rewrite the tokenizer description in place for the kept ids; return old id -> new id."""
    new_id = {old: new for new, old in enumerate(order)}
    model = description["model"]
    kept = {piece: new_id[old] for piece, old in model["vocab"].items() if old in new_id}
    # Of the several merges that could build a piece, the encoder uses one: the last step of the
    # piece on its own.
    ranks = {merge_halves(merge): rank for rank, merge in enumerate(model["merges"])}
    used = {
        (first, second)
        for piece in kept
        if not piece.startswith("<")
        for first, second in merges_on_the_way(piece, ranks)
    }
    model["merges"] = [merge for merge in model["merges"] if merge_halves(merge) in used]
    model["vocab"] = kept
    description["added_tokens"] = [
        {**token, "id": new_id[token["id"]]}
        for token in description["added_tokens"]
        if token["id"] in new_id
    ]

    def visit(value: Any) -> None:
        if isinstance(value, dict):
            for key, child in value.items():
                if key == "ids" and isinstance(child, list):
                    value[key] = [new_id[old] for old in child]
                else:
                    visit(child)
        elif isinstance(value, list):
            for child in value:
                visit(child)

    visit(description.get("post_processor"))
    return new_id


def shrink_model(base: pathlib.Path, output: pathlib.Path, order: list[int]) -> None:
    """Copy the model with only the chosen rows of its embedding."""
    import torch
    from transformers import Gemma3ForCausalLM

    model = Gemma3ForCausalLM.from_pretrained(base, dtype=torch.float32)
    rows = model.get_input_embeddings().weight.data[order].clone()
    layers = {
        name: tensor
        for name, tensor in model.state_dict().items()
        if "embed_tokens" not in name and "lm_head" not in name
    }
    configuration = model.config
    configuration.vocab_size = len(order)
    pruned = Gemma3ForCausalLM(configuration)
    pruned.load_state_dict(layers, strict=False)
    pruned.get_input_embeddings().weight.data.copy_(rows)
    pruned.tie_weights()
    pruned.save_pretrained(output)
    print(f"{sum(p.numel() for p in pruned.parameters()) / 1e6:.1f} million parameters")


def main() -> None:
    """Prune, save, and report the size."""
    parser = argparse.ArgumentParser(description="Prune the vocabulary of Gemma 3 270M.")
    parser.add_argument("base", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--text", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--size", type=int, default=40_500)
    parser.add_argument(
        "--english-words", type=int, default=0, help="also count N frequent words (needs wordfreq)"
    )
    parser.add_argument(
        "--english-million-words",
        type=float,
        default=100.0,
        help="as if they came from so many million words",
    )
    arguments = parser.parse_args()
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(arguments.base / "tokenizer.json"))
    counts = count_pieces(tokenizer, arguments.text)
    if arguments.english_words:
        counts += count_english_words(
            tokenizer, arguments.english_words, arguments.english_million_words
        )
    description = json.loads((arguments.base / "tokenizer.json").read_text(encoding="utf-8"))
    order = choose_pieces(description, counts, arguments.size)
    renumber(description, order)
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "tokenizer.json").write_text(
        json.dumps(description, ensure_ascii=False), encoding="utf-8"
    )
    shutil.copy(arguments.base / "tokenizer_config.json", arguments.output)
    print(f"kept {len(order)} pieces, {len(description['model']['merges'])} merges")
    shrink_model(arguments.base, arguments.output, order)


if __name__ == "__main__":
    main()
