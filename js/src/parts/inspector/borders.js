// Draws the borders of slots over the page, with their names.
import { core } from "../core.js";
import { h } from "./elements.js";
import { entries, saidOf } from "./records.js";

const { slots } = core;

export const boxes = h("div", { className: "boxes" });

let drawn = "";
/**
 * Draw the borders of all slots, or of one, if something has moved.
 *
 * @param {boolean} isForAll
 * @param {string} pointed the address of the slot that is pointed at
 * @param {string} marked that of the slot whose row is marked
 * @param {(address: string) => void} open
 */
export const draw = (isForAll, pointed, marked, open) => {
  const changed = new Set(entries.at(-1)?.changed);
  const wanted = slots()
    .filter(({ dataset }) => isForAll || dataset.prSlot === pointed)
    .map((slot) => {
      const range = document.createRange();
      range.selectNodeContents(slot); // of a slot with display: contents as well
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
      // The label of a slot inside starts at the same point.
      name.style.left = `${(address.split(".").length - 1) * 12}px`;
      name.style.top = `${(address.split(".").length - 1) * 8}px`;
      return box;
    }),
  );
};
