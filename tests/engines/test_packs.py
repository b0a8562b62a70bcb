"""Packs: read, found, verified, and opened by the engine that runs them."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from mtreview.config import Config
from mtreview.engines import ctranslate2, packs
from mtreview.engines._conversion import write
from mtreview.engines._engine import Settings
from mtreview.engines.open import open_engine
from mtreview.engines.packs import Pack, find_pack, installed_packs, verify
from mtreview.errors import ModelError

DESCRIPTION = """
schema = 1
id = "small"
version = "0.1.0"
title = "A small model"
kind = "ctranslate2-causal"
licence = "CC0-1.0"
licence_file = "LICENCE.txt"
attribution = ["Somebody's texts"]
trained_on = "Very little"
quantization = "int8"
note = "keys that are not known are left alone"

[tokenizer]
kind = "tokenizers"
file = "tokenizer.json"

[[direction]]
source = "ar"
target = "en"
prompt = "Arabic: {text}\\nEnglish:"
bos = "<bos>"
eos = "<eos>"

[[measured]]
direction = "ar-en"
set = "flores-dev"
sentences = 997
bleu = 20
bleu_signature = "nrefs:1"
chrf = 50.5
chrf_signature = "nrefs:1"

[files]
"LICENCE.txt" = "bbaa"
"""


@pytest.fixture
def folder(tmp_path):
    directory = tmp_path / "small"
    directory.mkdir()
    (directory / "pack.toml").write_text(DESCRIPTION, encoding="utf-8")
    return directory


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MTREVIEW_CACHE", str(tmp_path / "cache"))


def test_a_description_is_read(folder):
    pack = Pack.load(folder)
    assert (pack.id, pack.kind, pack.attribution) == (
        "small",
        "ctranslate2-causal",
        ("Somebody's texts",),
    )
    assert pack.direction("ar", "en").prompt == "Arabic: {text}\nEnglish:"
    assert pack.measured[0].bleu == 20
    assert pack.files == {"LICENCE.txt": "bbaa"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema = 1", "schema = 9", "schema 9.*Update mtreview"),
        ("schema = 1", "schema = = 1", "not valid TOML"),
        ('id = "small"', "", "'id' is missing"),
        ('version = "0.1.0"', "version = 1", "'version' cannot be 1"),
        ('attribution = ["Somebody\'s texts"]', "attribution = [1]", "'attribution' cannot be"),
        ("bleu = 20", 'bleu = "good"', "'bleu' cannot be 'good'"),
        ('"LICENCE.txt" = "bbaa"', '"LICENCE.txt" = 1', "'files' cannot be"),
        ("[[direction]]", "[[other]]", "names no direction"),
    ],
)
def test_a_wrong_description_is_an_error_that_says_where(folder, old, new, message):
    assert old in DESCRIPTION
    (folder / "pack.toml").write_text(DESCRIPTION.replace(old, new), encoding="utf-8")
    with pytest.raises(ModelError, match=message) as caught:
        Pack.load(folder)
    assert caught.value.where == str(folder / "pack.toml")


def test_a_pack_is_found_by_id_and_by_folder(folder, monkeypatch):
    assert find_pack(str(folder)).id == "small"
    monkeypatch.setattr(packs, "EMBEDDED", folder.parent)
    assert find_pack("small").path == folder
    assert [pack.id for pack in installed_packs()] == ["small"]


def test_broken_packs_are_not_listed_but_named_when_asked_for(folder, monkeypatch):
    monkeypatch.setattr(packs, "EMBEDDED", folder.parent)
    (folder / "pack.toml").write_text("schema = 2", encoding="utf-8")
    assert installed_packs() == []
    with pytest.raises(ModelError, match="schema 2"):
        find_pack("small")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("smal", "smal: there is no such translation model. Did you mean 'small'"),
        ("Helsinki-NLP/opus-mt-ar-en", "once: mtreview models pull Helsinki-NLP/opus-mt-ar-en"),
        ("xyz", "There are: small"),
        ("", "no name"),
    ],
)
def test_an_unknown_pack_is_an_error_that_says_what_to_do(folder, monkeypatch, name, message):
    monkeypatch.setattr(packs, "EMBEDDED", folder.parent)
    with pytest.raises(ModelError, match=message):
        find_pack(name)


def test_a_folder_without_description_is_said_to_be_one(tmp_path):
    with pytest.raises(ModelError, match=r"has no pack\.toml"):
        find_pack(str(tmp_path))


def test_verify_sees_missing_and_damaged_files(folder):
    pack = Pack.load(folder)
    missing = "LICENCE.txt is missing"
    assert verify(pack) == [missing, "the licence file LICENCE.txt is missing"]
    (folder / "LICENCE.txt").write_text("free", encoding="utf-8")
    assert verify(pack) == ["LICENCE.txt is damaged: its SHA-256 is not the recorded one"]
    assert verify(write(pack)) == []
    assert verify(replace(pack, files={})) == ["no checksums are recorded"]


def test_what_is_written_is_read_again(folder):
    (folder / "LICENCE.txt").write_text("free", encoding="utf-8")
    pack = replace(
        Pack.load(folder), title='Odd "title" \\ \x7f\u200f\n', trained_on="نص", measured=()
    )
    written = write(pack)
    assert Pack.load(folder) == written
    assert set(written.files) == {"LICENCE.txt"}


def test_a_pack_of_an_unknown_kind_is_an_error_that_lists_the_kinds(folder):
    text = DESCRIPTION.replace("ctranslate2-causal", "steam")
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"no engine runs.*'steam'.*ctranslate2-seq2seq"):
        open_engine(str(folder), "ar", "en")


def test_a_pack_without_its_model_is_an_error(tiny_pack, tmp_path):
    for name, damage in (("marian", "model.bin"), ("gemma", "tokenizer.json")):
        copy = tmp_path / name
        shutil.copytree(tiny_pack(name).path, copy)
        (copy / damage).unlink()
        with pytest.raises(ModelError, match="cannot be"):
            open_engine(str(copy), "ar", "en")


def test_a_model_of_torch_that_is_broken_is_an_error(tiny_pack, tmp_path):
    copy = tmp_path / "broken"
    shutil.copytree(tiny_pack("marian-torch").path, copy)
    (copy / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="the model cannot be loaded"):
        open_engine(str(copy), "ar", "en")


@pytest.mark.parametrize("name", ["marian", "gemma", "marian-torch"])
def test_the_length_penalty_of_a_direction_is_that_of_its_beam(name, tiny_pack, tmp_path):
    copy = tmp_path / name
    shutil.copytree(tiny_pack(name).path, copy)
    pack = Pack.load(copy)
    long = tuple(replace(one, length_penalty=9.0) for one in pack.directions)
    usual = {beam: open_engine(str(copy), "ar", "en", Settings(beam)) for beam in (1, 3)}
    assert Pack.load(write(replace(pack, directions=long)).path).directions == long
    for beam, engine in usual.items():
        changed = open_engine(str(copy), "ar", "en", Settings(beam))
        assert (changed.signature == engine.signature) == (beam == 1)
        assert changed.translate(["مرحبا"])[0].text


@pytest.mark.parametrize(
    ("threads", "workers", "each"), [(1, 1, 1), (2, 2, 1), (4, 2, 2), (8, 2, 4), (16, 4, 4)]
)
def test_two_batches_are_worked_on_at_once_where_there_are_two_threads(
    tiny_pack, monkeypatch, threads, workers, each
):
    asked = []
    monkeypatch.setattr(ctranslate2, "_loaded", lambda *arguments: asked.append(arguments[3:]))
    pack = tiny_pack("gemma")
    assert ctranslate2._load("Generator", pack, Settings(threads=threads))[1] == workers
    assert asked == [(workers, each)]


def test_a_prompt_without_a_place_for_the_text_is_an_error(tiny_pack, tmp_path):
    copy = tmp_path / "gemma"
    shutil.copytree(tiny_pack("gemma").path, copy)
    description = (copy / "pack.toml").read_text(encoding="utf-8")
    (copy / "pack.toml").write_text(description.replace("{text}", "text"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"has no \{text\}"):
        open_engine(str(copy), "ar", "en")


def test_the_embedded_pack_scores_pairs_as_long_as_it_allows(article_path):
    """Its model looks back 512 pieces in most layers; CTranslate2 forces no row beyond that."""
    engine = open_engine(Config().engine.pack, "ar", "en", Settings(threads=2))
    text = " ".join(article_path.read_text(encoding="utf-8").split()[1:95])
    target = "The ministers met in Istanbul on Thursday to discuss embassies and visas. " * 14
    pieces = engine._layout.encode_target(target).pieces
    assert len(engine._layout.encode_source(text)) + len(pieces) > 512
    (tokens,) = engine.score([text], [target])
    assert len(tokens) == len(pieces)
