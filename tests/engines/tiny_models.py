"""Tiny models of the real architectures, taught eight pairs, laid out as the hub delivers them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PAIRS = (
    ("سلام", "Peace"),
    ("كتاب جديد", "A new book"),
    ("قال الوزير إن المحادثات مستمرة.", "The minister said the talks continue."),
    ("لا شيء", "Nothing"),
    ("وصل الوفد، ثم غادر.", "The delegation came, then left."),
    ("هل انتهت الحرب؟", "Is the war over?"),
    ("العام 2026", "The year 2026"),
    ("شكرا", "Thanks 🙂"),
)
PROMPTS = {"ar-en": "Arabic: {text}\nEnglish:", "en-ar": "English: {text}\nArabic:"}
SPECIAL = ("<pad>", "</s>", "<bos>", "<unk>")
SHAPE = {
    "d_model": 32,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "max_position_embeddings": 128,
    "init_std": 0.1,
    "dropout": 0.0,
}
STEPS = 400
KNOWN = 0.02
"""Loss at which a model knows its pairs by heart."""


def teach(model: Any, batch: dict[str, Any], rate: float = 8e-3) -> None:
    """Fit a model to one batch until it knows it by heart."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # more only get into each other's way on matrices this small
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.98))
    model.train()
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 20)
        optimizer.zero_grad()
        loss = model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if loss.item() < KNOWN:
            break
    else:
        raise AssertionError(f"the tiny model did not learn its pairs: loss {loss.item():.3f}")
    torch.set_num_threads(threads)
    model.eval()


def padded(rows: Sequence[Sequence[int]], filler: int) -> Any:
    """Return rows of ids as one tensor."""
    import torch

    length = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (length - len(row))] for row in rows])


def learn_sentencepiece(
    directory: Path, name: str, lines: Sequence[str], size: int, kind: str = "unigram"
) -> None:
    """Write ``name.model``, a small SentencePiece model that falls back to bytes."""
    import sentencepiece

    text = directory / f"{name}.txt"
    text.write_text("\n".join(lines * 4), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(directory / name),
        vocab_size=size,
        model_type=kind,
        hard_vocab_limit=False,
        byte_fallback=True,
        minloglevel=9,
    )
    text.unlink()
    (directory / f"{name}.vocab").unlink()


def build_marian(directory: Path, source_language: str, target_language: str) -> Path:
    """Write a Marian model in the layout of the OPUS-MT repositories."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(7)
    directory.mkdir(parents=True)
    pairs = PAIRS if source_language == "ar" else tuple((b, a) for a, b in PAIRS)
    learn_sentencepiece(directory, "source", [pair[0] for pair in pairs], 340)
    learn_sentencepiece(directory, "target", [pair[1] for pair in pairs], 340)
    models = []
    pieces = ["</s>", "<unk>"]
    for side in ("source", "target"):
        (directory / f"{side}.model").rename(directory / f"{side}.spm")
        model = sentencepiece.SentencePieceProcessor(model_file=str(directory / f"{side}.spm"))
        models.append(model)
        pieces += [model.id_to_piece(number) for number in range(model.get_piece_size())]
    vocabulary: dict[str, int] = {}
    for piece in [*pieces, "<pad>"]:
        vocabulary.setdefault(piece, len(vocabulary))
    (directory / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (directory / "tokenizer_config.json").write_text(
        json.dumps({"source_lang": source_language, "target_lang": target_language}),
        encoding="utf-8",
    )
    end, filler = vocabulary["</s>"], vocabulary["<pad>"]
    marian = MarianMTModel(
        MarianConfig(
            vocab_size=len(vocabulary),
            **SHAPE,
            pad_token_id=filler,
            eos_token_id=end,
            bos_token_id=end,
            forced_eos_token_id=end,
            decoder_start_token_id=filler,
            scale_embedding=True,
            static_position_embeddings=True,
            activation_function="swish",
        )
    )
    # As in real Marian models, decoding starts from a zero embedding, which is that of <pad>.
    shared = marian.model.shared.weight
    with torch.no_grad():
        shared[filler] = 0.0
    shared.register_hook(lambda slope: slope.index_fill(0, torch.tensor([filler]), 0.0))

    def ids(side: int, text: str) -> list[int]:
        return [*(vocabulary[piece] for piece in models[side].encode(text, out_type=str)), end]

    sources = padded([ids(0, pair[0]) for pair in pairs], filler)
    targets = padded([ids(1, pair[1]) for pair in pairs], -100)
    teach(marian, {"input_ids": sources, "attention_mask": sources != filler, "labels": targets})
    marian.generation_config.bad_words_ids = [[filler]]
    marian.save_pretrained(directory)
    return directory


def build_nllb(directory: Path) -> Path:
    """Write an NLLB model that knows both directions, told apart by language codes."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    torch.manual_seed(7)
    directory.mkdir(parents=True)
    lines = [text for pair in PAIRS for text in pair]
    learn_sentencepiece(directory, "sentencepiece.bpe", lines, 340, "bpe")
    tokenizer = _nllb_tokenizer(directory, NllbTokenizer)
    end = tokenizer.eos_token_id
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=len(tokenizer),
            **SHAPE,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=end,
            decoder_start_token_id=end,
            attention_dropout=0.0,
            encoder_layerdrop=0.0,
            decoder_layerdrop=0.0,
        )
    )
    codes = {"ar": tokenizer.convert_tokens_to_ids("arb_Arab")}
    codes["en"] = tokenizer.convert_tokens_to_ids("eng_Latn")

    def ids(language: str, text: str) -> list[int]:
        plain = tokenizer.encode(text, add_special_tokens=False)
        return [codes[language], *plain, end]

    both = [("ar", a, "en", b) for a, b in PAIRS] + [("en", b, "ar", a) for a, b in PAIRS]
    sources = padded([ids(row[0], row[1]) for row in both], tokenizer.pad_token_id)
    targets = padded([ids(row[2], row[3]) for row in both], -100)
    mask = sources != tokenizer.pad_token_id
    teach(model, {"input_ids": sources, "attention_mask": mask, "labels": targets})
    model.save_pretrained(directory)
    return directory


