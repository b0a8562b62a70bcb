"""Pulling: the hub is a folder here; what it delivers is converted for real."""

from __future__ import annotations

import importlib.util
import json
import shutil

import huggingface_hub
import pytest
from huggingface_hub import errors

from mtreview.engines._conversion import convert
from mtreview.engines._engine import Settings
from mtreview.engines.open import open_engine
from mtreview.engines.packs import cache_directory, find_pack, installed_packs, pull, verify
from mtreview.errors import ModelError

CARD = "---\nlanguage: ar\nlicense: apache-2.0\n---\n# A model\n"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MTREVIEW_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """Let the hub deliver a folder, or raise."""

    def deliver(what):
        def download(hub_id, **options):
            assert "/" in hub_id
            if isinstance(what, Exception):
                raise what
            return str(what)

        monkeypatch.setattr(huggingface_hub, "snapshot_download", download)

    return deliver


@pytest.fixture
def delivered(hub_model, tmp_path):
    """Return a copy of a tiny hub model with a model card, to be changed at will."""

    def copy(architecture):
        folder = tmp_path / f"delivered-{architecture}"
        shutil.copytree(hub_model(architecture), folder)
        (folder / "README.md").write_text(CARD, encoding="utf-8")
        return folder

    return copy


def change(file, **values):
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(data | values), encoding="utf-8")


def left_behind(folder):
    return [path.name for path in folder.rglob(".pull-*")]


def test_a_pulled_model_translates_and_keeps_its_licence(hub, delivered, tiny):
    hub(delivered("marian"))
    lines = []
    pack = pull("Owner/opus-mt-ar-en", lines.append)
    assert pack.licence == "apache-2.0"
    assert any("apache-2.0" in line for line in lines)
    assert verify(pack) == []
    assert find_pack("Owner/opus-mt-ar-en") == pack
    assert installed_packs()[-1] == pack
    engine = open_engine("Owner/opus-mt-ar-en", "ar", "en", Settings(threads=1))
    assert engine.translate([tiny.PAIRS[0][0]])[0].text == tiny.PAIRS[0][1]
    assert left_behind(cache_directory()) == []


def test_pulling_again_replaces_the_pack(hub, delivered):
    folder = delivered("marian")
    hub(folder)
    pull("Owner/opus-mt-ar-en")
    (folder / "README.md").unlink()
    pack = pull("Owner/opus-mt-ar-en")
    assert pack.licence == "unknown"
    assert find_pack("Owner/opus-mt-ar-en") == pack
    assert left_behind(cache_directory()) == []


def test_one_model_of_many_languages_gives_both_directions(hub, delivered):
    hub(delivered("nllb"))
    pack = pull("facebook/nllb-tiny")
    assert [direction.name for direction in pack.directions] == ["ar-en", "en-ar"]
    assert pack.direction("en", "ar").source_prefix == ("eng_Latn",)
    assert pack.direction("en", "ar").target_prefix == ("arb_Arab",)


def test_without_its_sentencepiece_file_the_tokenizer_json_is_used(delivered, tmp_path, tiny):
    folder = delivered("nllb")
    (folder / "sentencepiece.bpe.model").unlink()
    pack = convert(folder, tmp_path / "made", "facebook/nllb-tiny")
    assert pack.tokenizer.kind == "tokenizers"
    engine = open_engine(str(tmp_path / "made"), "ar", "en", Settings(threads=1))
    assert engine.translate([tiny.PAIRS[1][0]])[0].text == tiny.PAIRS[1][1]


def test_a_model_can_be_kept_as_it_is(hub, delivered, tiny):
    hub(delivered("marian"))
    pack = pull("Owner/opus-mt-ar-en", as_is=True)
    assert pack.kind == "transformers"
    engine = open_engine("Owner/opus-mt-ar-en", "ar", "en")
    assert engine.translate([tiny.PAIRS[0][0]])[0].text == tiny.PAIRS[0][1]


def test_the_direction_can_come_from_the_name(hub, delivered):
    folder = delivered("marian")
    (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    hub(folder)
    assert pull("Owner/opus-mt-ara-eng").directions[0].name == "ar-en"
    with pytest.raises(ModelError, match="does not say which languages"):
        pull("Owner/nameless")


def test_a_target_language_code_is_put_before_the_source(delivered, tmp_path):
    folder = delivered("marian")
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    number = vocabulary.pop("<0xFE>")
    change(folder / "tokenizer_config.json", source_lang="eng", target_lang="ara")
    (folder / "vocab.json").write_text(
        json.dumps(vocabulary | {">>ara<<": number}), encoding="utf-8"
    )
    pack = convert(folder, tmp_path / "made", "Owner/opus-mt-en-ar")
    assert pack.direction("en", "ar").source_prefix == (">>ara<<",)


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (errors.OfflineModeIsEnabled("offline"), "hub cannot be reached.*Go online once"),
        (errors.LocalEntryNotFoundError("no route"), "hub cannot be reached"),
        (RuntimeError("the client broke"), "hub cannot be reached"),
        (errors.HFValidationError("bad id"), "no such model.*owner/name"),
    ],
)
def test_what_goes_wrong_at_the_hub_is_said_plainly(hub, cache, problem, message):
    hub(problem)
    with pytest.raises(ModelError, match=message):
        pull("Owner/model")
    assert not cache.exists()


def test_a_missing_repository_and_a_gated_one_are_told_apart(hub):
    import httpx

    response = httpx.Response(404, request=httpx.Request("GET", "https://huggingface.co"))
    for kind, message in (
        (errors.RepositoryNotFoundError, "has no such model"),
        (errors.GatedRepoError, "accept its licence"),
    ):
        hub(kind("no", response=response))
        with pytest.raises(ModelError, match=message):
            pull("Owner/model")


@pytest.mark.parametrize("missing", ["torch", "huggingface_hub"])
def test_without_the_extra_it_says_what_to_install(hub, monkeypatch, missing, tiny_pack):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else find(name)
    )
    hub(AssertionError("must not be asked"))
    with pytest.raises(ModelError, match=rf"needs {missing}.*pip install 'mtreview\[hub\]'"):
        pull("Owner/model")


def test_the_engine_of_torch_says_what_to_install(monkeypatch, tiny_pack):
    pack = tiny_pack("marian-torch")
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else find(name)
    )
    with pytest.raises(ModelError, match=r"needs torch.*mtreview\[hub\]"):
        open_engine(str(pack.path), "ar", "en")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: change(f / "config.json", model_type="whisper"), "'whisper' cannot be pulled"),
        (lambda f: (f / "config.json").unlink(), r"config\.json are missing"),
        (lambda f: (f / "source.spm").unlink(), r"source\.spm are missing"),
        (lambda f: (f / "vocab.json").write_text("{"), r"vocab\.json is not valid JSON"),
        (lambda f: (f / "model.safetensors").write_bytes(b"x"), "cannot be converted"),
    ],
)
def test_a_model_that_cannot_be_converted_leaves_nothing(hub, delivered, damage, message):
    folder = delivered("marian")
    damage(folder)
    hub(folder)
    with pytest.raises(ModelError, match=message):
        pull("Owner/opus-mt-ar-en")
    assert list(cache_directory().iterdir()) == []
