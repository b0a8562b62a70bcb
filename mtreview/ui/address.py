"""Which segments the queue shows, as it is kept in the address of the page.

An address can be sent to a colleague, bookmarked and reloaded. It holds ids, never wording, so it
means the same in both languages of the interface.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mtreview.model import Severity, Verdict

OPEN: Final = "open"
"""The state of what nobody decided on."""

STATES: Final = (
    OPEN,
    Verdict.ACCEPT.value,
    Verdict.EDIT.value,
    Verdict.REJECT.value,
    Verdict.SKIP.value,
)
ORDERS: Final = ("worst", "document", "quality", "best")


@dataclass(frozen=True, slots=True)
class Query:
    """What the reviewer asks to see; the default is everything that is not decided, worst first."""

    checks: tuple[str, ...] = ()
    severity: str = ""
    minimum: int = 0
    maximum: int = 100
    states: tuple[str, ...] = (OPEN,)
    text: str = ""
    flagged: bool = False
    order: str = ORDERS[0]

    @classmethod
    def from_address(cls, parameters: Mapping[str, str]) -> Query:
        """Read the parameters of an address; what is wrong in them is left at its default.

        >>> Query.from_address({"severity": "major", "maximum": "x"}).severity
        'major'
        """
        default = cls()
        severity, order = parameters.get("severity", ""), parameters.get("order", "")
        states = tuple(s for s in parameters.get("states", "").split(",") if s in STATES)
        given = "states" in parameters
        return cls(
            checks=tuple(check for check in parameters.get("checks", "").split(",") if check),
            severity=severity if severity in set(Severity) else "",
            minimum=_percent(parameters.get("minimum"), default.minimum),
            maximum=_percent(parameters.get("maximum"), default.maximum),
            states=states if given else default.states,
            text=parameters.get("text", ""),
            flagged=parameters.get("flagged") == "1",
            order=order if order in ORDERS else default.order,
        )

    def to_address(self) -> dict[str, str]:
        """Return the parameters that differ from the default.

        >>> Query(checks=("brackets",), maximum=60).to_address()
        {'checks': 'brackets', 'maximum': '60'}
        """
        default = Query()
        every = {
            "checks": ",".join(self.checks),
            "severity": self.severity,
            "minimum": str(self.minimum),
            "maximum": str(self.maximum),
            "states": ",".join(self.states),
            "text": self.text,
            "flagged": "1" if self.flagged else "",
            "order": self.order,
        }
        usual = {
            "states": ",".join(default.states),
            "minimum": str(default.minimum),
            "maximum": str(default.maximum),
            "order": default.order,
        }
        return {name: value for name, value in every.items() if value != usual.get(name, "")}

    def record(self) -> dict[str, Any]:
        """Return the query for the card and for ``handlers.queue_filter``."""
        return {
            "checks": list(self.checks),
            "severity": self.severity,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "states": list(self.states),
            "text": self.text,
            "flagged": self.flagged,
            "order": self.order,
        }


def _percent(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdecimal() and int(value) <= 100 else default
