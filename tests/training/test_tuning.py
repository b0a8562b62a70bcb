"""Tuning a tiny model: what it is shown, what it learns, and what is written of it."""

from collections import Counter
from itertools import islice

import pytest

torch = pytest.importorskip("torch")

ARABIC, ENGLISH = "سلام", "A new war"
LINES = [f"ar-en\t{ARABIC}\t{ENGLISH}\t", f"en-ar\t{ENGLISH}\t{ARABIC}\tpeace"]
"""Pairs that the tiny model does not know."""


@pytest.fixture
def tune(script, one_thread):
    """The script."""
    return script("tune")


@pytest.fixture
def loaded(translation_model):
    """A tiny model and its tokenizer."""
    from transformers import AutoTokenizer, Gemma3ForCausalLM

    model = Gemma3ForCausalLM.from_pretrained(translation_model, dtype=torch.float32)
    return model, AutoTokenizer.from_pretrained(translation_model)


@pytest.fixture
def tuned(tune, translation_model, tmp_path, monkeypatch, capsys):
    """Return a function that runs the script and returns the folder it writes, and what it says."""

    def run(*options):
        (tmp_path / "examples.tsv").write_text("\n".join(LINES), "utf-8")
        monkeypatch.chdir(tmp_path)
        arguments = [str(translation_model), "tuned", "examples.tsv", "--dev", "examples.tsv"]
        arguments += ["--learning-rate", "0.005", "--minutes", "0.03", *options]
        monkeypatch.setattr("sys.argv", ["tune.py", *arguments])
        tune.main()
        return tmp_path / "tuned", capsys.readouterr().out

    return run


def weights(folder):
    from safetensors.torch import load_file

    return load_file(folder / "model.safetensors")


def dev_losses(said):
    return [float(line.split()[-1]) for line in said.splitlines() if line.startswith("dev loss")]


def test_batches_hold_every_example_once_an_epoch(tune):
    examples = [([2] * (1 + n % 30), [1]) for n in range(200)]
    seen = Counter()
    for _, batch in tune.batches(examples, 100, 0, seed=0):
        assert len(batch) * tune.width_of(batch) <= 100
        seen.update(map(id, batch))
        if sum(seen.values()) >= len(examples):
            break
    assert set(seen) == set(map(id, examples))
    assert set(seen.values()) == {1}


def test_batches_go_on_where_they_stopped(tune):
    examples = [([2] * (1 + n % 30), [n]) for n in range(2000)]
    whole = list(islice(tune.batches(examples, 100, 0, seed=3), 120))
    position = whole[0][0]  # after the first pool
    following = [batch for place, batch in whole if place > position]
    again = [batch for _, batch in islice(tune.batches(examples, 100, position, seed=3), 20)]
    assert again == following[:20]


def test_the_loss_is_that_of_the_answers_alone(tune, loaded):
    model, tokenizer = loaded
    examples = tune.read_examples(LINES, tokenizer, longest=360)
    rows = model.get_input_embeddings().weight
    loss, count = tune.loss_of(model, rows, examples, "cpu", 0.0, False)
    assert count == sum(len(answer) for _, answer in examples)
    expected = 0.0
    for prompt, answer in examples:
        ids = torch.tensor([prompt + answer])
        labels = torch.tensor([[-100] * len(prompt) + answer])
        expected += model(input_ids=ids, labels=labels).loss.item() * len(answer)
    assert loss.item() == pytest.approx(expected, rel=1e-4)


def test_too_long_an_example_is_left_out(tune, loaded):
    assert tune.read_examples(LINES, loaded[1], longest=5) == []


def test_dropout_forgets_in_training_and_never_in_use(tune, loaded):
    model, _ = loaded
    ids = torch.tensor([[2, 270, 271, 272]])
    before = model.eval()(input_ids=ids).logits
    tune.add_dropout(model, 0.5)
    torch.testing.assert_close(model(input_ids=ids).logits, before)
    assert not torch.allclose(model.train()(input_ids=ids).logits, before)


@pytest.mark.parametrize("options", [(), ("--rank", "8"), ("--dropout", "0.1")])
def test_a_model_learns_and_keeps_its_embeddings(tuned, translation_model, options):
    folder, said = tuned(*options)
    first, *_, last = dev_losses(said)
    assert last < 0.8 * first
    before, after = weights(translation_model), weights(folder)
    assert before.keys() == after.keys()
    embeddings = "model.embed_tokens.weight"
    torch.testing.assert_close(after[embeddings], before[embeddings])
    assert any(not torch.equal(after[name], before[name]) for name in before)


def test_the_layers_before_the_first_that_is_tuned_stay_as_they_are(tuned, translation_model):
    folder, _ = tuned("--rank", "8", "--first-layer", "1")
    before, after = weights(translation_model), weights(folder)
    changed = {name.split(".")[2] for name in before if not torch.equal(after[name], before[name])}
    assert "1" in changed
    assert not changed & {"0", "weight"}


def test_a_run_goes_on_from_before_the_rate_fell(tuned):
    _, said = tuned()
    steps = int(said.partition("decay begins at step ")[2].split()[0])
    _, said = tuned("--resume")
    assert int(said.partition("decay begins at step ")[2].split()[0]) > steps
    first, *_, last = dev_losses(said)
    assert last < first
