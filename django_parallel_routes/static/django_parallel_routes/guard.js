// Forms that ask before what is typed into them is lost: <form data-pr-guard="Leave without saving?">.
//
// parallel-routes.js tells of slots that would change, the browser of a document that would.
(() => {
  const { prBoost: boost } = document.currentScript.dataset;
  const GUARDED = "form[data-pr-guard]";
  const TEXT = "What you have entered is not saved. Leave anyway?";

  const guardedIn = (place) => [...place.querySelectorAll(GUARDED)];

  // A form's controls hide its properties and methods of their names (<input name="matches">).
  const method = (name) => (elt, argument) => Element.prototype[name].call(elt, argument);
  const [closest, matches, attribute] = ["closest", "matches", "getAttribute"].map(method);

  // --- Which forms have input ---

  const done = new WeakSet(); // their input is sent, or given up
  const refused = new WeakSet(); // they print what was sent, and is wrong
  const before = new WeakMap(); // what a form would have sent when the user came to it, set up by widgets

  const contentOf = (form) =>
    JSON.stringify(
      [...new FormData(form)].map(([name, value]) =>
        value instanceof File ? [name, value.name, value.size] : [name, value],
      ),
    );
  const isChanged = (form) => before.has(form) && before.get(form) !== contentOf(form);
  const dirty = () =>
    guardedIn(document).filter((form) => !done.has(form) && (refused.has(form) || isChanged(form)));

  const formOf = (target) => {
    if (!(target instanceof Element)) return null;
    const control = closest(target, "label")?.control ?? closest(target, "button, input, select, textarea");
    const form = control ? control.form : closest(target, "form");
    return form && matches(form, GUARDED) ? form : null;
  };
  const onAct = ({ target, isTrusted }) => {
    const form = isTrusted && formOf(target);
    if (!form || before.has(form)) return;
    before.set(form, contentOf(form));
    listen(); // a widget may change it without an event
  };
  for (const name of ["pointerdown", "keydown", "beforeinput", "dragenter"])
    document.addEventListener(name, onAct, true);

  const onInput = ({ target, isTrusted }) => {
    const form = formOf(target);
    if (!form) return;
    if (isTrusted && !before.has(form)) before.set(form, ""); // by the browser, or an assistive tool
    done.delete(form);
    listen();
  };
  document.addEventListener("input", onInput, true);
  document.addEventListener("change", onInput, true);
  document.addEventListener("reset", ({ target }) => (refused.delete(target), before.delete(target)));

  // From memory, with its input.
  const onEnter = ({ target }) => guardedIn(target).forEach((form) => done.delete(form));
  document.addEventListener("parallel-routes:enter", onEnter);

  // --- Sending them ---

  // By the browser.
  const onSubmit = ({ target, submitter, defaultPrevented }) => {
    const how = submitter?.getAttribute("formmethod") ?? attribute(target, "method");
    if (!defaultPrevented && !/dialog/i.test(how)) done.add(target);
  };
  addEventListener("submit", onSubmit);

  // By htmx. What else in a form makes requests does not send it.
  const places = new WeakMap(); // where a form stood, by htmx's request
  const onRequest = ({ detail: { ctx, requestConfig } }) => {
    const elt = ctx?.sourceElement ?? requestConfig.elt;
    const form = elt.type === "submit" ? elt.form : elt;
    if (!form || !matches(form, GUARDED)) return;
    done.add(form);
    places.set(ctx ?? requestConfig, [form, closest(form, "[data-pr-slot]") ?? document]);
  };
  const onAnswer = ({ detail: { ctx, xhr, requestConfig } }) => {
    const [form, place] = places.get(ctx ?? requestConfig) ?? [];
    if (!form) return;
    const { status = 0 } = xhr ?? ctx.response ?? {};
    const isWrong = status < 200 || status > 399;
    if (isWrong) done.delete(form);
    else before.delete(form);
    // An answer that is not redirected shows the form again.
    const name = "Parallel-Routes";
    const stays = (xhr ? xhr.getResponseHeader(name) : ctx.response?.headers.get(name)) === "stay";
    if (!document.contains(form) && (isWrong || stays)) guardedIn(place).filter(isLike(form)).forEach(refuse);
  };
  const isLike = (form) => (other) => attribute(other, "action") === attribute(form, "action");
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
    if (refreshed || !confirm(attribute(lost[0], "data-pr-guard") || TEXT)) event.preventDefault();
    else lost.forEach((form) => done.add(form));
  };
  addEventListener("parallel-routes:before-leave", onBeforeLeave); // after all others

  // The browser may fill it in again; without this, that would look like what widgets have set.
  const recordInput = (isLost) => {
    try {
      if (isLost) sessionStorage.setItem(inputKey(), "");
      else sessionStorage.removeItem(inputKey());
    } catch {} // the user does not want any
  };
  const hadInput = () => {
    try {
      return sessionStorage.getItem(inputKey()) != null;
    } catch {
      return false;
    }
  };
  const inputKey = () => `parallel-routes:input ${location.href}`;

  const onBeforeUnload = (event) => {
    const isLost = dirty().length > 0;
    recordInput(isLost);
    if (!isLost) return;
    event.preventDefault();
    event.returnValue = true; // for older browsers
  };
  // Not before there is input: some browsers then keep no page for Back.
  const listen = () => addEventListener("beforeunload", onBeforeUnload);

  // What the browser has filled in again, or sent by itself.
  const onPageshow = ({ persisted }) => {
    const forms = persisted ? [] : guardedIn(document);
    if (boost === "form") forms.filter(isAnswered).forEach(refuse);
    if (hadInput()) for (const form of forms.filter(isFilledIn)) before.set(form, "");
    if (dirty().length) listen();
  };
  const isAnswered = (form) =>
    matches(form, "[method=post i]") &&
    new URL(attribute(form, "action") ?? "", location).pathname === location.pathname;
  const isFilledIn = (form) => {
    const { prototype } = HTMLFormElement;
    const copy = prototype.cloneNode.call(form, true);
    prototype.reset.call(copy);
    return contentOf(form) !== contentOf(copy);
  };
  addEventListener("pageshow", onPageshow);
})();
