"""How a prompt shows a language model what the words of a text usually are."""

import shutil
from pathlib import Path

import pytest

from mtreview.engines import _layout
from mtreview.engines.open import open_engine
from mtreview.errors import ModelError
from mtreview.text.lexicon import Lexicon

ENTRIES = ("سلام\tPeace", "كتاب\tbook")
PLAIN = 'prompt = "Arabic: {text}\\nEnglish:"'


@pytest.fixture
def with_prompt(tiny_pack, tmp_path, monkeypatch):
    """Return a function that copies the tiny language model with another prompt and lexicon."""

    def copied(prompt):
        monkeypatch.setattr(_layout, "lexicon", lambda s, _: Lexicon.of(ENTRIES, s))
        folder = tmp_path / "pack"
        shutil.copytree(tiny_pack("gemma").path, folder)
        file = folder / "pack.toml"
        text = file.read_text(encoding="utf-8")
        assert PLAIN in text
        file.write_text(text.replace(PLAIN, f'prompt = "{prompt}"'), encoding="utf-8")
        return str(folder)

    return copied


def test_the_prompt_shows_the_words(with_prompt, tiny):
    engine = open_engine(with_prompt("Arabic: {text}{words}\\nEnglish:"), "ar", "en")
    layout = engine._layout
    shown = layout.tokenizers[0].spell(layout.encode_source("كتاب جديد"))[0]
    assert "كتاب جديدbook\nEnglish:" in shown
    assert layout.source_length("كتاب جديد") < len(layout.encode_source("كتاب جديد"))
    assert "|lexicon:" in engine.signature
    unknown = tiny.PAIRS[3]
    assert engine.translate([unknown[0]])[0].text == unknown[1]


def test_words_that_leave_no_room_for_a_translation_are_left_out(with_prompt, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ENTRIES", (f"سلام\t{'Peace ' * 100}", "كتاب\tbook"))
    layout = open_engine(with_prompt("Arabic: {text}{words}\\nEnglish:"), "ar", "en")._layout
    spell = layout.tokenizers[0].spell
    assert "سلام كتاب\nEnglish:" in spell(layout.encode_source("سلام كتاب"))[0]
    assert "كتابbook\nEnglish:" in spell(layout.encode_source("كتاب"))[0]


def test_prompt_and_translation_fit_together(with_prompt, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ENTRIES", (f"سلام\t{'Peace ' * 40}",))
    layout = open_engine(with_prompt("Arabic: {text}{words}\\nEnglish:"), "ar", "en")._layout
    bare = len(layout._around("سلام", ""))
    glossed = layout.encode_source("سلام")
    assert len(glossed) > bare
    room = layout.room(glossed)
    assert len(glossed) + room < layout.positions
    assert layout.encode_source("سلام", room) == glossed
    assert len(layout.encode_source("سلام", room + 1)) == bare


def test_a_text_is_never_taken_for_a_place(with_prompt):
    layout = open_engine(with_prompt("Arabic: {text}{words}\\nEnglish:"), "ar", "en")._layout
    shown = layout.tokenizers[0].spell(layout.encode_source("سلام {words} {text}"))[0]
    assert "{words} {text}Peace" in shown


def test_a_prompt_without_words_needs_no_lexicon(tiny_pack):
    engine = open_engine(str(tiny_pack("gemma").path), "ar", "en")
    assert engine._layout.lexicon is None
    assert "|lexicon:" not in engine.signature


def test_words_between_other_languages_are_an_error(with_prompt):
    folder = with_prompt("Arabic: {text}{words}\\nEnglish:")
    file = Path(folder) / "pack.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('source = "ar"', 'source = "fr"'), encoding="utf-8")
    with pytest.raises(ModelError, match="wants a lexicon"):
        open_engine(folder, "fr", "en")
