"""The mean of tuned models."""

import shutil

import pytest

torch = pytest.importorskip("torch")


@pytest.fixture
def average(script, monkeypatch):
    """Return a function that runs the script and returns the weights it writes."""
    from safetensors.torch import load_file

    def run(output, *models):
        monkeypatch.setattr("sys.argv", ["average.py", *map(str, [output, *models])])
        script("average").main()
        return load_file(output / "model.safetensors")

    return run


@pytest.fixture
def other(translation_model, tmp_path):
    """Return a function that writes the tiny model anew, its weights changed."""
    from safetensors.torch import load_file, save_file

    def write(change):
        folder = tmp_path / "other"
        shutil.copytree(translation_model, folder)
        changed = change(load_file(folder / "model.safetensors"))
        save_file(changed, folder / "model.safetensors", metadata={"format": "pt"})
        return folder

    return write


def test_each_weight_is_the_mean(average, other, translation_model, tmp_path):
    doubled = other(lambda state: {name: 2 * value for name, value in state.items()})
    mean = average(tmp_path / "mean", translation_model, doubled)
    once = average(tmp_path / "once", translation_model)
    assert mean.keys() == once.keys()
    for name, value in once.items():
        torch.testing.assert_close(mean[name], 1.5 * value)


def test_the_mean_can_be_loaded_and_keeps_its_tokenizer(average, translation_model, tmp_path):
    from transformers import AutoTokenizer, Gemma3ForCausalLM

    average(tmp_path / "mean", translation_model, translation_model)
    assert Gemma3ForCausalLM.from_pretrained(tmp_path / "mean").config.num_hidden_layers == 2
    text = "The year 2026"
    ids = [AutoTokenizer.from_pretrained(f)(text) for f in (tmp_path / "mean", translation_model)]
    assert ids[0] == ids[1]


def test_models_of_other_shapes_are_refused(average, other, translation_model, tmp_path, capsys):
    smaller = other(lambda state: dict(list(state.items())[:-1]))
    with pytest.raises(SystemExit):
        average(tmp_path / "mean", translation_model, smaller)
    assert "not the same weights" in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()
