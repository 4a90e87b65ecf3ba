// Shows in the page what each slot shows and why, and what each navigation has changed. Pages load this part only with DEBUG.
import { on } from "../htmx.js";
import { navigationOf } from "../navigation.js";
import { hooks } from "../parts.js";
import { checkPage, checkSlots } from "./inspector/mistakes.js";
import { inspect, update } from "./inspector/panel.js";
import { begun, documentRecord, ended, finished, note } from "./inspector/records.js";

/** @typedef {import("./inspector/records.js").Entry} Entry */

/** @param {Entry | undefined} entry */
const tell = (entry) => {
  if (!entry) return;
  if (window.parallelRoutes?.debug) log(entry);
  update();
  document.dispatchEvent(
    new CustomEvent("parallel-routes:inspected", { bubbles: true, detail: entry }),
  );
};

/** The rows as text. Slots that are kept for the same reason share a line. @param {import("./inspector/records.js").Row[]} rows */
const linesOf = (rows) => {
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  for (const { address, fate, text } of rows) {
    const isQuiet = fate === "kept" || fate === "empty";
    const line = isQuiet ? text.replace(` ${address}`, " …") : text;
    lines.set(line, [...(lines.get(line) ?? []), address]);
  }
  return [...lines].map(([line, addresses]) => line.replace("…", addresses.join(", ")));
};

/** One group in the console for each navigation. @param {Entry} entry */
const log = ({ title, why, rows, sent, answered, problem }) => {
  console.group(`parallel-routes ${title}`);
  if (why) console.log(`why: ${why}`);
  if (problem) console.log(problem);
  for (const text of linesOf(rows)) console.log(text);
  if (sent) console.log("sent", sent);
  if (answered) console.log("answered", answered);
  console.groupEnd();
};

on("send", (request) => {
  const navigation = navigationOf(request);
  if (navigation) begun(navigation, request);
});
on("answer", (request) => {
  const navigation = navigationOf(request);
  if (navigation) note(navigation, request);
});
on("failed", (request) => {
  const navigation = navigationOf(request);
  // The response may be shown later in this task.
  if (navigation) queueMicrotask(() => tell(ended(navigation)));
});

const { shown } = hooks;
hooks.shown = (navigation, changed) => {
  shown?.(navigation, changed);
  tell(finished(navigation, changed));
  checkSlots(changed);
};

const start = () => {
  checkPage();
  tell(documentRecord());
};
if (document.readyState === "complete") start();
else addEventListener("load", start);

Object.assign(window.parallelRoutes ?? {}, { inspect, debug: false });
