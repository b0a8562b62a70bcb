"""Tiny sentence encoders of the real architectures, random, laid out as the hub delivers them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LINES = (
    "The minister said the talks continue.",
    "The delegation came, then left.",
    "قال الوزير إن المحادثات مستمرة.",
    "وصل الوفد، ثم غادر.",
)
POSITIONS = 40
CARD = "---\nlanguage: ar\nlicense: mit\n---\n# A model for tests\n"


def build_tokenizer(directory: Path, *, special: tuple[str, str, str, str]) -> int:
    """Write a byte-level tokenizer with the special tokens (begin, padding, end, unknown)."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    begin, padding, end, unknown = special
    tokenizer = Tokenizer(models.BPE(unk_token=unknown))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=list(special),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(LINES * 3, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, special.index(begin)), (end, special.index(end))],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        cls_token=begin,
        sep_token=end,
        pad_token=padding,
        unk_token=unknown,
        model_max_length=512,
    ).save_pretrained(directory)
    return int(tokenizer.get_vocab_size())


def build_encoder(directory: Path, *, roberta: bool = False, seed: int = 5) -> Path:
    """Write a BERT or XLM-RoBERTa of two layers, without a word on how it is pooled."""
    import torch
    from transformers import BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel

    torch.manual_seed(seed)
    directory.mkdir(parents=True)
    special = ("<s>", "<pad>", "</s>", "<unk>") if roberta else ("[CLS]", "[PAD]", "[SEP]", "[UNK]")
    size = build_tokenizer(directory, special=special)
    shape: dict[str, Any] = {
        "vocab_size": size,
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "max_position_embeddings": POSITIONS,
        "pad_token_id": 1,
        "initializer_range": 0.5,
    }
    model = (
        XLMRobertaModel(XLMRobertaConfig(**shape)) if roberta else BertModel(BertConfig(**shape))
    )
    model.save_pretrained(directory)
    (directory / "README.md").write_text(CARD, encoding="utf-8")
    return directory


def add_steps(
    directory: Path, pooling: str = "cls", *, dense: str = "Tanh", limit: int = 24
) -> Path:
    """Describe the steps in the sentence-transformers layout; ``dense=""`` leaves that one out."""
    import torch
    from safetensors.torch import save_file

    kinds = ["Transformer", "Pooling", *(["Dense"] if dense else []), "Normalize"]
    steps = [
        {
            "idx": place,
            "name": str(place),
            "path": f"{place}_{kind}" if place else "",
            "type": f"sentence_transformers.models.{kind}",
        }
        for place, kind in enumerate(kinds)
    ]
    (directory / "modules.json").write_text(json.dumps(steps), encoding="utf-8")
    modes = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")
    settings: dict[str, Any] = {
        f"pooling_mode_{mode}": mode.rpartition("_")[0] == pooling for mode in modes
    }
    _write(directory / "1_Pooling", {"word_embedding_dimension": 32, **settings})
    _write(
        directory, {"max_seq_length": limit, "do_lower_case": False}, "sentence_bert_config.json"
    )
    if dense:
        torch.manual_seed(6)
        layer = {"in_features": 32, "out_features": 16, "bias": True}
        activation = f"torch.nn.modules.activation.{dense}"
        _write(directory / "2_Dense", {**layer, "activation_function": activation})
        weights = {"linear.weight": torch.randn(16, 32), "linear.bias": torch.randn(16)}
        save_file(weights, directory / "2_Dense" / "model.safetensors")
    return directory


def _write(directory: Path, settings: dict[str, Any], name: str = "config.json") -> None:
    directory.mkdir(exist_ok=True)
    (directory / name).write_text(json.dumps(settings), encoding="utf-8")
