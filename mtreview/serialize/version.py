"""The version of the JSON shape, and the name of its type."""

from __future__ import annotations

from typing import Any, Final

SCHEMA_VERSION: Final = 1
"""Raised when a field changes its name or meaning; a field that is added does not raise it."""

Record = dict[str, Any]
