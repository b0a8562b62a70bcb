"""A web page: headline, paragraphs and captions of its article, without the page around it.

Read: the article as trafilatura finds it; captions of pictures keep their place. The encoding is
the one that the bytes show, or else the one that the page names. Leaves alone: comments of readers,
navigation, scripts. Written: nothing; a corrected article is exported as text (paragraphs with a
blank line between them), CSV or JSON lines. Source: https://trafilatura.readthedocs.io
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from mtreview.errors import InputError
from mtreview.formats._encoding import decode
from mtreview.formats._format import Format, ReadOptions
from mtreview.formats._paragraphs import segments_of
from mtreview.model import Document, SegmentKind
from mtreview.text.kinds import line_kind

SIZE_LIMIT: Final = 20 * 1024 * 1024
"""Bytes of the largest page: one page of a newspaper has less than a tenth."""

_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
_HEAD: Final = 4096
_INLINE: Final = frozenset({"hi", "ref", "del"})
_BREAK: Final = "\n"


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """Return the document of the article in a web page.

    Raises:
        InputError: The page is too large, its encoding cannot be told, or it has no article.
    """
    if len(data) > SIZE_LIMIT:
        raise InputError(
            f"the page is larger than {SIZE_LIMIT // 1024 // 1024} MB",
            where=name,
            hint="Save the text of the article as .txt.",
        )
    lines, kinds = _article(_decoded(data, name, options.encoding), name)
    text = "\n\n".join(lines) + "\n"

    def kinds_of(texts: Sequence[str]) -> list[SegmentKind]:
        told = map(line_kind, texts)
        return [
            kind if kind is not SegmentKind.BODY else known
            for known, kind in zip(kinds, told, strict=True)
        ]

    return Document(
        original=name,
        segments=segments_of(
            text, kinds_of, split=options.split is not False, language=options.target_language
        ),
        text=text,
        source_language=options.source_language,
        target_language=options.target_language,
        format="html",
        encoding="utf-8",
    )


def _decoded(data: bytes, name: str, encoding: str | None) -> str:
    """Return the text of a page in the encoding that its bytes show or that it names."""
    declared = _DECLARED.search(data, 0, _HEAD)
    try:
        return decode(data, name, encoding, any_line_length=True)[0]
    except InputError:
        if encoding is not None or declared is None:
            raise
        codec = declared.group(1).decode("ascii")
        return decode(data, name, codec, any_line_length=True)[0]


def _article(page: str, name: str) -> tuple[list[str], list[SegmentKind]]:
    """Return the lines of the article and what the page says they are."""
    import trafilatura

    tree = trafilatura.load_html(page)
    captions = _lift_captions(tree) if tree is not None else set()
    if tree is not None:
        _unwrap_phrases(tree)
    title = _title(tree) if tree is not None else ""
    lines: list[str] = []
    kinds: list[SegmentKind] = []
    try:
        article = (
            trafilatura.bare_extraction(tree, include_comments=False) if tree is not None else None
        )
        found = list(_lines(article.body)) if article is not None else []
    except RecursionError:
        raise InputError("the page is nested too deeply to read", where=name) from None
    for line, is_headline in found:
        if line in captions:
            kinds.append(SegmentKind.CAPTION)
        else:
            kinds.append(SegmentKind.HEADLINE if is_headline else SegmentKind.BODY)
        lines.append(line)
    if not lines:
        raise InputError(
            "no article in the page",
            where=name,
            hint="Is its text made by a script? Save the text of the article as .txt.",
        )
    if title and title not in lines:
        lines.insert(0, title)
        kinds.insert(0, SegmentKind.HEADLINE)
    return lines, kinds


def _lift_captions(tree: Any) -> set[str]:
    """Make a paragraph of each caption, which would be dropped otherwise; return their texts."""
    captions = set()
    for caption in list(tree.iter("figcaption")):
        text = _clean(caption.text_content())
        figure = next(caption.iterancestors("figure"), None)
        if text and figure is not None:
            captions.add(text)
            caption.tag = "p"
            caption.drop_tree()
            figure.addnext(caption)
    return captions


def _unwrap_phrases(tree: Any) -> None:
    """Make plain text of quotations and code within a line, which would be lines of their own."""
    for element in list(tree.iter("q", "code")):
        if element.tag == "q":
            element.text = f"“{element.text or ''}"
            element.append(element.makeelement("span"))
            element[-1].text = "”"
        elif next(element.iterancestors("pre"), None) is not None:
            continue
        element.drop_tag()


def _title(tree: Any) -> str:
    """Return the headline of the page, if there is just one."""
    found = {_clean(element.text_content()) for element in tree.iter("h1")} - {""}
    return found.pop() if len(found) == 1 else ""


def _lines(body: Any) -> Iterator[tuple[str, bool]]:
    """Yield each line of the article in order, and whether it is a headline."""
    line, is_headline = "", False
    for text, in_headline in _texts(body, False):
        if text == _BREAK:
            if _clean(line):
                yield _clean(line), is_headline
            line = ""
        else:
            line, is_headline = line + text, in_headline


def _texts(element: Any, in_headline: bool) -> Iterator[tuple[str, bool]]:
    """Yield the texts in an element, with a break around each block, and whether in a headline."""
    yield " ".join((element.text or "").splitlines()), in_headline
    for child in element:
        is_block = child.tag not in _INLINE
        if is_block:
            yield _BREAK, in_headline
        yield from _texts(child, in_headline or child.tag == "head")
        if is_block:
            yield _BREAK, in_headline
        yield " ".join((child.tail or "").splitlines()), in_headline


def _clean(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


FORMAT = Format("html", (".html", ".htm", ".xhtml"), "Web page", read)
