// A line in the page that says what failed, with a button to try again: "You are offline."
//
// parallel-routes.js tells what has failed. A listener that prevents the event says it in its own way.
(() => {
  const texts = JSON.parse(document.currentScript.dataset.prTexts);
  const LINE = "parallel-routes-notice";
  let retry; // of the line that is shown

  const textOf = ({ reason, status, statusText, isSent }) => {
    if (reason !== "answer") return texts[isSent ? (reason === "offline" ? "unsent" : "unsure") : reason];
    const kinds = { 401: "refused", 403: "refused", 429: "busy" };
    const kind = kinds[status] ?? (status >= 500 ? "broken" : "empty");
    return `${texts[kind]} (${[status, statusText].filter(Boolean).join(" ")})`;
  };

  const button = (text, onclick) =>
    Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });

  // While a modal dialog is open, what is outside of it is inert.
  const place = () => [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;

  const find = () => document.querySelector(`.${LINE}`);

  const show = (source, detail) => {
    find()?.remove();
    ({ retry } = detail);
    const line = document.createElement("div");
    const close = button("×", () => dismiss(source));
    close.ariaLabel = texts.close;
    line.className = LINE;
    line.popover = "manual"; // over modal dialogs, wherever it stands
    line.role = "alert";
    place().append(line);
    line.showPopover?.();
    const again = button(detail.isSent ? texts.send : texts.retry, () => {
      dismiss(source);
      detail.retry();
    });
    const text = Object.assign(document.createElement("p"), { textContent: textOf(detail) });
    line.append(...[text, retry && again, close].filter(Boolean)); // into what is there: then it is read out
  };

  const dismiss = (source) => {
    find()?.remove();
    if (source.isConnected) source.focus?.({ preventScroll: true });
  };

  const onFailed = ({ target, detail, defaultPrevented }) => {
    if (!defaultPrevented) show(target, detail);
  };
  addEventListener("parallel-routes:failed", onFailed); // after all others

  addEventListener("online", () => {
    const text = find()?.querySelector("p");
    if (text && retry) text.textContent = texts.online;
  });
})();
