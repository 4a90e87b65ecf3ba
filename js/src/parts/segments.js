// Updates the text that {% selected_segment %} has printed. It is followed by an element that names the slot and the length
// of the text. A page with such an element loads this part.
import { all } from "../dom.js";
import { segmentsOf, selected } from "../segments.js";
import { slots } from "../slots.js";

const show = () => {
  const shown = slots();
  for (const mark of all("template[data-pr-length]")) {
    const { prSelectedSegment: one, prSelectedSegments: several = "", prLength } = mark.dataset;
    const address = one ?? several;
    const parts = segmentsOf(address, shown);
    if (!parts) continue;
    const value = one ? selected(address, parts) : parts.join("/");
    const before = mark.previousSibling;
    const text = before instanceof Text ? before : new Text();
    if (text !== before) mark.before(text);
    const length = Number(prLength);
    const start = text.length - length;
    if (text.data.slice(start) !== value) text.replaceData(start, length, value);
    mark.dataset.prLength = `${value.length}`;
  }
};

document.addEventListener("parallel-routes:settle", show);
show();
