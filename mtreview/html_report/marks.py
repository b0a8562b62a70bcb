"""Text of a document as safe HTML: highlights, differences, and nothing hidden.

What: every function takes text that nobody vouches for and returns ``Markup`` in which the only
elements are those written here. Why background and underline only: padding, another box or a
``bdi`` inside a word tears joined Arabic letters apart.

Leaves alone: the text itself. Taking the tags away gives the text again, but for hidden
characters, which are shown by their code (``mtreview.text.visible``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import regex
from markupsafe import Markup, escape

from mtreview.text.diff import changes
from mtreview.text.highlight import Span, runs
from mtreview.text.visible import code, name, pieces, visible

_FOREIGN: Final = {
    "en": regex.compile(r"\p{Arabic}+(?:\s+\p{Arabic}+)*"),
    "ar": regex.compile(r"\p{Latin}+(?:[\s\d.,'’-]+\p{Latin}+)*"),
}
"""Runs of the other script in a sentence of the interface."""

_HIDDEN: Final = Markup('<bdi class="hidden-character" title="{}">{}</bdi>')
_MARK: Final = Markup('<mark class="{}"><a href="#{}" title="{}">{}</a></mark>')
_SHADE: Final = Markup('<span class="{}" title="{}">{}</span>')
_REMOVED: Final = Markup("<del>{}</del>")
_ADDED: Final = Markup("<ins>{}</ins>")
_ISOLATED: Final = Markup("<bdi>{}</bdi>")


class Highlight(NamedTuple):
    """A span to show, its look, what it says on hover, and the id of the text that tells more.

    ``title`` is shown as it is: what comes from a document goes through ``tooltip`` first.
    """

    span: Span
    look: str
    title: str
    anchor: str | None = None


def plain(text: str) -> Markup:
    """Return text as HTML.

    >>> str(plain("<b>"))
    '&lt;b&gt;'
    """
    shown = [
        _HIDDEN.format(name(piece), code(piece)) if index % 2 else escape(piece)
        for index, piece in enumerate(pieces(text))
    ]
    return Markup("").join(shown)


def prose(text: str, language: str) -> Markup:
    """Return a sentence in a language of the interface as HTML, words of the other script apart.

    Without that the punctuation between two Arabic words in English would let them change places.

    >>> str(prose("after قال; قالت agrees", "en"))
    'after <bdi>قال</bdi>; <bdi>قالت</bdi> agrees'
    """
    shown, position = [], 0
    for match in _FOREIGN[language].finditer(text):
        shown += [plain(text[position : match.start()]), _ISOLATED.format(plain(match.group()))]
        position = match.end()
    return Markup("").join([*shown, plain(text[position:])])


def tooltip(text: str, language: str) -> str:
    """Return a sentence for an attribute, words of the other script apart by isolates."""
    isolated: str = _FOREIGN[language].sub(
        "\N{FIRST STRONG ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}", visible(text)
    )
    return isolated


def excerpt(text: str) -> Markup:
    """Return quoted text as HTML; nothing but spaces is drawn as open boxes.

    >>> str(excerpt("  "))
    '\N{OPEN BOX}\N{OPEN BOX}'
    """
    return plain("\N{OPEN BOX}" * len(text) if text.isspace() else text)


def highlighted(text: str, highlights: Sequence[Highlight]) -> Markup:
    """Return text as HTML with its highlights; where they overlap the first in rank shows.

    A highlight with an anchor is a link to it, so that a keyboard reaches it too.
    """
    shown: list[Markup] = []
    for run in runs(text, [highlight.span for highlight in highlights]):
        piece = plain(text[run.start : run.end])
        if run.span_indices:
            first = highlights[run.span_indices[0]]
            title = "\n".join(highlights[index].title for index in run.span_indices)
            if first.anchor is None:
                piece = _SHADE.format(first.look, title, piece)
            else:
                piece = _MARK.format(first.look, first.anchor, title, piece)
        shown.append(piece)
    return Markup("").join(shown)


def differences(before: str, after: str, *, ignore_case: bool = False) -> tuple[Markup, Markup]:
    """Return two texts as HTML: the first with what it alone has struck out, the second underlined.

    >>> [str(side) for side in differences("two sides", "both sides")]
    ['<del>two</del> sides', '<ins>both</ins> sides']
    """
    found = changes(before, after, ignore_case=ignore_case)
    old = _side([(change.before, change.same) for change in found], _REMOVED)
    return old, _side([(change.after, change.same) for change in found], _ADDED)


def _side(found: Sequence[tuple[str, bool]], changed: Markup) -> Markup:
    """Return the pieces of one text as HTML, those that are not the same within an element."""
    return Markup("").join(
        plain(text) if same or not text else changed.format(plain(text)) for text, same in found
    )
