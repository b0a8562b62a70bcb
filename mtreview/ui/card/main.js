// Entry of the card: one instance per place it is mounted in, updated when the page runs again.

import { Card } from "./card.js";
import { loadFonts } from "./fonts.js";

const cards = new WeakMap();

/**
 * @param {{data: object, parentElement: ShadowRoot, setTriggerValue: Function}} component
 * @param {string} folder where the files of the card are
 * @returns {() => void} removes the card
 */
export function mount(component, folder) {
  const { data, parentElement } = component;
  const host = parentElement.querySelector(".mtreview-card");
  let card = cards.get(host);
  if (card && card.identity !== Card.identityOf(data)) {
    card.close();
    card = null;
  }
  if (card) {
    card.update(data);
  } else {
    loadFonts(data.fonts, folder);
    card = new Card(host, data, () => component.setTriggerValue("renew", Date.now()));
    cards.set(host, card);
  }
  return () => {
    cards.get(host)?.close();
    cards.delete(host);
  };
}
