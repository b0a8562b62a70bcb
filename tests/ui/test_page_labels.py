import pytest

from mtreview.ui.labels import plain


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](https://example.org/a.png)",
        "[x](javascript:alert(1))",
        "<script>alert(1)</script>",
        "https://example.org",
        "**bold** _it_ `code` $x$ :material/home: :red[x]",
        "# title",
        "- item",
        "@name",
    ],
)
def test_no_character_keeps_its_meaning_in_markdown(hostile):
    label = plain(hostile)
    for index, character in enumerate(label):
        if character in r"`*_{}[]()<>#+-.!|~:$&@/":
            assert label[index - 1] == "\\"
    assert label.replace("\\", "") == hostile


def test_direction_controls_are_shown_and_have_no_effect():
    assert plain("a\N{RIGHT-TO-LEFT OVERRIDE}b\nc").replace("\\", "") == "a[U+202E]b c"
