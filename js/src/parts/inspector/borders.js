// Draws the borders of slots over the page, with their names.
import { slots } from "../../slots.js";
import { h } from "./elements.js";
import { entries, saidOf } from "./records.js";

export const boxes = h("div", { className: "boxes" });

/** Slots that begin at the same point have their labels side by side. */
const spread = () => {
  /** @type {DOMRect[]} */
  const placed = [];
  for (const label of boxes.querySelectorAll("button")) {
    let rect = label.getBoundingClientRect();
    const meets = (/** @type {DOMRect} */ { left, right, top, bottom }) =>
      rect.left < right && rect.right > left && rect.top < bottom && rect.bottom > top;
    for (let other = placed.find(meets); other; other = placed.find(meets)) {
      const { left } = /** @type {HTMLElement} */ (label.parentElement).getBoundingClientRect();
      label.style.left = `${other.right + 2 - left}px`;
      rect = label.getBoundingClientRect();
    }
    placed.push(rect);
  }
};

let drawn = "";
/**
 * Draw the borders of all slots, or of one, if something has moved.
 *
 * @param {boolean} isForAll
 * @param {string} pointed the address of the slot under the pointer
 * @param {string} marked the address of the slot whose row is marked
 * @param {(address: string) => void} open
 */
export const draw = (isForAll, pointed, marked, open) => {
  const rows = entries.at(-1)?.rows ?? [];
  const changed = new Set(
    rows.filter(({ fate }) => fate === "changed").map(({ address }) => address),
  );
  const wanted = slots()
    .filter(({ dataset }) => isForAll || dataset.prSlot === pointed)
    .map((slot) => {
      const range = document.createRange();
      range.selectNodeContents(slot); // this also works for a slot with display: contents
      const box = slot.getBoundingClientRect();
      const { left, top, width, height } =
        box.width && box.height ? box : range.getBoundingClientRect();
      return { slot, left, top, width, height };
    })
    .filter(({ width, height }) => width && height);
  const now = wanted.map(({ slot, left, top, width, height }) => [
    slot.dataset.prSlot,
    slot.dataset.prSrc,
    left,
    top,
    width,
    height,
  ]);
  const text = JSON.stringify([now, pointed, marked, [...changed]]);
  if (text === drawn) return;
  drawn = text;
  boxes.replaceChildren(
    ...wanted.map(({ slot, left, top, width, height }) => {
      const { prSlot: address, prVariant } = slot.dataset;
      const said = saidOf(slot);
      const words = [address, prVariant, said?.route, said?.at].filter(Boolean).join(" · ");
      const name = h(
        "button",
        { type: "button", tabIndex: -1, onclick: () => open(address) },
        words,
      );
      const states = [
        changed.has(address) && "is-changed",
        [pointed, marked].includes(address) && "is-open",
      ];
      const box = h("div", { className: states.filter(Boolean).join(" ") }, name);
      Object.assign(box.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
      // The label is above the border, so that it does not hide the start of the slot, or inside if there is no room above.
      name.style.top = top < 18 ? `${Math.max(0, -top)}px` : "-17px";
      return box;
    }),
  );
  spread();
};
