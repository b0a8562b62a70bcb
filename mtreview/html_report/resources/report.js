"use strict";
// Sorting and filtering of the rows. Without scripts the page stays as it is: worst first, all rows.
const list = document.getElementById("rows");
const rows = Array.from(list.children);
const order = document.getElementById("order");
const show = document.getElementById("show");

order.addEventListener("change", () => {
  const inDocument = order.value === "document";
  const sorted = rows.slice();
  if (inDocument) sorted.sort((a, b) => Number(a.dataset.number) - Number(b.dataset.number));
  list.append(...sorted);
});

show.addEventListener("change", () => {
  for (const row of rows) {
    row.hidden = !(show.value === "all" || show.value in row.dataset);
  }
});

document.getElementById("controls").hidden = false;
