// Forms that ask before what is typed into them is lost: <form data-pr-guard="Leave without saving?">.
//
// parallel-routes.js tells of slots that would change, the browser of a document that would.
(() => {
  const { prBoost: boost } = document.currentScript.dataset;
  const GUARDED = "form[data-pr-guard]";
  const TEXT = "What you have entered is not saved. Leave anyway?";

  const guardedIn = (place) => [...place.querySelectorAll(GUARDED)];

  // --- Which forms have input ---

  const done = new WeakSet(); // their input is sent, or given up
  const refused = new WeakSet(); // they print what was sent, and is wrong

  const stateOf = ({ checked, value, selectedOptions = [] }) =>
    JSON.stringify([checked, value, [...selectedOptions].map(({ index }) => index)]);

  // Other than what it would be reset to.
  const isChanged = (control) => {
    const form = document.createElement("form");
    form.append(control.cloneNode(true));
    form.reset();
    return stateOf(control) !== stateOf(form.elements[0]);
  };
  const CONTROL = ":is(input, textarea, select):enabled";
  const hasChanged = ({ elements }) => [...elements].some((elt) => elt.matches(CONTROL) && isChanged(elt));

  const dirty = () =>
    guardedIn(document).filter((form) => !done.has(form) && (refused.has(form) || hasChanged(form)));

  const onInput = ({ target: { form } }) => {
    if (!form?.matches(GUARDED)) return;
    done.delete(form);
    listen();
  };
  document.addEventListener("input", onInput, true);
  document.addEventListener("change", onInput, true);
  document.addEventListener("reset", ({ target }) => refused.delete(target));

  // From memory, with its input.
  const onEnter = ({ target }) => guardedIn(target).forEach((form) => done.delete(form));
  document.addEventListener("parallel-routes:enter", onEnter);

  // --- Sending them ---

  // By the browser.
  const onSubmit = ({ target, submitter, defaultPrevented }) => {
    const how = submitter?.getAttribute("formmethod") ?? target.getAttribute("method");
    if (!defaultPrevented && !/dialog/i.test(how)) done.add(target);
  };
  addEventListener("submit", onSubmit);

  // By htmx. What else in a form makes requests does not send it.
  const places = new WeakMap(); // where a form stood, by htmx's request
  const onRequest = ({ detail: { ctx, requestConfig } }) => {
    const elt = ctx?.sourceElement ?? requestConfig.elt;
    const form = elt.type === "submit" ? elt.form : elt;
    if (!form?.matches(GUARDED)) return;
    done.add(form);
    places.set(ctx ?? requestConfig, [form, form.closest("[data-pr-slot]") ?? document]);
  };
  const onAnswer = ({ detail: { ctx, xhr, requestConfig } }) => {
    const [form, place] = places.get(ctx ?? requestConfig) ?? [];
    if (!form) return;
    const { status = 0 } = xhr ?? ctx.response ?? {};
    const isWrong = status < 200 || status > 399;
    if (isWrong) done.delete(form);
    // An answer that is not redirected shows the form again.
    const name = "Parallel-Routes";
    const stays = (xhr ? xhr.getResponseHeader(name) : ctx.response?.headers.get(name)) === "stay";
    if (!form.isConnected && (isWrong || stays)) guardedIn(place).filter(isLike(form)).forEach(refuse);
  };
  const isLike = (form) => (other) => other.getAttribute("action") === form.getAttribute("action");
  const refuse = (form) => {
    refused.add(form);
    listen();
  };
  // Of htmx 2, and of 4.
  for (const name of ["htmx:beforeSend", "htmx:before:request"]) document.addEventListener(name, onRequest);
  for (const name of ["htmx:afterRequest", "htmx:finally:request"]) document.addEventListener(name, onAnswer);

  // --- Ways out ---

  const onBeforeLeave = (event) => {
    const { leaving, refreshed } = event.detail;
    if (event.defaultPrevented) return;
    const lost = dirty().filter((form) => leaving.some((place) => place.contains(form)));
    if (!lost.length) return;
    if (refreshed || !confirm(lost[0].dataset.prGuard || TEXT)) event.preventDefault();
    else lost.forEach((form) => done.add(form));
  };
  addEventListener("parallel-routes:before-leave", onBeforeLeave); // after all others

  const onBeforeUnload = (event) => {
    if (!dirty().length) return;
    event.preventDefault();
    event.returnValue = true; // for older browsers
  };
  // Not before there is input: some browsers then keep no page for Back.
  const listen = () => addEventListener("beforeunload", onBeforeUnload);

  // What the browser has filled in again, or sent by itself.
  const onPageshow = () => {
    if (boost === "form") guardedIn(document).filter(isAnswered).forEach(refuse);
    if (dirty().length) listen();
  };
  const isAnswered = (form) =>
    form.matches("[method=post i]") &&
    new URL(form.getAttribute("action") ?? "", location).pathname === location.pathname;
  addEventListener("pageshow", onPageshow);
})();
