"""The configuration: a TOML file whose unknown keys are errors.

::

    [languages]
    source = "en"            # what the machine translated from
    target = "ar"            # what is reviewed
    interface = "en"         # language of reasons and of the page: en or ar

    [engine]
    pack = "gemma3-ar-en"    # an embedded pack, a directory, or a hub id
    forward = ""             # the pack for the other direction; "": the same pack, if it can
    second = ""              # a second, unrelated engine for the agreement signal
    round_trip = false       # translate the back-translation to Arabic again: twice the time
    glossary = ""            # a file of terms, Arabic TAB English; see docs/formats.md
    beam_size = 4            # candidates of the back-translation; 1: greedy, three times as fast
    batch_tokens = 2048
    threads = 0              # 0: what the machine has
    device = "cpu"           # cpu, cuda or auto

    [checks]
    disable = ["tatweel"]    # ids of checks to leave out
    enable = []              # if given, only these run

    [checks.severity]
    untranslated-latin = "minor"

    [checks.options.calques]
    file = "calques.txt"

    [metrics]                # models that add scores; "": none. See docs/metrics-plugins.md
    encoder = ""             # a sentence encoder, such as "sentence-transformers/LaBSE"
    comet = ""               # a COMET model, such as "Unbabel/wmt20-comet-qe-da"

    [store]
    url = "sqlite:///reviews.db"
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from mtreview.errors import ConfigError
from mtreview.model import Severity

Section = TypeVar("Section")

LEAST: Final = "least"
CHOICES: Final = "choices"
"""Keys of the metadata of a setting: the least number, and the only texts that it may be."""


@dataclass(frozen=True, slots=True)
class Languages:
    """ISO 639 codes of what is translated, and of the interface."""

    source: str = "en"
    target: str = "ar"
    interface: str = field(default="en", metadata={CHOICES: ("en", "ar")})


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Which packs translate, and how."""

    pack: str = "gemma3-ar-en"
    forward: str = ""
    second: str = ""
    round_trip: bool = False
    glossary: str = ""
    beam_size: int = field(default=4, metadata={LEAST: 1})
    batch_tokens: int = field(default=2048, metadata={LEAST: 1})
    threads: int = field(default=0, metadata={LEAST: 0})
    device: str = field(default="cpu", metadata={CHOICES: ("cpu", "cuda", "auto")})


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Which checks run, how severe they are, and their options by check id."""

    disable: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def runs(self, check_id: str) -> bool:
        """Tell whether a check is switched on."""
        return check_id not in self.disable and (not self.enable or check_id in self.enable)

    def options_in_words(self) -> list[str]:
        """Return the options as texts that change with their values, and with files they name."""
        return [
            f"{check}:{key}:{_with_content(value)}"
            for check, chosen in sorted(self.options.items())
            for key, value in sorted(chosen.items())
        ]


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where reviews are kept; the empty URL is a file in the user's data folder."""

    url: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, each with a default that works.

    Attributes:
        metrics: Names of models by the family of metrics that reads them; "" for none.
    """

    languages: Languages = field(default_factory=Languages)
    engine: EngineSettings = field(default_factory=EngineSettings)
    checks: CheckSettings = field(default_factory=CheckSettings)
    metrics: Mapping[str, str] = field(default_factory=dict)
    store: StoreSettings = field(default_factory=StoreSettings)

    @classmethod
    def load(cls, path: Path) -> Config:
        """Read a TOML file.

        Raises:
            ConfigError: It cannot be read, is not TOML, or has an unknown or ill-typed key.
        """
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"cannot read the configuration ({error})", where=str(path)) from None
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"not valid TOML ({error})", where=str(path)) from None
        return _section(cls(), data, str(path), "")

    def with_engine(self, **changes: Any) -> Config:
        """Return the configuration with some engine settings replaced."""
        return replace(self, engine=replace(self.engine, **changes))

    def with_metrics(self, models: Mapping[str, str]) -> Config:
        """Return the configuration with the models of some metrics replaced."""
        return replace(self, metrics={**self.metrics, **models})

    def with_terms(self, terms: tuple[str, ...]) -> Config:
        """Return the configuration with the terms of a glossary, if any, given to their check."""
        if not terms:
            return self
        options = {**self.checks.options, "terminology": {"terms": terms}}
        return replace(self, checks=replace(self.checks, options=options))


def _section(default: Section, data: Mapping[str, Any], where: str, prefix: str) -> Section:
    """Return a section with the values of a TOML table, each checked against the default's type."""
    known = {item.name: item.metadata for item in fields(default)}  # type: ignore[arg-type]
    changes: dict[str, Any] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(sorted(known))}."
            raise ConfigError(f"unknown key {name!r}", where=where, hint=hint)
        changes[key] = _value(getattr(default, key), value, where, name)
        least, choices = known[key].get(LEAST), known[key].get(CHOICES)
        if least is not None and value < least:
            raise ConfigError(f"{name!r} must be at least {least}, not {value}", where=where)
        if choices and value not in choices:
            raise ConfigError(
                f"{name!r} is {value!r}", where=where, hint=f"Use {', '.join(choices)}."
            )
    return replace(default, **changes)  # type: ignore[type-var]


def _value(default: Any, value: Any, where: str, name: str) -> Any:
    """Return one value, converted to the type of its default."""
    wanted = {
        str: "a text",
        int: "a whole number",
        bool: "true or false",
        tuple: "a list of texts",
    }
    if is_dataclass(default):
        if isinstance(value, dict):
            return _section(default, value, where, f"{name}.")
    elif isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif isinstance(default, dict):
        if isinstance(value, dict):
            return _SUBTABLES[name](value, where, name)
    elif type(value) is type(default):
        return value
    raise ConfigError(
        f"{name!r} must be {wanted.get(type(default), 'a table')}, not {value!r}", where=where
    )


def _severities(table: Mapping[str, Any], where: str, name: str) -> dict[str, Severity]:
    """Return a table of severities by check id."""
    try:
        return {key: Severity(value) for key, value in table.items()}
    except ValueError as error:
        names = ", ".join(Severity)
        raise ConfigError(f"in {name!r}: {error}", where=where, hint=f"Use {names}.") from None


def _options(table: Mapping[str, Any], where: str, name: str) -> dict[str, Mapping[str, Any]]:
    """Return a table of tables of options by check id."""
    for key, value in table.items():
        if not isinstance(value, dict):
            raise ConfigError(f"'{name}.{key}' must be a table, not {value!r}", where=where)
    return dict(table)


def _models(table: Mapping[str, Any], where: str, name: str) -> dict[str, str]:
    """Return a table of names of models by family of metrics."""
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigError(f"'{name}.{key}' must be a text, not {value!r}", where=where)
    return dict(table)


def _with_content(value: object) -> str:
    """Return the value of an option, and what the file holds that it may name."""
    path = Path(value) if isinstance(value, str) else None
    if path and path.is_file():
        return f"{path}:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    return repr(value)


_SUBTABLES: Final = {
    "checks.severity": _severities,
    "checks.options": _options,
    "metrics": _models,
}
"""Tables whose keys are ids of extensions -> how their values are read."""
