"""Offsets between Python, which counts code points, and JavaScript, which counts UTF-16 units.

They differ after every character beyond the Basic Multilingual Plane, such as most emoji.
"""

from __future__ import annotations

from bisect import bisect_right


class Units:
    """The way between code points and UTF-16 units of one text."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._wide = [index for index, character in enumerate(text) if ord(character) > 0xFFFF]

    def from_points(self, offset: int) -> int:
        """Return an offset in UTF-16 units from one in code points.

        >>> Units("\N{GRINNING FACE}a").from_points(1)
        2
        """
        return offset + bisect_right(self._wide, offset - 1)

    def to_points(self, offset: int) -> int:
        """Return an offset in code points from one in UTF-16 units, clipped to the text.

        An offset inside a character is that of the character.

        >>> Units("\N{GRINNING FACE}a").to_points(2)
        1
        """
        low, high = 0, self._length
        while low < high:
            middle = (low + high + 1) // 2
            if self.from_points(middle) <= offset:
                low = middle
            else:
                high = middle - 1
        return max(low, 0)
