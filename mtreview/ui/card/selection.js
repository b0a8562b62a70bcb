// The span of the Arabic that a reviewer selected, in UTF-16 units.

/**
 * @param {import("./card.js").Card} card
 * @returns {{start: number, end: number}} the selection, or the selected flag, or the whole text
 */
export function selectedSpan(card) {
  const { segment, view } = card;
  const box = card.editing.isOpen ? view.editor : view.reading;
  const range = rangeWithin(box);
  if (range && !range.collapsed) {
    const start = lengthBefore(box, range.startContainer, range.startOffset);
    const end = lengthBefore(box, range.endContainer, range.endOffset);
    const isHere = segment.target.slice(start, end) === box.textContent.slice(start, end);
    if (start < end && end <= segment.target.length && isHere) return { start, end };
  }
  const flag = segment.flags.find(({ id, side }) => id === card.selected && side === "target");
  return flag ? { start: flag.start, end: flag.end } : { start: 0, end: segment.target.length };
}

function rangeWithin(box) {
  const root = box.getRootNode();
  const selection = root.getSelection?.() ?? document.getSelection();
  const composed = selection.getComposedRanges?.({ shadowRoots: [root] })[0];
  const found = composed ?? (selection.rangeCount ? selection.getRangeAt(0) : null);
  if (!found || !box.contains(found.startContainer) || !box.contains(found.endContainer)) return null;
  return found;
}

function lengthBefore(box, node, offset) {
  const range = document.createRange();
  range.setStart(box, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
