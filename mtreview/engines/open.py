"""Open an engine by the name of its pack."""

from __future__ import annotations

from dataclasses import replace

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


def open_pair(
    name: str,
    source_language: str,
    target_language: str,
    settings: Settings,
    other: str = "",
) -> tuple[Engine, Engine | None]:
    """Load a direction that people read, and the other one, which judges it and is greedy.

    Args:
        name: The pack of the first, as in ``open_engine``.
        source_language: ISO 639 code of the language that the first one reads.
        target_language: ISO 639 code of the language that it writes.
        settings: How the first one decodes.
        other: The pack of the other direction; by default the same one, if it has that direction.

    Returns:
        Both engines; None for the second when ``name`` has no such direction.

    Raises:
        ModelError: As in ``open_engine``, of either pack that is named.
    """
    judge: Engine | None
    try:
        greedy = replace(settings, beam_size=1)
        judge = open_engine(other or name, target_language, source_language, greedy)
    except ModelError:
        if other:
            raise
        judge = None
    judged = replace(settings, judge=judge)
    return open_engine(name, source_language, target_language, judged), judge
