// Spans of a text, as [start, end) in UTF-16 units: cut into runs, and moved along with an edit.

const graphemes = new Intl.Segmenter("ar", { granularity: "grapheme" });

/**
 * Cut a text where spans begin and end, so that overlapping spans can be drawn side by side. A span
 * that would cut a base letter from its marks is widened to hold both.
 * @param {string} text
 * @param {Array<{start: number, end: number, rank: number}>} spans
 * @returns {Array<{text: string, spans: object[]}>} runs that join to the text; the first span of
 *   a run gives it its colour: the highest rank, then the shortest.
 */
export function runs(text, spans) {
  if (!spans.length) return text ? [{ text, spans: [] }] : [];
  const bounds = clusterBounds(text);
  const placed = [];
  const cuts = new Set([0, text.length]);
  for (const span of spans) {
    const first = Math.max(span.start, 0);
    const last = Math.min(span.end, text.length);
    if (first >= last) continue;
    const start = bounds.starts[first];
    const end = bounds.ends[last - 1];
    placed.push({ start, end, span });
    cuts.add(start).add(end);
  }
  const positions = [...cuts].sort((a, b) => a - b);
  const found = [];
  for (let index = 0; index + 1 < positions.length; index += 1) {
    const [start, end] = [positions[index], positions[index + 1]];
    const covering = placed
      .filter((place) => place.start <= start && place.end >= end)
      .sort((a, b) => b.span.rank - a.span.rank || a.end - a.start - (b.end - b.start));
    found.push({ text: text.slice(start, end), spans: covering.map((place) => place.span) });
  }
  return found;
}

function clusterBounds(text) {
  const starts = new Uint32Array(text.length);
  const ends = new Uint32Array(text.length);
  for (const { segment, index } of graphemes.segment(text)) {
    starts.fill(index, index, index + segment.length);
    ends.fill(index + segment.length, index, index + segment.length);
  }
  return { starts, ends };
}

/** Return the one stretch in which two texts differ: [start, end of it in before, in after]. */
export function changedStretch(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < shorter - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) tail += 1;
  return [start, before.length - tail, after.length - tail];
}

/** Return the spans that an edit left whole, where they stand now. */
export function movedSpans(spans, before, after) {
  const [start, end, newEnd] = changedStretch(before, after);
  const shift = newEnd - end;
  return spans.flatMap((span) => {
    if (span.end <= start) return [span];
    if (span.start >= end) return [{ ...span, start: span.start + shift, end: span.end + shift }];
    return [];
  });
}
