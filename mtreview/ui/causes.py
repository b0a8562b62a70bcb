"""What lowered a score, cause by cause, in the language of the interface.

A stored explanation is English. Its causes are the clauses of the signals and the reasons of the
segment's flags, and both are known in Arabic too; what is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from mtreview.metrics.estimate import SIGNALS
from mtreview.model import Flag
from mtreview.ui.strings import Strings

_CAUSE: Final = re.compile(r"(?P<what>.+?) \((?P<points>-\d+)\)(?:; |$)", re.DOTALL)
_WHOLE: Final = ("boilerplate", "no_signal", "nothing")
"""Names of explanations that are one sentence."""


class Cause(NamedTuple):
    """What lowered a score, and by how many points, if that is told."""

    what: str
    points: str = ""


def causes(explanation: str, flags: Iterable[Flag], strings: Strings) -> list[Cause]:
    """Return the causes of an explanation, the one that weighs most first.

    >>> causes("one passage was hard to make sense of (-9); a; b (-2)", [], Strings("en"))[1]
    Cause(what='a; b', points='-2')
    """
    if not explanation:
        return []
    known = _clauses(strings.language) | {
        flag.reason.english: flag.reason.in_language(strings.language) for flag in flags
    }

    def told(what: str) -> str:
        return what if strings.language == "en" else known.get(what) or what

    found = list(_CAUSE.finditer(explanation))
    if "".join(match[0] for match in found) != explanation:
        return [Cause(told(explanation))]
    return [Cause(told(match["what"]), match["points"]) for match in found]


@cache
def _clauses(language: str) -> dict[str, str]:
    """Return the English of what is always said the same -> its wording in a language."""
    english, strings = Strings("en"), Strings(language)
    signals = {signal.when_low: strings.get("cause", signal.metric, "") for signal in SIGNALS}
    return signals | {
        english.text(f"cause.{name}"): strings.text(f"cause.{name}") for name in _WHOLE
    }
