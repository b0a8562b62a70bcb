"""What was read: a document and its segments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mtreview.model.names import SegmentKind


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, headline or row of a document.

    Attributes:
        id: Unique within the document and stable over re-runs.
        target: The Arabic, exactly as in the document.
        source: The English that was translated, when it is known.
        reference: A human Arabic translation, when there is one.
        kind: What the segment is in the article.
        start: Where ``target`` begins in ``Document.text``, in code points.
        paragraph: Number of the paragraph (a line of a text file, a row of a table), from 0.
        notes: Remarks of the reader, such as "encoding repaired".
        columns: The other columns of the row it came from, as (name, value), kept for export.
    """

    id: str
    target: str
    source: str | None = None
    reference: str | None = None
    kind: SegmentKind = SegmentKind.BODY
    start: int = 0
    paragraph: int = 0
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def end(self) -> int:
        """Where the segment ends in ``Document.text``, exclusive."""
        return self.start + len(self.target)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    ``text[segment.start:segment.end] == segment.target`` holds for every segment, the segments do
    not overlap and come in order; what lies between them (spaces, line ends, markup) is kept in
    ``text``, so that corrected text can be written without losing a character. For tables and
    JSON lines ``text`` is the targets joined by line feeds.

    Attributes:
        original: Name of the file, as the user gave it.
        format: Id of the format that read it and can write it again.
        encoding: Python codec name that reproduces the bytes of the file.
    """

    original: str
    segments: tuple[Segment, ...]
    text: str
    source_language: str = "en"
    target_language: str = "ar"
    format: str = "text"
    encoding: str = "utf-8"

    def corrected(self, corrections: Mapping[str, str]) -> str:
        """Return ``text`` with the targets of some segments replaced.

        Args:
            corrections: New target by segment id.

        >>> d = Document("a", (Segment("1", "ab", start=1),), "(ab)")
        >>> d.corrected({"1": "c"})
        '(c)'
        """
        pieces, position = [], 0
        for segment in self.segments:
            if segment.id in corrections:
                pieces += [self.text[position : segment.start], corrections[segment.id]]
                position = segment.end
        return "".join([*pieces, self.text[position:]])

    def with_targets(self, corrections: Mapping[str, str]) -> Document:
        """Return the document as it reads with the targets of some segments replaced.

        Args:
            corrections: New target by segment id.

        >>> d = Document("a", (Segment("1", "ab", start=1), Segment("2", "c", start=4)), "(ab c)")
        >>> revised = d.with_targets({"1": "abcd"})
        >>> revised.text, revised.segments[1].start
        ('(abcd c)', 6)
        """
        segments, shift = [], 0
        for segment in self.segments:
            target = corrections.get(segment.id, segment.target)
            segments.append(replace(segment, target=target, start=segment.start + shift))
            shift += len(target) - len(segment.target)
        return replace(self, segments=tuple(segments), text=self.corrected(corrections))
