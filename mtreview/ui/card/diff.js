// Word differences between two texts, for showing what an edit changed.

const WORDS = /\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
const LIMIT = 250_000; // cells of the table; beyond it the changed middle is shown as one change

/**
 * Compare two texts by word.
 * @returns {Array<{kind: "same"|"removed"|"added", text: string}>} pieces in reading order; the
 *   pieces that are not "added" join to `before`, those not "removed" to `after`.
 */
export function wordDifference(before, after) {
  const a = before.match(WORDS) ?? [];
  const b = after.match(WORDS) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start && end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) end += 1;
  const pieces = [];
  const push = (kind, words) => {
    if (!words.length) return;
    const last = pieces[pieces.length - 1];
    if (last && last.kind === kind) last.text += words.join("");
    else pieces.push({ kind, text: words.join("") });
  };
  push("same", a.slice(0, start));
  middle(a.slice(start, a.length - end), b.slice(start, b.length - end), push);
  push("same", a.slice(a.length - end));
  return pieces;
}

function middle(a, b, push) {
  if (!a.length || !b.length || a.length * b.length > LIMIT) {
    push("removed", a);
    push("added", b);
    return;
  }
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      push("same", [a[i]]);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
      push("removed", [a[i]]);
      i += 1;
    } else {
      push("added", [b[j]]);
      j += 1;
    }
  }
  push("removed", a.slice(i));
  push("added", b.slice(j));
}
