"""The review store: everything that must outlast the program goes through ``ReviewStore``.

A store may be used from several threads, and its database by several processes and people at
once. Each call is one transaction: it is on disk when the call returns, or nothing was changed.
Decisions are appended and never changed; results can be computed again at any time. What is
stored in a cell or a row, and why, is told in ``tables``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from mtreview.model import Decision, Document, Review, Segment, SegmentResult
from mtreview.store import log, memory, queue, results, reviews, standing
from mtreview.store.database import Database, resolve
from mtreview.store.values import EVERYTHING, Progress, QueueFilter, QueuePage, ReviewSummary


class ReviewStore:
    """Reviews in a database. Open one with ``ReviewStore.open``; it is a context manager too.

    Every method raises ``StoreError`` when the database cannot do what was asked, or when there
    is no such review or segment.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str = "") -> ReviewStore:
        """Open a store; make or update its tables where needed.

        Args:
            url: The path of an SQLite file, or a SQLAlchemy URL of SQLite or PostgreSQL. "" is
                the environment variable ``MTREVIEW_STORE``, and without it ``reviews.db`` in the
                user's data folder.

        Raises:
            StoreError: It cannot be opened; the text says why and what to try.
        """
        return cls(Database(resolve(url)))

    def create(
        self, document: Document, *, name: str | None = None, project: str = "", settings: str = ""
    ) -> str:
        """Store a document as a new review, and return its short id.

        Args:
            document: What was read; its segment ids must be unique.
            name: What people call it; None is the name of the file.
            project: What it belongs to.
            settings: The settings it is scored with, as any text.
        """
        with self._database.writing() as connection:
            return reviews.create(
                connection, document, name=name, project=project, settings=settings
            )

    def reviews(self) -> list[ReviewSummary]:
        """Return all reviews, the newest first."""
        with self._database.reading() as connection:
            return reviews.summaries(connection)

    def find(self, id_or_name: str) -> str:
        """Return the id of a review, given it, its beginning, or the name or file name.

        The newest review of a name is meant. The error names reviews that are called alike.
        """
        with self._database.reading() as connection:
            return reviews.find(connection, id_or_name)

    def renew(self, review_id: str, settings: str) -> None:
        """Give a review other settings: all its segments are to be scored again.

        Decisions stay, and so do the earlier results until later ones take their place.
        """
        with self._database.writing() as connection:
            reviews.renew(connection, review_id, settings)

    def delete(self, review_id: str) -> None:
        """Delete a review with its results and its decisions."""
        with self._database.writing() as connection:
            reviews.erase(connection, review_id)

    def document(self, review_id: str) -> Document:
        """Return the document of a review as it came."""
        with self._database.reading() as connection:
            return reviews.read_document(connection, review_id)

    def segments(self, review_id: str, segment_ids: Sequence[str] | None = None) -> list[Segment]:
        """Return segments with the Arabic as it stands, in order; None is all.

        Their ``start`` is the one in the document as it came.
        """
        with self._database.reading() as connection:
            return reviews.read_segments(connection, review_id, segment_ids)

    def unscored(self, review_id: str) -> list[str]:
        """Return the ids, in order, of the segments that must be scored.

        They have no result for the Arabic as it stands, or one by other settings.
        """
        with self._database.reading() as connection:
            return results.unscored(connection, review_id)

    def save_results(self, review_id: str, batch: Sequence[SegmentResult]) -> None:
        """Store results, in place of earlier ones computed on the same Arabic."""
        with self._database.writing() as connection:
            results.save(connection, review_id, batch)

    def results(
        self,
        review_id: str,
        segment_ids: Sequence[str] | None = None,
        *,
        as_it_came: bool = False,
    ) -> list[SegmentResult]:
        """Return results in the order of the document; segments without one are left out.

        Args:
            review_id: The review.
            segment_ids: Which segments; None is all.
            as_it_came: Give the results of the machine's Arabic, edited or not. Otherwise those of
                the Arabic as it stands, and until that is scored the results before the edit.
        """
        with self._database.reading() as connection:
            return results.read(connection, review_id, segment_ids, as_it_came=as_it_came)

    def decide(
        self,
        review_id: str,
        decision: Decision,
        *,
        expected_revision: int | None = None,
        key: str | None = None,
        takes_back: int | None = None,
    ) -> Decision:
        """Append a decision and return it with its revision; it is on disk then.

        An undo takes back the decision before it that still stands; its ``before`` and ``after``
        are filled in.

        Args:
            review_id: The review.
            decision: What was decided; its ``revision`` is not read.
            expected_revision: Revision of the segment that the reviewer saw, 0 before the first
                decision; None decides whatever was decided meanwhile.
            key: A unique key made by the caller. A decision that is sent again with the same key
                is not stored again; the stored one is returned.
            takes_back: Revision of the decision that an undo is meant for; None takes back
                whatever stands last.

        Raises:
            ConflictError: Somebody decided meanwhile; its ``current`` is the latest decision.
        """
        with self._database.writing() as connection:
            stored, history = log.append(
                connection,
                review_id,
                decision,
                expected_revision=expected_revision,
                key=key,
                takes_back=takes_back,
            )
            if history:
                standing.update_segment(connection, review_id, history)
            return stored

    def decisions(self, review_id: str, segment_ids: Sequence[str] | None = None) -> list[Decision]:
        """Return decisions in the order they were taken; None is those of all segments."""
        with self._database.reading() as connection:
            reviews.require(connection, review_id)
            return log.read(connection, review_id, segment_ids)

    def load(self, review_id: str) -> Review:
        """Return a whole review, all of one moment: document as it came, results, decisions."""
        with self._database.reading() as connection:
            return Review(
                document=reviews.read_document(connection, review_id),
                results=tuple(results.read(connection, review_id, None)),
                decisions=tuple(log.read(connection, review_id, None)),
            )

    def queue(
        self,
        review_id: str,
        *,
        filters: QueueFilter = EVERYTHING,
        order: str = "worst",
        offset: int = 0,
        limit: int = 50,
    ) -> QueuePage:
        """Return a page of the queue.

        Args:
            review_id: The review.
            filters: Which segments.
            order: ``worst`` or ``best`` first by risk, ``quality`` with the lowest first, or
                ``document``.
            offset: How many rows to pass over.
            limit: How many rows at most.
        """
        with self._database.reading() as connection:
            return queue.page(
                connection, review_id, filters, order=order, offset=offset, limit=limit
            )

    def check_counts(self, review_id: str, filters: QueueFilter = EVERYTHING) -> dict[str, int]:
        """Return segments with an open flag by check id, most first, among those that pass."""
        with self._database.reading() as connection:
            return queue.check_counts(connection, review_id, filters)

    def progress(self, review_id: str) -> Progress:
        """Return how far a review has come."""
        with self._database.reading() as connection:
            return queue.progress(connection, review_id)

    def claim(
        self, review_id: str, segment_id: str, reviewer: str, *, minutes: int = 10
    ) -> str | None:
        """Claim a segment for some minutes; return who else holds it, or None: it is yours."""
        with self._database.writing() as connection:
            return memory.claim(connection, review_id, segment_id, reviewer, minutes)

    def claims_of_others(self, review_id: str, reviewer: str) -> dict[str, str]:
        """Return who holds a segment now, by segment id, leaving out what the reviewer holds."""
        with self._database.reading() as connection:
            return memory.claims_of_others(connection, review_id, reviewer)

    def release(self, review_id: str, segment_id: str, reviewer: str) -> None:
        """Give up a claim; nothing happens if somebody else holds the segment."""
        with self._database.writing() as connection:
            memory.release(connection, review_id, segment_id, reviewer)

    def dismiss_pattern(
        self, review_id: str | None, check: str, excerpt: str, reviewer: str
    ) -> None:
        """Close all flags of a check on these characters, now and in later runs.

        Args:
            review_id: The review it holds in; None is all reviews.
            check: Id of the check.
            excerpt: The flagged characters.
            reviewer: Who says so.
        """
        with self._database.writing() as connection:
            memory.dismiss_pattern(connection, review_id, check, excerpt, reviewer)

    def restore_pattern(self, review_id: str | None, check: str, excerpt: str) -> None:
        """Take the dismissal of a pattern back."""
        with self._database.writing() as connection:
            memory.restore_pattern(connection, review_id, check, excerpt)

    def dismissed_patterns(self, review_id: str | None = None) -> set[tuple[str, str]]:
        """Return (check, excerpt) of what is dismissed in a review or, for None, everywhere."""
        with self._database.reading() as connection:
            return memory.dismissed_patterns(connection, review_id)

    def cached(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the cached values of those keys that have one."""
        with self._database.reading() as connection:
            return memory.look_up(connection, keys)

    def cache(self, items: Mapping[str, str]) -> None:
        """Keep values by key, for instance results by hash of text, engine and settings."""
        with self._database.writing() as connection:
            memory.remember(connection, items)

    def close(self) -> None:
        """Close all connections to the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
