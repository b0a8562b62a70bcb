"""Open an engine by the name of its pack."""

from __future__ import annotations

from mtreview.engines._engine import Engine, EngineKind, Settings
from mtreview.engines.packs import find_pack
from mtreview.errors import ModelError
from mtreview.plugins import discover


def open_engine(
    name: str,
    source_language: str,
    target_language: str,
    settings: Settings | None = None,
) -> Engine:
    """Load a pack for one direction.

    Args:
        name: Id of an embedded pack, a folder with a pack, or the id of a pulled hub model.
        source_language: ISO 639 code of the language to read.
        target_language: ISO 639 code of the language to write.
        settings: How to decode; the default is greedy, on all processors.

    Raises:
        ModelError: The pack is unknown or broken, has not this direction, or no engine runs it.
    """
    pack = find_pack(name)
    kinds: dict[str, EngineKind] = discover("mtreview.engines", "ENGINE")
    if pack.kind not in kinds:
        raise ModelError(
            f"no engine runs packs of kind {pack.kind!r}",
            where=pack.id,
            hint=f"There are engines for {', '.join(sorted(kinds))}.",
        )
    pack.direction(source_language, target_language)
    return kinds[pack.kind].open(pack, source_language, target_language, settings or Settings())
