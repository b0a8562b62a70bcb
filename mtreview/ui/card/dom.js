// Build DOM nodes. Text always goes in as text: nothing here parses markup.

/**
 * Create an element.
 * @param {string} tag
 * @param {object} properties `on` holds listeners, `data` the dataset; the rest are attributes,
 *   left out when false, null or undefined.
 * @param {...(Node|string|null|undefined|false)} children
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A text of the user's that stands inside a sentence of the interface, isolated from its bidi. */
export function isolated(text, properties = {}) {
  return element("bdi", properties, text);
}

const shown = new WeakMap();

/**
 * Whether a box already shows this. Nodes that are replaced without need lose the reader's selection,
 * and a click whose button goes away between press and release is no click.
 * @param {Element} box
 * @param {...any} what everything that the look of the box depends on, as JSON values
 */
export function isShown(box, ...what) {
  const key = JSON.stringify(what);
  if (shown.get(box) === key) return true;
  shown.set(box, key);
  return false;
}

/** Fill the places of a message: `{name}` becomes `values.name`. */
export function message(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

const UNSEEN = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])/;

/**
 * A text of the user's whose invisible and direction-changing characters are shown by their code.
 * Each is isolated, so that an override cannot turn what stands after it.
 */
export function visibleText(text) {
  if (!UNSEEN.test(text)) return document.createTextNode(text);
  const fragment = document.createDocumentFragment();
  for (const [index, piece] of text.split(UNSEEN).entries()) {
    if (index % 2 === 0) {
      if (piece) fragment.append(piece);
      continue;
    }
    const code = `U+${piece.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    fragment.append(element("span", { class: "unseen-character", data: { code } }, piece));
  }
  return fragment;
}
