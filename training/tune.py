"""Tune the pruned Gemma on translation examples of both directions, on a CPU or a GPU.

What: trains as long as there is time. It reads the examples of ``gloss.py``, shows the model the
prompts of ``prompts.py``, and lowers the loss of the expected translation only. The embeddings stay
frozen: the pairs hold few of their rows, and names that never occur must keep theirs. The learning
rate is constant; in the last part of the time budget it falls to zero.

Why a constant rate: before the fall begins, the model and the state of the optimizer are saved as
``resume.pt``, so a later run can go on as if it had never stopped, and end with a fall of its
own.

With ``--rank N`` only low-rank adapters are trained (see ``adapters.py``), those of the layers from
``--first-layer`` on, and the written model has them merged in. Started by ``torchrun --standalone
--nproc-per-node N tune.py …`` it trains in N processes that share each step, which on a busy CPU is
faster than one process of N threads.

With ``--dropout`` examples may be seen several times before the model knows them by heart.

Leaves alone: the vocabulary.

Source: dropout of what a layer adds as in Vaswani et al. 2017, https://arxiv.org/abs/1706.03762;
constant rate and final decay as in Hägele et al. 2024, https://arxiv.org/abs/2405.18392

Usage: tune.py MODEL OUTPUT EXAMPLES --until HH:MM | --minutes N [--resume]
"""

from __future__ import annotations

import argparse
import datetime
import os
import pathlib
import random
import shutil
import time
from collections.abc import Iterator
from typing import Any

import torch
from adapters import adapt, merged_state
from prompts import BEGIN, END, read_example
from transformers import AutoTokenizer, Gemma3ForCausalLM

IGNORED = -100
BATCHES_PER_POOL = 24
WARM_UP_STEPS = 20
COMPILED_FORMS = 64
"""So many forms of a layer may be compiled: with and without gradients, and for odd shapes."""
WIDTH_STEP, ANSWER_STEP = 16, 128
"""Batches are as wide, and have as many expected tokens, as a multiple of these: a library that
compiles its multiplications for each shape (oneDNN in bfloat16) then compiles few of them."""

Example = tuple[list[int], list[int]]


def read_examples(lines: list[str], tokenizer: Any, longest: int) -> list[Example]:
    """Return prompt and answer of each example as token ids."""
    examples = []
    pairs = [read_example(line) for line in lines]
    sources, targets = (
        tokenizer([pair[side] for pair in pairs], add_special_tokens=False)["input_ids"]
        for side in (0, 1)
    )
    for source, target in zip(sources, targets, strict=True):
        prompt, answer = [BEGIN, *source], [*target, END]
        if len(prompt) + len(answer) <= longest:
            examples.append((prompt, answer))
    return examples


def length_of(example: Example) -> int:
    """Return the number of tokens of prompt and answer."""
    return len(example[0]) + len(example[1])


