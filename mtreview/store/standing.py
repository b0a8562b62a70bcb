"""What stands on a segment after a decision: its Arabic, its state, its open flags, its rank."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from mtreview.model import Decision, content_hash
from mtreview.store import log, ranking, results
from mtreview.store.search import folded
from mtreview.store.tables import segments, texts


def update_segment(connection: Connection, review_id: str, history: Sequence[Decision]) -> None:
    """Bring the rows of a segment up to its last decision.

    Args:
        connection: A connection that writes.
        review_id: The review.
        history: All decisions on the segment, the last of them just appended.
    """
    segment_id = history[-1].segment_id
    stands = log.standing(history)
    own_text = (texts.c.review_id == review_id) & (texts.c.segment_id == segment_id)
    own = (segments.c.review_id == review_id) & (segments.c.id == segment_id)
    row = connection.execute(
        select(texts.c.target, texts.c.edited, texts.c.source).where(own_text)
    ).one()
    before = row.target if row.edited is None else row.edited
    after = stands.current_targets().get(segment_id, row.target)
    state = stands.state(segment_id)
    connection.execute(
        update(segments)
        .where(own)
        .values(
            revision=history[-1].revision,
            state=None if state is None else state.value,
            of=content_hash(after),
        )
    )
    if after != before:
        connection.execute(
            update(texts)
            .where(own_text)
            .values(edited=None if after == row.target else after, folded=folded(after, row.source))
        )
        known = results.read_version(connection, review_id, segment_id, after)
        connection.execute(update(segments).where(own).values(is_stale=int(known is None)))
        if known is not None:
            ranking.show(connection, review_id, [known], decided=[segment_id])
            return
    ranking.reopen_flags(connection, review_id, segment_id, stands.dismissed(segment_id))
