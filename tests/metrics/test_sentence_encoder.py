"""Sentence encoders: real loading code on tiny random models of the real architectures."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import huggingface_hub
import pytest
from huggingface_hub import errors

from mtreview.errors import ModelError
from mtreview.metrics._family import Options
from mtreview.metrics._model_files import find_files, licence_of
from mtreview.metrics._sentence_encoder import TOO_LONG, SentenceEncoder

tiny = SimpleNamespace(**run_path(str(Path(__file__).with_name("tiny_encoders.py"))))
PAIR = (tiny.LINES[0], tiny.LINES[2])
OTHER = (tiny.LINES[1], tiny.LINES[2])


@pytest.fixture(scope="session")
def plain(tmp_path_factory):
    return tiny.build_encoder(tmp_path_factory.mktemp("plain") / "tiny")


@pytest.fixture
def build(tmp_path):
    """Return a function that builds an encoder with the steps that are given."""

    def build(name="tiny", *, roberta=False, **steps):
        folder = tiny.build_encoder(tmp_path / name, roberta=roberta)
        return tiny.add_steps(folder, **steps)

    return build


def by_hand(folder, texts, pooling, dense=False):
    """Return the cosine of two texts, one at a time, without padding."""
    import torch
    from safetensors.torch import load_file
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    vectors = []
    for text in texts:
        with torch.inference_mode():
            hidden = model.eval()(**tokenizer(text, return_tensors="pt")).last_hidden_state[0]
        vector = {"cls": hidden[0], "mean": hidden.mean(0), "max": hidden.amax(0)}[pooling]
        if dense:
            weights = load_file(folder / "2_Dense" / "model.safetensors")
            vector = torch.tanh(weights["linear.weight"] @ vector + weights["linear.bias"])
        vectors.append(vector)
    return float(torch.nn.functional.cosine_similarity(*vectors, dim=0))


def test_without_a_description_the_tokens_are_averaged(plain):
    encoder = SentenceEncoder(str(plain), Options(threads=1))
    values = encoder.score([PAIR, OTHER, PAIR, ("x", tiny.LINES[3])])
    assert values[0] == pytest.approx(by_hand(plain, PAIR, "mean"), abs=2e-6)
    assert values[1] == pytest.approx(by_hand(plain, OTHER, "mean"), abs=2e-6)
    assert values[0] == values[2]
    assert encoder.licence == "mit"
    assert encoder.signature.startswith("cosine|model:tiny|files:")
    assert encoder.signature.endswith(f"|pooling:mean|tokens:{tiny.POSITIONS}|version:1")


@pytest.mark.parametrize("pooling", ["cls", "mean", "max"])
@pytest.mark.parametrize("dense", ["Tanh", ""])
def test_the_steps_of_its_description_are_followed(build, pooling, dense):
    folder = build(pooling=pooling, dense=dense)
    encoder = SentenceEncoder(str(folder), Options())
    expected = by_hand(folder, PAIR, pooling, dense=bool(dense))
    assert encoder.score([PAIR, OTHER])[0] == pytest.approx(expected, abs=2e-6)
    assert f"|pooling:{pooling}{'|dense' if dense else ''}|tokens:24|" in encoder.signature


def test_the_newer_way_to_name_the_pooling(build):
    folder = build(dense="")
    settings = {"embedding_dimension": 32, "pooling_mode": "max"}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    assert "|pooling:max|" in SentenceEncoder(str(folder), Options()).signature


def test_an_e5_model_gets_its_prefix(build):
    folder = build("multilingual-e5-tiny", roberta=True, pooling="mean", dense="", limit=64)
    encoder = SentenceEncoder(str(folder), Options())
    # RoBERTa's positions begin behind the padding's, so that two are lost.
    assert f"|prefix:query: |tokens:{tiny.POSITIONS - 2}|" in encoder.signature
    expected = by_hand(folder, [f"query: {text}" for text in PAIR], "mean")
    assert encoder.score([PAIR]) == [pytest.approx(expected, abs=2e-6)]


def test_a_default_prompt_wins(build):
    folder = build("multilingual-e5-tiny", pooling="mean", dense="")
    prompts = {"prompts": {"sts": "same: "}, "default_prompt_name": "sts"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), "utf-8")
    assert "|prefix:same: |" in SentenceEncoder(str(folder), Options()).signature


def test_a_text_that_is_too_long_has_no_number(plain):
    long = "كلمة " * 60
    values = SentenceEncoder(str(plain), Options()).score([PAIR, (tiny.LINES[0], long)])
    assert isinstance(values[0], float)
    assert values[1] == TOO_LONG


def test_broken_characters_and_lines_do_no_harm(plain):
    encoder = SentenceEncoder(str(plain), Options())
    values = encoder.score([("a\n b", "\ud800 c"), ("a b", "? c")])
    assert values[0] == values[1]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("1_Pooling/config.json", '{"pooling_mode": "lasttoken"}', "pooling 'lasttoken'"),
        ("1_Pooling/config.json", "{}", "pooling ''"),
        ("2_Dense/config.json", '{"activation_function": "x.GELU"}', "activation 'GELU'"),
        ("modules.json", '[{"type": "a.WordWeights", "path": ""}]', "step 'WordWeights'"),
        ("modules.json", "{", "cannot be loaded"),
        ("config.json", "{", "cannot be loaded"),
        ("config.json", '{"model_type": "own", "auto_map": {}}', "cannot be loaded"),
    ],
)
def test_what_is_not_understood_is_refused(build, file, text, message):
    folder = build()
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        SentenceEncoder(str(folder), Options())


def test_missing_weights_of_a_step_are_refused(build):
    folder = build()
    (folder / "2_Dense" / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceEncoder(str(folder), Options())


def test_without_torch_it_says_what_to_install(plain, monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else real(name)
    )
    with pytest.raises(ModelError, match=r"needs torch.*pip install 'mtreview\[hub\]'"):
        SentenceEncoder(str(plain), Options())


@pytest.mark.parametrize("name", ["nowhere", "/no/where", "./no/where", "a/b/c"])
def test_neither_a_folder_nor_a_name_of_the_hub(name):
    with pytest.raises(ModelError, match="no such folder"):
        find_files(name)


class TestHub:
    """The hub is a function here; the library around it is the real one."""

    @pytest.fixture
    def hub(self, monkeypatch):
        """Return a function that says what is there before, and what the hub delivers then."""

        def deliver(*answers, before=None):
            calls, waiting = [], list(answers)

            def download(model, *, local_files_only=False, allow_patterns=()):
                calls.append((model, local_files_only, tuple(allow_patterns)))
                if local_files_only:
                    if before is None:
                        raise errors.LocalEntryNotFoundError("nothing there")
                    return str(before)
                answer = waiting.pop(0)
                if isinstance(answer, Exception):
                    raise answer
                return str(answer)

            monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
            return calls

        return deliver

    def test_safe_weights_are_enough(self, hub, plain):
        calls = hub(plain)
        files = find_files("owner/name")
        assert (files.name, files.version) == ("owner/name", "revision:tiny")
        assert len(calls) == 2
        assert not any(pattern == "pytorch_model*.bin" for pattern in calls[1][2])

    def test_plain_weights_are_fetched_where_there_are_no_safe_ones(self, hub, plain, tmp_path):
        calls = hub(tmp_path, plain)
        assert find_files("owner/name").folder == plain
        assert "pytorch_model*.bin" in calls[2][2]

    def test_what_is_whole_is_not_asked_for_again(self, hub, build):
        calls = hub(before=build())
        find_files("owner/name")
        assert len(calls) == 1

    def test_what_may_be_a_part_serves_without_a_network(self, hub, plain):
        hub(OSError("no network"), before=plain)
        assert find_files("owner/name").folder == plain

    @pytest.mark.parametrize(
        ("error", "message"),
        [
            (OSError("no network"), r"cannot be reached \(no network\)\. Go online once"),
            (errors.HFValidationError("odd"), "hub has no such model"),
        ],
    )
    def test_what_cannot_be_had(self, hub, error, message):
        hub(error)
        with pytest.raises(ModelError, match=message) as caught:
            SentenceEncoder("owner/name", Options())
        assert caught.value.where == "owner/name"


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: cc-by-nc-4.0\n---\ntext", "cc-by-nc-4.0"),
        ("---\nlicense: 'mit'\n---\n", "mit"),
        (
            "---\nlicense: other\nlicense_name: some-research-licence\n---\n",
            "some-research-licence",
        ),
        ("---\nlanguage: ar\n---\nlicense: mit", ""),
        ("license: mit", ""),
    ],
)
def test_the_licence_of_a_card(tmp_path, card, licence):
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    assert licence_of(tmp_path) == licence
