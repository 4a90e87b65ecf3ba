// The bar at the bottom says what the last navigation changed, kept and cost. It needs the events of
// django-parallel-routes, and what the browser knows of requests: it works without DEBUG.
const SLOTS = "[data-pr-slot][data-pr-key]";
const bar = document.querySelector(".lowbar");
const why = bar.querySelector("[data-why]");
const tourButton = bar.querySelector("[data-tour]");
const card = document.querySelector(".step-card");
const steps = [...document.querySelector("#tour").content.children];

const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);
const nameOf = ({ dataset }) => dataset.prSlot.split(".").findLast((name) => name !== "children") ?? "children";

let changed = [];
let isRestored = false;

const note = ({ target: slot, detail }) => {
  if (!slot.matches("[data-pr-slot]") || detail?.initial) return; // a part of a merged slot, or of the document
  if (!changed.length) setTimeout(tell, 50); // other slots may come in the same task
  if (slot.dataset.prAgain == null) changed.push(slot); // no messages, which come with each answer
  isRestored ||= detail?.restored ?? false;
};
for (const name of ["enter", "update"]) document.addEventListener(`parallel-routes:${name}`, note);

const tell = () => {
  const [slots, fromMemory] = [changed, isRestored];
  [changed, isRestored] = [[], false];
  place();
  if (!slots.length) return;
  const names = [...new Set(slots.map(nameOf))].join(" and ");
  const kept = [...document.querySelectorAll(SLOTS)].filter(
    (slot) => slot.dataset.prAgain == null && !slots.some((one) => one.contains(slot)),
  );
  const whole = new Blob([document.documentElement.outerHTML]).size; // what a document of all that is shown takes, roughly
  const inspected = document.querySelector("[data-pr-inspection]")?.textContent.length ?? 0; // with DEBUG
  const request = performance
    .getEntriesByType("resource")
    .findLast(({ initiatorType, decodedBodySize }) => decodedBodySize && /xmlhttp|fetch/.test(initiatorType));
  const cost = fromMemory || !request
    ? "from memory, without a request"
    : `${size(request.decodedBodySize)} instead of about ${Math.round((whole - inspected) / 1000)} kB, ${Math.round(request.duration)} ms`;
  bar.querySelector(".lowbar-text").textContent = `${names} changed: ${cost}. ${kept.length} ${kept.length === 1 ? "slot" : "slots"} kept.`;
  why.hidden = !window.parallelRoutes?.inspect; // it needs DEBUG
  why.onclick = () => parallelRoutes.inspect(slots[0].dataset.prSlot);
};

// --- The tour: each step stands beside what is to be clicked ---

let step = Number(sessionStorage.getItem("tour") ?? -1);
let target;

const go = (next) => {
  step = next < steps.length ? next : -1;
  sessionStorage.setItem("tour", step);
  place();
};

const place = () => {
  const before = target;
  target?.classList.remove("step-target");
  card.hidden = step < 0 || !!document.querySelector("dialog:modal"); // which is read first, and closed
  tourButton.hidden = step >= 0;
  if (card.hidden) return;
  const { at, from } = steps[step].dataset;
  target = [...document.querySelectorAll(at)].find((one) => one.checkVisibility());
  target?.classList.add("step-target");
  const { top = 0, bottom = 0 } = target?.getBoundingClientRect() ?? {};
  const isSeen = top > 60 && bottom < innerHeight - 60; // between the bars
  if (target !== before && !isSeen) target?.scrollIntoView({ block: "center" });
  card.querySelector(".label").textContent = `Step ${step + 1} of ${steps.length}`;
  card.querySelector(".step-text").innerHTML = steps[step].innerHTML;
  Object.assign(card.querySelector(".step-there"), { hidden: !!target, href: from });
  follow();
};

const follow = () => {
  if (card.hidden) return;
  const { left = 16, bottom = innerHeight, top = innerHeight } = target?.getBoundingClientRect() ?? {};
  const isBelow = bottom + card.offsetHeight + 70 < innerHeight;
  const y = isBelow ? bottom + 10 : Math.min(top - card.offsetHeight - 10, innerHeight - card.offsetHeight - 60);
  card.style.top = `${Math.max(8, y)}px`;
  card.style.left = `${Math.max(8, Math.min(left, innerWidth - card.offsetWidth - 8))}px`;
};

tourButton.onclick = () => go(0);
card.querySelector("[data-next]").onclick = () => go(step + 1);
card.querySelector("[data-end]").onclick = () => go(-1);
addEventListener("click", ({ target: clicked }) => {
  if (step >= 0 && clicked.closest(steps[step].dataset.at)) setTimeout(go, 0, step + 1);
}, true);
for (const name of ["scroll", "resize"]) addEventListener(name, follow, { capture: true, passive: true });
for (const button of document.querySelectorAll("[data-start-tour]")) button.hidden = false;
document.addEventListener("click", ({ target: clicked }) => clicked.closest("[data-start-tour]") && go(0));
place();
