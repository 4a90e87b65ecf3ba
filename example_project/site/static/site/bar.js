// The bar at the bottom says what the last navigation changed, kept and cost. With DEBUG it repeats what the inspector of
// django-parallel-routes knows; without, it looks at the events of the slots, and at what the browser knows of requests.
const bar = document.querySelector(".lowbar");
const why = bar.querySelector("[data-why]");
const inspector = () => window.parallelRoutes?.inspect;

const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);
const allSlots = () => [...document.querySelectorAll("[data-pr-slot][data-pr-key]")];
const isEmpty = ({ dataset }) => dataset.prVariant === "empty";

// --- In words ---

/** The slot's own name; a page of `children` has a title instead. */
const nameOf = ({ dataset }) => {
  const name = dataset.prSlot.split(".").findLast((part) => part !== "children") ?? dataset.prTitle?.split(" · ")[0] ?? "page";
  return name[0].toUpperCase() + name.slice(1);
};

/** "Overview, Team, Activity kept", or nothing if there are none. */
const listOf = (slots, verb) => {
  const names = [...new Set(slots.map(nameOf))];
  const more = names.length > 5 ? ` and ${names.splice(4).length} more` : "";
  return names.length ? [`${names.join(", ")}${more} ${verb}`] : [];
};

const say = ({ changed, kept, isFromMemory, isLate, bytes, ms }) => {
  if (!changed.length) return;
  const parts = [
    ...listOf(changed.filter((slot) => !isEmpty(slot)), "changed"),
    ...listOf(changed.filter(isEmpty), "closed"),
    ...listOf(kept, "kept"),
  ];
  const whole = new Blob([document.documentElement.outerHTML]).size; // what a document of all that is shown takes, roughly
  const inspected = document.querySelector("[data-pr-inspection]")?.textContent.length ?? 0; // with DEBUG
  let cost = "";
  if (isFromMemory) cost = "From memory, without a request.";
  else if (isLate) cost = "It came later, in a streamed answer.";
  else if (bytes) cost = `${size(bytes)} instead of about ${Math.round((whole - inspected) / 1000)} kB, ${Math.round(ms)} ms.`;
  bar.querySelector(".lowbar-text").textContent = `${parts.join("; ")}. ${cost}`;
  why.textContent = "Why?";
  why.onclick = () => inspector()(changed[0].dataset.prSlot);
};

// --- With DEBUG ---

document.addEventListener("parallel-routes:inspected", ({ detail: { kind, changed, kept, bytes, ms } }) => {
  why.hidden = false;
  why.onclick ??= () => inspector()();
  if (kind === "document" || !inspector()) return; // nothing has changed yet
  const slotsOf = (addresses) => allSlots().filter(({ dataset }) => addresses.includes(dataset.prSlot));
  say({ changed: slotsOf(changed), kept: slotsOf(kept), isFromMemory: kind.endsWith("from memory"), isLate: kind === "streamed", bytes, ms });
});

// --- Without ---

const variants = () => new Map(allSlots().map(({ dataset }) => [dataset.prSlot, dataset.prVariant]));
let before = variants();
let changed = [];
let isRestored = false;
let told = performance.now();

const note = ({ target: slot, detail }) => {
  if (!slot.matches("[data-pr-slot]") || detail?.initial) return; // a part of a merged slot, or of the document
  if (!changed.length) setTimeout(tell, 50); // other slots may come in the same task
  changed.push(slot);
  isRestored ||= detail?.restored ?? false;
};
for (const name of ["enter", "update"]) document.addEventListener(`parallel-routes:${name}`, note);

/** The same that the inspector counts: neither what was and is empty, nor messages, nor a layout around others. */
const counted = () => {
  const all = allSlots().filter(({ dataset }) => dataset.prAgain == null);
  const holdsOthers = (slot) => all.some((one) => one !== slot && slot.contains(one) && !isEmpty(one));
  return all.filter(
    (slot) => !(isEmpty(slot) && (before.get(slot.dataset.prSlot) ?? "empty") === "empty") && !holdsOthers(slot),
  );
};

const tell = () => {
  const slots = counted();
  const isIn = (slot) => changed.some((one) => one.contains(slot));
  const paths = [location.href, ...changed.map(({ dataset }) => dataset.prSrc)].map((url) => new URL(url, location.href).pathname);
  const request = performance
    .getEntriesByType("resource")
    .findLast(({ initiatorType, name, responseEnd }) =>
      responseEnd > told && /xmlhttp|fetch/.test(initiatorType) && paths.includes(new URL(name).pathname));
  if (!inspector())
    say({
      changed: slots.filter(isIn),
      kept: slots.filter((slot) => !isIn(slot)),
      isFromMemory: isRestored && !request,
      bytes: request?.decodedBodySize,
      ms: request?.duration,
    });
  [before, changed, isRestored, told] = [variants(), [], false, performance.now()];
};
