"""The list of calques of a desk, and what happens to a line that cannot be understood."""

from __future__ import annotations

import pytest

from mtreview.checks import calques
from mtreview.checks._check import Context
from mtreview.errors import ConfigError
from mtreview.model import Document, Segment


def found(text: str, **options: object) -> list[str]:
    segment = Segment("1", text)
    context = Context(Document("case", (segment,), text), 0, options=options)
    return [text[f.start : f.end] for f in calques.find(segment, context)]


def test_a_desk_list_is_used_beside_the_built_in_one(tmp_path):
    path = tmp_path / "house.txt"
    path.write_text("# ours\n+نهاية النهار | end of the day | تعبير حرفي | نهاية المطاف\n", "utf-8")
    text = "وفي نهاية النهار التقى الروسيون"
    assert found(text, file=str(path)) == ["نهاية النهار", "الروسيون"]
    assert found(text, file=str(path), builtin=False) == ["نهاية النهار"]
    assert found(text) == ["الروسيون"]


@pytest.mark.parametrize(
    "line",
    [
        "كلمة",
        "… كلمة | a | ب |",
        " | a | ب |",
        "{no-such-list} | a | ب |",
        "أ …! ب | a | ب |",
        "أ …ج ب | a | ب |",
        "كلمة/ | a | ب |",
    ],
)
def test_a_line_that_cannot_be_understood_is_named(tmp_path, line):
    path = tmp_path / "house.txt"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(ConfigError, match=r"house\.txt: the entry"):
        found("نص", file=str(path))


def test_a_list_that_is_not_there_is_an_error_of_the_configuration(tmp_path):
    with pytest.raises(ConfigError, match=r"checks\.options\.calques\.file"):
        found("نص", file=str(tmp_path / "none.txt"))


def test_every_built_in_line_is_well_formed():
    assert len(calques._builtin()) > 40