def width_of(batch: list[Example]) -> int:
    """Return to how many tokens each example of a batch is padded."""
    return -(-max(map(length_of, batch)) // WIDTH_STEP) * WIDTH_STEP


def batches(
    examples: list[Example], tokens_per_batch: int, first: int, seed: int
) -> Iterator[tuple[int, list[Example]]]:
    """Yield (examples seen, batch) without end: like lengths together, in a seeded order."""
    position = first
    while True:
        epoch, offset = divmod(position, len(examples))
        order = list(range(len(examples)))
        random.Random(seed + epoch).shuffle(order)
        pool_size = BATCHES_PER_POOL * tokens_per_batch // 80
        while offset < len(order):
            chosen = order[offset : offset + pool_size]
            offset += pool_size
            position += len(chosen)
            pool = sorted((examples[i] for i in chosen), key=length_of, reverse=True)
            made: list[list[Example]] = [[]]
            for example in pool:
                if made[-1] and len(made[-1]) >= tokens_per_batch // width_of(made[-1]):
                    made.append([])
                made[-1].append(example)
            random.Random(seed + position).shuffle(made)
            for batch in made:
                yield position, batch


def add_dropout(model: Any, share: float) -> None:
    """Let each layer forget a share of what its attention and its feed-forward part add."""

    def forget(module: Any, _: Any, output: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.dropout(output, share, module.training)

    for layer in model.model.layers:
        layer.post_attention_layernorm.register_forward_hook(forget)
        layer.post_feedforward_layernorm.register_forward_hook(forget)


def loss_of(
    model: Any, output_rows: Any, batch: list[Example], device: str, smoothing: float, half: bool
) -> tuple[torch.Tensor, int]:
    """Return the summed loss of the expected tokens and their number."""
    inputs = torch.zeros(len(batch), width_of(batch), dtype=torch.long)
    labels = torch.full(inputs.shape, IGNORED)
    for row, (prompt, answer) in enumerate(batch):
        length = len(prompt) + len(answer)
        inputs[row, :length] = torch.tensor(prompt + answer)
        labels[row, len(prompt) : length] = torch.tensor(answer)
    labels = labels.roll(-1, dims=1).flatten()  # the state before a token foretells it
    places = (labels != IGNORED).nonzero().flatten()
    count = len(places)
    unused = places.new_zeros(-count % ANSWER_STEP)  # a prompt begins here: nothing is expected
    places = torch.cat([places, unused]).to(device)
    # Padding stands at the end and the model looks only backwards, so no attention mask is needed.
    with torch.autocast(device, dtype=torch.bfloat16, enabled=half):
        states = model.model(input_ids=inputs.to(device), use_cache=False).last_hidden_state
        logits = torch.nn.functional.linear(states.flatten(0, 1)[places], output_rows)
    loss = torch.nn.functional.cross_entropy(
        logits.float(),
        labels.to(device)[places],
        ignore_index=IGNORED,
        label_smoothing=smoothing,
        reduction="sum",
    )
    return loss, count


@torch.no_grad()
def dev_losses(
    model: Any, output_rows: Any, sets: dict[str, list[Example]], size: int, device: str, half: bool
) -> str:
    """Return the mean loss of an expected token of each direction."""
    printed = []
    model.eval()
    for direction, examples in sets.items():
        total = tokens = 0.0
        ordered = sorted(examples, key=length_of)
        rows = max(1, size // width_of(ordered[-1:]))
        for start in range(0, len(ordered), rows):
            batch = ordered[start : start + rows]
            loss, count = loss_of(model, output_rows, batch, device, 0.0, half)
            total, tokens = total + loss.item(), tokens + count
        printed.append(f"{direction} {total / tokens:.4f}")
    model.train()
    return "dev loss " + ", ".join(printed)


def has_fast_bfloat16(device: str) -> bool:
    """Tell whether the processor multiplies in bfloat16; one that does not is 8 times slower."""
    return device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()


def end_of_budget(arguments: argparse.Namespace) -> float:
    """Return the time at which tuning ends; an hour that is past means tomorrow."""
    if not arguments.until:
        return time.time() + 60 * arguments.minutes
    hour, minute = map(int, arguments.until.split(":"))
    now = datetime.datetime.now()
    end = now.replace(hour=hour, minute=minute, second=0)
    return (end if end > now else end + datetime.timedelta(days=1)).timestamp()


def save(model: Any, tokenizer: Any, output: pathlib.Path) -> None:
    """Write the model so that a reader never sees half of it."""
    temporary = output.with_name(output.name + ".new")
    model.save_pretrained(temporary, state_dict=merged_state(model))
    tokenizer.save_pretrained(temporary)
    old = output.with_name(output.name + ".old")
    if output.exists():
        output.rename(old)
    temporary.rename(output)
    if old.exists():
        shutil.rmtree(old)


def share_gradients(parameters: list[Any], count: int, processes: int) -> None:
    """Turn summed gradients into the mean over the expected tokens of all processes."""
    if processes == 1:
        for parameter in parameters:
            parameter.grad.div_(count)
        return
    flat = torch.cat([p.grad.reshape(-1) for p in parameters] + [torch.tensor([float(count)])])
    torch.distributed.all_reduce(flat)
    position = 0
    for parameter in parameters:
        size = parameter.numel()
        parameter.grad.copy_(flat[position : position + size].view_as(parameter)).div_(flat[-1])
        position += size


def arguments_of_command_line() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Tune the pruned Gemma in both directions.")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("examples", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--until", default="", help="local time HH:MM instead of --minutes")
    parser.add_argument("--decay-share", type=float, default=0.2, help="of the time budget")
    parser.add_argument("--save-minutes", type=float, default=10.0)
    parser.add_argument("--learning-rate", type=float, default=4e-5)
    parser.add_argument("--tokens-per-batch", type=int, default=1200)
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--dropout", type=float, default=0.0, help="of what each layer adds")
    parser.add_argument("--rank", type=int, default=0, help="of the adapters; 0: train all layers")
    parser.add_argument("--first-layer", type=int, default=0, help="the first with adapters")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--full-precision", action="store_true", help="no bfloat16 autocast")
    parser.add_argument("--attention", default="sdpa")
    parser.add_argument("--longest", type=int, default=360)
    parser.add_argument("--compile", action="store_true", help="needs a C++ compiler")
    parser.add_argument("--resume", action="store_true", help="go on from OUTPUT/../resume.pt")
    parser.add_argument("--other-examples", action="store_true", help="start them at the first")
    parser.add_argument("--dev", type=pathlib.Path, help="glossed examples to print the loss of")
    parser.add_argument("--no-save", action="store_true", help="only measure the speed")
    return parser.parse_args()


def main() -> None:
    """Tune until the time is over."""
    arguments = arguments_of_command_line()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    process = int(os.environ.get("RANK", "0"))
    if processes > 1:
        torch.distributed.init_process_group("gloo")
    half = not arguments.full_precision and has_fast_bfloat16(device)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    model = Gemma3ForCausalLM.from_pretrained(
        arguments.model, dtype=torch.float32, attn_implementation=arguments.attention
    )
    model.get_input_embeddings().weight.requires_grad_(False)
    if arguments.rank:
        held_in = torch.bfloat16 if half else torch.float32
        adapt(model, arguments.rank, held_in, arguments.first_layer)
    if arguments.dropout:
        add_dropout(model, arguments.dropout)
    model.to(device).train()
    if arguments.compile:
        torch._dynamo.config.recompile_limit = COMPILED_FORMS
        for layer in model.model.layers:
            layer.compile(dynamic=True if device == "cuda" else None)
    output_rows = model.get_input_embeddings().weight.detach()
    output_rows = output_rows.to(torch.bfloat16) if half else output_rows
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    rate, betas = arguments.learning_rate, (0.9, 0.98)
    optimizer = torch.optim.AdamW(
        trained.values(), lr=rate, weight_decay=0.0, betas=betas, fused=True
    )
    resume_file = arguments.output.parent / "resume.pt"
    step = position = examples_seen = 0
    if arguments.resume:
        saved = torch.load(resume_file, map_location=device, weights_only=False)
        model.load_state_dict(saved["model"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        step, position, examples_seen = saved["step"], saved["position"], saved["examples_seen"]
        if arguments.other_examples:
            position = 0

    lines = arguments.examples.read_text(encoding="utf-8").splitlines()
    examples = read_examples(lines, tokenizer, arguments.longest)
    dev = arguments.dev.read_text(encoding="utf-8").splitlines() if arguments.dev else []
    dev_sets = {
        direction: read_examples(
            [line for line in dev if line.startswith(direction)], tokenizer, arguments.longest
        )
        for direction in sorted({line.split("\t")[0] for line in dev})
    }
    weights = sum(parameter.numel() for parameter in trained.values())
    print(f"{len(examples)} examples, {weights} weights", flush=True)
    start = last_save = last_print = time.time()
    end = end_of_budget(arguments)
    decay_seconds = (end - start) * arguments.decay_share
    decaying = False
    total = tokens = rows = 0.0

    def save_resume() -> None:
        if process or arguments.no_save:
            return
        temporary = resume_file.with_suffix(".new")
        torch.save(
            {
                "model": {n: p.detach() for n, p in trained.items()},
                "optimizer": optimizer.state_dict(),
                "step": step,
                "position": position,
                "examples_seen": examples_seen,
                "arguments": vars(arguments),
            },
            temporary,
        )
        temporary.replace(resume_file)

    def print_dev_losses() -> None:
        if process == 0 and dev_sets:
            size = arguments.tokens_per_batch
            print(dev_losses(model, output_rows, dev_sets, size, device, half), flush=True)

    first_step = step
    print_dev_losses()
    stream = batches(examples, arguments.tokens_per_batch, position, arguments.seed)
    while True:
        group = [next(stream) for _ in range(processes)]
        left = end - time.time()
        if processes > 1:
            # All processes must agree on when to stop: the first one's clock decides.
            clock = torch.tensor([left])
            torch.distributed.broadcast(clock, 0)
            left = clock.item()
        if left <= 0:
            break
        if left < decay_seconds and not decaying:
            decaying = True
            save_resume()
            print(f"decay begins at step {step}", flush=True)
        position = group[-1][0]
        batch = group[process][1]
        warm_up = min(1.0, (step - first_step + 1) / WARM_UP_STEPS)
        factor = warm_up * (min(1.0, left / decay_seconds) if decaying else 1.0)
        for parameters in optimizer.param_groups:
            parameters["lr"] = arguments.learning_rate * factor
        loss, count = loss_of(model, output_rows, batch, device, arguments.smoothing, half)
        loss.backward()
        share_gradients(list(trained.values()), count, processes)
        torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        examples_seen += sum(len(b) for _, b in group)
        total, tokens, rows = total + loss.item(), tokens + count, rows + len(batch)
        if process == 0 and time.time() - last_print > 30:
            seconds = time.time() - last_print
            print(
                f"{(time.time() - start) / 60:.1f} min step {step} examples {examples_seen} "
                f"loss {total / tokens:.3f} rate {factor * arguments.learning_rate:.1e} "
                f"examples/s {rows * processes / seconds:.2f} "
                f"tokens/s {tokens * processes / seconds:.0f}",
                flush=True,
            )
            last_print, total, tokens, rows = time.time(), 0.0, 0.0, 0.0
        if time.time() - last_save > 60 * arguments.save_minutes:
            last_save = time.time()
            print_dev_losses()
            if not decaying:
                save_resume()
            if process == 0 and not arguments.no_save:
                save(model, tokenizer, arguments.output)
    print_dev_losses()
    if process == 0 and not arguments.no_save:
        save(model, tokenizer, arguments.output)
    print(f"saved after {examples_seen} examples, step {step}", flush=True)


if __name__ == "__main__":
    main()