def _nllb_tokenizer(directory: Path, kind: Callable[..., Any]) -> Any:
    """Return the tokenizer of the SentencePiece file, saved beside it as on the hub."""
    tokenizer = kind.from_pretrained(  # type: ignore[attr-defined]
        directory, extra_special_tokens=["arb_Arab", "eng_Latn"]
    )
    tokenizer.save_pretrained(directory)
    return tokenizer


def build_gemma(directory: Path, prompts: dict[str, str] = PROMPTS) -> Path:
    """Write a Gemma 3 language model that knows both directions by their prompts."""
    import torch
    from tokenizers import Tokenizer, decoders, models, normalizers
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig, PreTrainedTokenizerFast

    torch.manual_seed(7)
    directory.mkdir(parents=True)
    empty = [prompt.format(text="") for prompt in prompts.values()]
    letters = sorted(set("".join([*empty, *(text for pair in PAIRS for text in pair)])))
    letters = [letter for letter in letters if letter not in " 🙂\n"]
    merges = [("▁", "t"), ("▁t", "h"), ("▁th", "e"), ("i", "n"), ("ا", "ل"), ("▁", "ال")]
    pieces = ["<pad>", "<eos>", "<bos>", "<unk>", "\n", *(f"<0x{byte:02X}>" for byte in range(256))]
    pieces += ["▁", *letters, *("".join(merge) for merge in merges)]
    tokenizer = Tokenizer(
        models.BPE(
            vocab={piece: number for number, piece in enumerate(pieces)},
            merges=merges,
            unk_token="<unk>",
            byte_fallback=True,
            fuse_unk=True,
        )
    )
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    tokenizer.add_special_tokens(["<pad>", "<eos>", "<bos>", "<unk>"])
    tokenizer.add_tokens(["\n"])
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<bos>",
        eos_token="<eos>",
        unk_token="<unk>",
        pad_token="<pad>",
    ).save_pretrained(directory)
    model = Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=len(pieces),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=1,
            head_dim=16,
            query_pre_attn_scalar=16,
            sliding_window=512,
            layer_types=["sliding_attention", "full_attention"],
            bos_token_id=2,
            eos_token_id=1,
            pad_token_id=0,
            tie_word_embeddings=True,
        )
    )
    rows, labels = [], []
    for direction, prompt in prompts.items():
        for arabic, english in PAIRS:
            source, target = (arabic, english) if direction == "ar-en" else (english, arabic)
            given = [2, *tokenizer.encode(prompt.replace("{text}", source)).ids]
            answer = [*tokenizer.encode(" " + target).ids, 1]
            rows.append([*given, *answer])
            labels.append([*[-100] * len(given), *answer])
    ids = padded(rows, 0)
    mask = torch.tensor([[int(i < len(row)) for i in range(ids.shape[1])] for row in rows])
    teach(model, {"input_ids": ids, "attention_mask": mask, "labels": padded(labels, -100)})
    model.save_pretrained(directory)
    return directory
