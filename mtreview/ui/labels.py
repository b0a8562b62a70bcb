"""Texts of the user's in places where Streamlit reads Markdown: labels, captions, messages.

There a file name could draw an image from elsewhere or pass for a link of ours.
"""

from __future__ import annotations

import re
from typing import Final

from mtreview.text.visible import visible

_MEANING: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&@])")


def plain(text: str) -> str:
    r"""Return Markdown that shows a text as it is, invisible characters made visible.

    >>> plain("[a](http://b)")
    '\\[a\\]\\(http\\:\\/\\/b\\)'
    """
    shown = _MEANING.sub(r"\\\1", visible(" ".join(text.split())))
    return shown.replace("/", r"\/")
