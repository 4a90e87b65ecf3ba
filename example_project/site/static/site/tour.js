// The tour: six steps, each beside the link that it asks to click. Its texts are in the template _bar.html. A step may
// have several texts: the first whose `data-where` begins the URL is shown, or else the one without.
//
//   data-at         a selector of what to click
//   data-field      a selector of what to fill in before
//   data-until      when the step is done: "back" after Back, "closed" when a dialog is closed; else after the click
//   data-from       the page to go to, and data-elsewhere what to say on other pages
const bar = document.querySelector(".lowbar");
const topbar = document.querySelector(".topbar");
const startButton = bar.querySelector("[data-tour]");
const card = document.querySelector(".step-card");
const showButton = card.querySelector("[data-show]");
const link = card.querySelector(".step-there");
const texts = [...document.querySelector("#tour").content.children];
const LAST = Number(texts.at(-1).dataset.step);
/** Between the card and what it stands beside, and between the card and the window's edge, in pixels. */
const GAP = 10;
const MARGIN = 8;

/** The number of the step; 0 if there is no tour. The document may be left and come back meanwhile. */
let step = Number(sessionStorage.getItem("tour") ?? 0);
/** The text that is shown. */
let shown;
/** The elements that are marked: what to click comes first. */
let marked = [];
/** Whether the window is to be scrolled to what is marked, once it is there. */
let wantsScroll = false;
/** How far a step has come that is done when its dialog is closed: "", "clicked" or "open". */
let dialog = "";

const textOf = (number) => {
  const all = texts.filter(({ dataset }) => dataset.step === `${number}`);
  const isHere = ({ dataset }) => dataset.where && location.pathname.startsWith(dataset.where);
  return all.find(isHere) ?? all.find(({ dataset }) => !dataset.where);
};

const findVisible = (selector) =>
  selector && [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());

const isInspectorOpen = () => !!document.querySelector("parallel-routes-inspector[open]");

// --- Steps ---

/** Go to a step. After a click, the window stays where it is, so that the user sees what has changed. */
const go = (next, { scrolls = true } = {}) => {
  step = next > LAST ? 0 : next;
  sessionStorage.setItem("tour", step);
  dialog = "";
  wantsScroll = scrolls;
  update();
};
const goOn = () => go(step + 1, { scrolls: false });

/** Show the step. If what had the focus is hidden by this, the card gets it, or the button that begins the tour. */
const update = () => {
  const focused = document.activeElement;
  const isOurs = card.contains(focused) || focused === startButton;
  show();
  if (isOurs && !focused.checkVisibility()) (card.hidden ? startButton : card).focus({ preventScroll: true });
};

/** Bring the card up to date with the step and with what is on screen. */
const show = () => {
  for (const element of marked) element.classList.remove("step-target");
  marked = [];
  startButton.hidden = step > 0;
  for (const starter of document.querySelectorAll("[data-start-tour]")) starter.hidden = false;
  const isDialogOpen = !!document.querySelector("dialog:modal");
  // The user first reads and closes what covers the page.
  card.hidden = !step || isDialogOpen || isInspectorOpen();
  if (!step) return;
  if (dialog === "open" && !isDialogOpen) return goOn();
  if (isDialogOpen) {
    if (dialog) dialog = "open";
    return;
  }
  shown = textOf(step);
  write(shown);
  place();
};

/** Write a text into the card, and mark what it speaks of. */
const write = ({ innerHTML, dataset: { at, field, from, elsewhere } }) => {
  const target = findVisible(at);
  marked = target ? [target, findVisible(field)].filter(Boolean) : [];
  for (const element of marked) element.classList.add("step-target");
  const isElsewhere = at && !target;
  card.querySelector(".label").textContent = `Step ${step} of ${LAST}`;
  card.querySelector(".step-text").innerHTML = isElsewhere ? elsewhere : innerHTML;
  link.hidden = !isElsewhere;
  link.href = from ?? "";
  if (!target || !wantsScroll) return;
  wantsScroll = false;
  if (!isInView(target)) scrollToTarget();
};

// --- Where the card stands ---

const bottomOfView = () => innerHeight - bar.offsetHeight;

const isInView = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  const topOfView = topbar.contains(element) ? 0 : Math.max(0, topbar.getBoundingClientRect().bottom);
  return top >= topOfView && bottom <= bottomOfView();
};

const scrollToTarget = () => marked[0]?.scrollIntoView({ block: "center" });

/** Stand beside the target, where the card covers nothing that is marked; or else in the corner above the bar. */
const place = () => {
  if (card.hidden) return;
  const [target] = marked;
  const isOutOfView = !!target && !isInView(target);
  showButton.hidden = !isOutOfView;
  const { offsetWidth: width, offsetHeight: height } = card;
  const corner = [innerWidth - width - MARGIN, bottomOfView() - height - MARGIN];
  const spots = target && !isOutOfView ? spotsBeside(target, width, height) : [];
  const [left, top] = spots.find((spot) => isFree(spot, width, height)) ?? corner;
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
};

/** Below, above, to the right, to the left; moved so that the card is not cut off at the sides. */
const spotsBeside = (target, width, height) => {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return [
    [left, bottom + GAP],
    [left, top - height - GAP],
    [right + GAP, top],
    [left - width - GAP, top],
  ].map(([x, y]) => [Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN)), y]);
};

const isFree = ([x, y], width, height) => {
  const isInside = y >= MARGIN && y + height <= bottomOfView() - MARGIN && x + width <= innerWidth - MARGIN;
  const isOver = ({ left, right, top, bottom }) => x < right && x + width > left && y < bottom && y + height > top;
  return isInside && !marked.some((element) => isOver(element.getBoundingClientRect()));
};

// --- Events ---

const start = () => {
  if (isInspectorOpen()) window.parallelRoutes.inspect(); // closes it
  go(1);
};
startButton.onclick = start;
showButton.onclick = () => {
  scrollToTarget();
  marked[0]?.focus({ preventScroll: true });
};
card.querySelector("[data-next]").onclick = () => go(step + 1);
card.querySelector("[data-end]").onclick = () => go(0);
link.addEventListener("click", () => {
  wantsScroll = true;
});

const onClick = ({ target, ctrlKey, metaKey, shiftKey }) => {
  if (!step || ctrlKey || metaKey || shiftKey) return;
  const { at, until } = textOf(step).dataset;
  if (!at || !target.closest(at)) return;
  if (until === "closed") dialog = "clicked";
  else if (!until) setTimeout(goOn);
};
addEventListener("click", onClick, true);

// The step that asks to go Back has another text on the page to go back from.
addEventListener("popstate", () => {
  const { until, where } = shown?.dataset ?? {};
  if (step && until === "back" && where && textOf(step) !== shown) goOn();
});

document.addEventListener("parallel-routes:settle", () => setTimeout(update));
for (const name of ["close", "toggle"]) document.addEventListener(name, update, true); // of a dialog, of the inspector
for (const name of ["scroll", "resize"]) addEventListener(name, place, { capture: true, passive: true });

// A link on the start page begins the tour, too. Without this script, it is hidden.
document.addEventListener("click", ({ target }) => target.closest("[data-start-tour]") && start());

addEventListener("load", update);
update();
