"""How large a file and how long a line may be, told before memory is spent on them."""

from __future__ import annotations

from typing import AnyStr, Final

from mtreview.errors import InputError

SIZE_LIMIT: Final = 200 * 1024 * 1024
"""Bytes of the largest file that is read."""

LINE_LIMIT: Final = 1_000_000
"""Characters of the longest line that is read."""

_BYTES_PER_CHARACTER: Final = 4  # at most, in any encoding


def check_encoded_lines(data: bytes, name: str) -> None:
    """Refuse bytes with a line that is longer than ``LINE_LIMIT`` characters in any encoding.

    It runs before decoding, so that a huge file without line ends costs no more memory.

    Raises:
        InputError: There is such a line.
    """
    _check(data, _BYTES_PER_CHARACTER * LINE_LIMIT, b"\n", b"\r", name)


def check_lines(text: str, name: str) -> None:
    """Refuse a text with a line of more than ``LINE_LIMIT`` characters.

    Raises:
        InputError: There is such a line.
    """
    _check(text, LINE_LIMIT, "\n", "\r", name)


def _check(data: AnyStr, limit: int, line_feed: AnyStr, carriage_return: AnyStr, name: str) -> None:
    """Refuse data with a line longer than the limit; looks at each element twice at most."""
    start = 0  # of a line
    while len(data) - start > limit:
        window_end = start + limit + 1
        end = max(
            data.rfind(line_feed, start, window_end), data.rfind(carriage_return, start, window_end)
        )
        if end < 0:
            number = data.count(line_feed, 0, start) + 1
            raise InputError(
                f"the line is longer than {LINE_LIMIT:,} characters",
                where=f"{name}, line {number}",
                hint="Put each paragraph on a line of its own.",
            )
        start = end + 1
