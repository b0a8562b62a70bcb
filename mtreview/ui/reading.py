"""Read segments from the store as they stand, for the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mtreview.errors import StoreError
from mtreview.model import Decision, Document, Review
from mtreview.store.repository import ReviewStore
from mtreview.ui.wire import Standing


class Indexed(NamedTuple):
    """A document, and the position of each segment by id."""

    document: Document
    positions: Mapping[str, int]

    def position(self, segment_id: str) -> int:
        """Return the position of a segment.

        Raises:
            StoreError: There is no such segment.
        """
        try:
            return self.positions[segment_id]
        except KeyError:
            raise StoreError(f"there is no segment {segment_id!r}", hint="Reload it.") from None


@lru_cache(maxsize=4)
def indexed(store: ReviewStore, review_id: str) -> Indexed:
    """Return the document of a review as it came; a document never changes, so it is kept."""
    document = store.document(review_id)
    return Indexed(document, {segment.id: place for place, segment in enumerate(document.segments)})


def standings(
    store: ReviewStore,
    review_id: str,
    segment_ids: Sequence[str],
    *,
    reviewer: str,
    recomputing: frozenset[str] = frozenset(),
) -> list[Standing]:
    """Return segments as they stand, in the order of the ids.

    Args:
        store: The store.
        review_id: The review.
        segment_ids: Which segments.
        reviewer: Who asks; claims of others are told.
        recomputing: Ids of segments whose fresh results are on their way.
    """
    document, positions = indexed(store, review_id)
    known = [segment_id for segment_id in segment_ids if segment_id in positions]
    by_segment: dict[str, list[Decision]] = {}
    for decision in store.decisions(review_id, known):
        by_segment.setdefault(decision.segment_id, []).append(decision)
    decided = Review(document, (), tuple(d for all_ in by_segment.values() for d in all_))
    stands, states, dismissals = decided.standing(), decided.states(), decided.dismissals()
    targets = decided.current_targets()
    results = {r.segment.id: r for r in store.results(review_id, known)}
    edited = [segment_id for segment_id in known if segment_id in targets]
    machine = store.results(review_id, edited, as_it_came=True) if edited else []
    first = {result.segment.id: result for result in machine}
    claims = store.claims_of_others(review_id, reviewer)
    return [
        Standing(
            original=document.segments[positions[segment_id]],
            target=targets.get(segment_id, document.segments[positions[segment_id]].target),
            position=positions[segment_id],
            result=results.get(segment_id),
            first=first.get(segment_id),
            decisions=stands.get(segment_id, ()),
            revision=by_segment[segment_id][-1].revision if segment_id in by_segment else 0,
            state=states.get(segment_id),
            dismissed=dismissals.get(segment_id, frozenset()),
            claimed_by=claims.get(segment_id),
            recomputing=segment_id in recomputing,
        )
        for segment_id in known
    ]


def current_targets(
    store: ReviewStore, review_id: str, segment_ids: Sequence[str]
) -> dict[str, str]:
    """Return the Arabic as it stands of segments, by id."""
    return {segment.id: segment.target for segment in store.segments(review_id, segment_ids)}
