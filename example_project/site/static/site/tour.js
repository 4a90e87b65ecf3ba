// The tour: each step stands beside what is to be clicked. A step may have several texts; that whose `data-where` begins
// the URL goes first.
const bar = document.querySelector(".lowbar");
const startButton = bar.querySelector("[data-tour]");
const card = document.querySelector(".step-card");
const texts = [...document.querySelector("#tour").content.children];
const count = Number(texts.at(-1).dataset.step);
const GAP = 10;

let step = Number(sessionStorage.getItem("tour") ?? 0); // 0 if there is no tour
let shown;
let marked = [];
let wantsScroll = false;
/** What a step that ends when its dialog is closed has seen of it. */
let dialog = "";

const isHere = ({ dataset }) => dataset.where && location.pathname.startsWith(dataset.where);
const textOf = (number) => {
  const all = texts.filter(({ dataset }) => dataset.step === `${number}`);
  return all.find(isHere) ?? all.find(({ dataset }) => !dataset.where);
};
const find = (selector) => selector && [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());

/** What has just changed is to be seen: only who asks for a step is scrolled to it. */
const go = (next, scrolls = true) => {
  step = next > count ? 0 : next;
  sessionStorage.setItem("tour", step);
  [dialog, wantsScroll] = ["", scrolls];
  place();
};

const place = () => {
  for (const one of marked) one.classList.remove("step-target");
  marked = [];
  startButton.hidden = step > 0;
  card.hidden = !step;
  if (!step) return;
  const isOpen = !!document.querySelector("dialog:modal"); // which is read first, and closed
  card.hidden = isOpen;
  if (dialog) {
    if (dialog === "open" && !isOpen) return go(step + 1, false);
    if (isOpen) dialog = "open";
  }
  if (isOpen) return;
  const text = textOf(step);
  shown = text;
  const { at, field, from, elsewhere } = text.dataset;
  const target = find(at);
  marked = [target, target && find(field)].filter(Boolean);
  for (const one of marked) one.classList.add("step-target");
  const isElsewhere = at && !target;
  card.querySelector(".label").textContent = `Step ${step} of ${count}`;
  card.querySelector(".step-text").innerHTML = isElsewhere ? elsewhere : text.innerHTML;
  Object.assign(card.querySelector(".step-there"), { hidden: !isElsewhere, href: from ?? "" });
  if (target && wantsScroll) {
    wantsScroll = false;
    if (!isSeen(target)) show();
  }
  follow();
};

const bottom = () => innerHeight - bar.offsetHeight;
const isSeen = (target) => {
  const rect = target.getBoundingClientRect();
  const covering = document.querySelector(".topbar");
  const top = covering.contains(target) ? 0 : covering.getBoundingClientRect().bottom;
  return rect.top >= Math.max(0, top) && rect.bottom <= bottom();
};
const show = () => marked[0]?.scrollIntoView({ block: "center" });

/** Beside the target, where neither it nor its field is covered; else above the bar. */
const follow = () => {
  if (card.hidden) return;
  const [target] = marked;
  const isOut = !!target && !isSeen(target);
  card.querySelector("[data-show]").hidden = !isOut;
  const { offsetWidth: width, offsetHeight: height } = card;
  const spots = [];
  if (target && !isOut) {
    const { left, right, top, bottom: end } = target.getBoundingClientRect();
    spots.push([left, end + GAP], [left, top - height - GAP], [right + GAP, top], [left - width - GAP, top]);
  }
  const taken = marked.map((one) => one.getBoundingClientRect());
  const isFree = ([x, y]) =>
    x >= 8 && x + width <= innerWidth - 8 && y >= 8 && y + height <= bottom() - 8 &&
    !taken.some((rect) => x < rect.right && x + width > rect.left && y < rect.bottom && y + height > rect.top);
  const clamp = ([x, y]) => [Math.max(8, Math.min(x, innerWidth - width - 8)), y];
  const [x, y] = spots.map(clamp).find(isFree) ?? [innerWidth - width - 8, bottom() - height - 8];
  Object.assign(card.style, { left: `${x}px`, top: `${y}px` });
};

startButton.onclick = () => go(1);
card.querySelector("[data-show]").onclick = show;
card.querySelector("[data-next]").onclick = () => go(step + 1);
card.querySelector("[data-end]").onclick = () => go(0);
card.querySelector(".step-there").addEventListener("click", () => { wantsScroll = true; });

addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
  if (!step || ctrlKey || metaKey || shiftKey) return;
  const { at, until } = textOf(step).dataset;
  if (!at || !target.closest(at)) return;
  if (until === "closed") dialog = "asked for";
  else if (!until) setTimeout(go, 0, step + 1, false);
}, true);
addEventListener("popstate", () => {
  // The step that asks to go Back has another text at the page to go back from.
  const { until, where } = shown?.dataset ?? {};
  if (step && until === "back" && where && textOf(step) !== shown) go(step + 1, false);
});
document.addEventListener("parallel-routes:settle", () => setTimeout(place));
for (const name of ["close", "toggle"]) document.addEventListener(name, place, true); // of a dialog
for (const name of ["scroll", "resize"]) addEventListener(name, follow, { capture: true, passive: true });
for (const button of document.querySelectorAll("[data-start-tour]")) button.hidden = false;
document.addEventListener("click", ({ target }) => target.closest("[data-start-tour]") && go(1));
addEventListener("load", place);
place();
