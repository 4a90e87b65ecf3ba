// Says in the bar at the bottom what the last navigation changed, kept and cost, and opens the inspector.
//
// It listens to the events that django-parallel-routes sends for each slot, so it works without DEBUG, too. What counts
// as changed and what as kept is decided by the inspector's own function.
import { fatesOf } from "../inspector/fates.js";

const bar = document.querySelector(".lowbar");
const text = bar.querySelector(".lowbar-text");
const inspectorButton = bar.querySelector("[data-inspect]");

const slotsOnScreen = () => [...document.querySelectorAll("[data-pr-slot][data-pr-key]")];
const isEmpty = ({ dataset }) => dataset.prVariant === "empty";
/** Whether a slot shows its loading state, or what it has shown, until its content arrives. */
const isWaiting = ({ dataset, ariaBusy }) => dataset.prState === "loading" || ariaBusy === "true";

// --- Words ---

/** The name of a slot, or for `children` its title, or else that of the layout around it. */
const nameOf = (slot) => {
  const ownName = slot.dataset.prSlot.split(".").findLast((part) => part !== "children");
  const title = slot.closest("[data-pr-title]")?.dataset.prTitle;
  const name = ownName ?? title?.split(" · ")[0] ?? "page";
  return name[0].toUpperCase() + name.slice(1);
};

/** "Overview, Team, Activity kept", or nothing if there are none. */
const listOf = (slots, verb) => {
  const names = [...new Set(slots.map(nameOf))];
  if (!names.length) return [];
  const more = names.length > 5 ? ` and ${names.splice(4).length} more` : "";
  return [`${names.join(", ")}${more} ${verb}`];
};

// --- What has happened ---

const variants = () => new Map(slotsOnScreen().map(({ dataset }) => [dataset.prSlot, dataset.prVariant]));

let variantsBefore = variants();
let waitingBefore = slotsOnScreen().filter(isWaiting);
/** The slots that have arrived since the last navigation, after the rest. */
let arrived = [];
/** The slots that have changed since the bar was written. */
let changed = [];
/** The first of those that changed last. */
let slotToInspect;
/** Whether all of them have come from memory, as Back and Forward bring them. */
let isFromMemory = true;
let writtenAt = performance.now();

const onSlot = ({ target: slot, detail }) => {
  const isPartOfSlot = !slot.matches("[data-pr-slot]");
  if (isPartOfSlot || detail?.initial) return;
  if (!changed.length) setTimeout(write, 50); // the other slots of a navigation come in the same task
  changed.push(slot);
  isFromMemory &&= detail?.restored ?? false;
};

/** The request that has brought what changed, as the browser has measured it. */
const lastRequest = () => {
  const urls = [location.href, ...changed.map(({ dataset }) => dataset.prSrc)];
  const paths = urls.map((url) => new URL(url, location.href).pathname);
  return performance
    .getEntriesByType("resource")
    .filter(({ initiatorType }) => /xmlhttp|fetch/.test(initiatorType))
    .findLast(({ name, responseEnd }) => responseEnd > writtenAt && paths.includes(new URL(name).pathname));
};

const kilobytes = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);

/** About as many bytes as a document of all that is on screen. */
const sizeOfDocument = () => {
  const inspection = document.querySelector("[data-pr-inspection]")?.textContent.length ?? 0; // with DEBUG
  return new Blob([document.documentElement.outerHTML]).size - inspection;
};

const cost = () => {
  if (isFromMemory) return "From memory, without a request.";
  const request = lastRequest();
  if (!request?.decodedBodySize) return "";
  const whole = Math.round(sizeOfDocument() / 1000);
  return `${kilobytes(request.decodedBodySize)} instead of about ${whole} kB, ${Math.round(request.duration)} ms.`;
};

const write = () => {
  const areLate = changed.every((slot) => waitingBefore.includes(slot));
  arrived = areLate ? [...arrived, ...changed] : [];
  const parts = areLate ? listOf(arrived, new Set(arrived).size > 1 ? "arrived later, each by itself" : "arrived later") : describeNavigation();
  if (parts.length) text.textContent = `${parts.join("; ")}. ${areLate ? "" : cost()}`;
  const first = changed.find(({ dataset }) => dataset.prAgain == null); // not the messages
  slotToInspect = first?.dataset.prSlot;
  variantsBefore = variants();
  waitingBefore = slotsOnScreen().filter(isWaiting);
  changed = [];
  isFromMemory = true;
  writtenAt = performance.now();
};

/** "Drawer opened", "Overview, Team kept". */
const describeNavigation = () => {
  const slots = slotsOnScreen();
  const fates = fatesOf(slots, changed, variantsBefore, isWaiting);
  const having = (fate) => slots.filter((_, index) => fates[index] === fate);
  const wasEmpty = ({ dataset }) => (variantsBefore.get(dataset.prSlot) ?? "empty") === "empty";
  const isOpened = (slot) => wasEmpty(slot) && slot.dataset.prVariant === "intercepted";
  const isChanged = (slot) => !isEmpty(slot) && !isOpened(slot);
  if (!having("changed").length && !having("waiting").length) return [];
  return [
    ...listOf(having("changed").filter(isOpened), "opened"),
    ...listOf(having("changed").filter(isChanged), "changed"),
    ...listOf(having("changed").filter(isEmpty), "closed"),
    ...listOf(having("waiting"), "still to come"),
    ...listOf(having("kept"), "kept"),
  ];
};

for (const name of ["enter", "update"]) document.addEventListener(`parallel-routes:${name}`, onSlot);

// A navigation may change nothing until its slots arrive.
const noteWaiting = () => {
  if (!changed.length) waitingBefore = slotsOnScreen().filter(isWaiting);
};
document.addEventListener("parallel-routes:settle", () => setTimeout(noteWaiting));

// --- The inspector, with DEBUG ---

document.addEventListener("parallel-routes:inspected", () => {
  inspectorButton.hidden = false;
});
const isInspectorOpen = () => !!document.querySelector("parallel-routes-inspector[open]");
inspectorButton.onclick = () => window.parallelRoutes.inspect(isInspectorOpen() ? undefined : slotToInspect);
document.addEventListener("toggle", () => inspectorButton.setAttribute("aria-expanded", isInspectorOpen()), true);
