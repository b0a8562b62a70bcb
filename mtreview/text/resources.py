"""Word lists: plain text files that a linguist can edit, in ``mtreview/text/resources``.

A line is an entry; what follows a ``#`` at the start of a line is a comment, blank lines do not
count. A file whose name ends in ``.gz`` is compressed. In a list of frequencies an entry is a word,
a tab, and how often it was seen.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from mtreview.errors import MtReviewError


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the entries of a list in their order.

    Args:
        name: File name in the resources folder, without ``.txt`` or ``.txt.gz``.

    Raises:
        MtReviewError: There is no such list, which means a broken installation.
    """
    folder = files("mtreview.text") / "resources"
    plain, packed = folder / f"{name}.txt", folder / f"{name}.txt.gz"
    if plain.is_file():
        text = plain.read_text(encoding="utf-8")
    elif packed.is_file():
        text = gzip.decompress(packed.read_bytes()).decode("utf-8")
    else:
        raise MtReviewError("a word list is missing", where=name, hint="Install mtreview again.")
    return entries(text)


def entries(text: str) -> tuple[str, ...]:
    r"""Return the entries of the text of a list: no comments, no blank lines, no outer spaces.

    >>> entries("# a comment\n\n one \ntwo\n")
    ('one', 'two')
    """
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of a list as a set.

    >>> "الجانبين" in words("dual-agents")
    True
    """
    return frozenset(lines(name))


@cache
def frequencies(name: str) -> MappingProxyType[str, int]:
    """Return how often each word of a list was seen, as a read-only mapping."""
    pairs = (line.split("\t") for line in lines(name))
    return MappingProxyType({word: int(count) for word, count in pairs})
