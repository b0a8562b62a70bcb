"""How a prompt shows a language model the terms of a glossary."""

import shutil

import pytest

from mtreview.engines import _layout
from mtreview.engines._engine import Settings
from mtreview.engines.open import open_engine
from mtreview.text.glossary import Glossary
from mtreview.text.lexicon import Lexicon

ENTRIES = {"ar": ("سلام\tPeace", "كتاب\tbook"), "en": ("book\tكتاب",)}
GLOSSARY = Glossary.of(["كتاب جديد\tNew Book", "دار\tHouse"], "terms.tsv")


@pytest.fixture
def opened(tiny_pack, tmp_path, monkeypatch):
    """Return a function that opens the tiny language model, with words in its prompts."""
    monkeypatch.setattr(_layout, "lexicon", lambda s, _: Lexicon.of(ENTRIES[s], s))
    folder = tmp_path / "pack"
    shutil.copytree(tiny_pack("gemma").path, folder)
    file = folder / "pack.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count("{text}") == 2
    file.write_text(text.replace("{text}", "{text}{words}"), encoding="utf-8")

    def opened(source, target, glossary, pack=folder):
        return open_engine(str(pack), source, target, Settings(threads=1, glossary=glossary))

    return opened


def shown(engine, text):
    layout = engine._layout
    return layout.tokenizers[0].spell(layout.encode_source(text))[0]


def test_terms_replace_the_entries_of_their_words_in_both_directions(opened):
    back = opened("ar", "en", GLOSSARY)
    assert "سلام وكتاب جديدPeace New Book\nEnglish:" in shown(back, "سلام وكتاب جديد")
    assert "a book, House, New Bookكتاب دار كتاب جديد\nArabic:" in shown(
        opened("en", "ar", GLOSSARY), "a book, House, New Book"
    )
    assert back.translate(["سلام"])[0].text


def test_the_signature_changes_with_the_terms(opened):
    plain, one = opened("ar", "en", Glossary()), opened("ar", "en", GLOSSARY)
    other = opened("ar", "en", Glossary.of(["دار\tHouse"], ""))
    assert len({plain.signature, one.signature, other.signature}) == 3
    assert one.signature == f"{plain.signature}|{GLOSSARY.signature}"


def test_a_prompt_without_words_shows_no_terms(opened, tiny_pack):
    pack = tiny_pack("gemma").path
    plain, one = (opened("ar", "en", terms, pack) for terms in (Glossary(), GLOSSARY))
    assert one.signature == plain.signature
    assert "New Book" not in shown(one, "كتاب جديد")


def test_terms_that_leave_no_room_are_left_out(opened):
    engine = opened("ar", "en", Glossary.of([f"كتاب\t{'New Book ' * 200}"], ""))
    assert "كتاب سلامbook Peace\nEnglish:" in shown(engine, "كتاب سلام")
