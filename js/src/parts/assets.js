// Loads the stylesheets and scripts of a response as a browser does for a document. Stylesheets are loaded before the
// response is shown. Scripts run in order when it is shown; a script with a URL runs once for the document. The first
// response that contains a stylesheet or a script loads this part.
import { all, parse } from "../dom.js";
import { hooks, scripts as texts } from "../parts.js";
import { SLOT } from "../slots.js";
import { holdListeners, holdReady, releaseListeners } from "./late-listeners.js";
import { isTrusted, ownNonce, setNonce } from "./nonces.js";

/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {{isTrusted: boolean}} Job */

/** How long a response waits for a stylesheet, in milliseconds. */
const PATIENCE = 5000;
/** How long the scripts after a script file wait for it, in milliseconds. */
const LONGEST = 15000;
const SHEETS = "link[rel~=stylesheet i][href]";
const CLASSIC = /^$|^(text|application)\/(x-)?(java|ecma)script\b/i;
const MODULE = /^(module|importmap)$/i;
/** Declarations that a document can have only once. */
const REDECLARES = /\b(const|let|class)\b/;
const REDECLARED = /already been declared|redeclaration of|duplicate variable/i;
/** The attribute with the type of a script that the browser does not run by itself. */
const TYPE = "data-pr-type";
const INERT = `script[${TYPE}]`;

// --- Stylesheets ---

/** The stylesheets in the head, by URL and medium. Each promise is fulfilled when it has loaded. @type {Map<string, Promise<unknown>>} */
const sheets = new Map();

/** @param {HTMLLinkElement} link */
const nameOf = ({ href, media }) => `${href} ${media}`;

/** Whether the head has a stylesheet. One in a slot does not count, because it is removed with the page there. */
const hasSheet = (/** @type {HTMLLinkElement} */ link) =>
  links(document).some((other) => nameOf(other) === nameOf(link) && !other.closest(SLOT));

/** @param {ParentNode} place */
const links = (place) =>
  /** @type {HTMLLinkElement[]} */ (all(SHEETS, place)).filter(
    (link) => !link.closest("noscript"),
  );

/** Put a stylesheet into the head, where it stays. @param {HTMLLinkElement} link @param {boolean} isTrusted */
const addSheet = (link, isTrusted) => {
  const copy = /** @type {HTMLLinkElement} */ (document.importNode(link));
  setNonce(copy, isTrusted);
  const isThere = new Promise((done) => {
    copy.onload = done;
    copy.onerror = () => {
      sheets.delete(nameOf(link)); // the next response tries again
      copy.remove();
      done(0);
    };
    if (copy.disabled) done(0);
    setTimeout(done, PATIENCE);
  });
  document.head.append(copy);
  return isThere;
};

hooks.loadSheets = (html, policy) => {
  const body = parse(`<body>${html}`);
  const templates = all("template[data-pr-fragment]", body);
  const streamed = /** @type {HTMLTemplateElement[]} */ (templates);
  const places = [body, ...streamed.map(({ content }) => document.adoptNode(content))];
  return Promise.all(
    places.flatMap(links).map((link) => {
      const name = nameOf(link);
      if (!sheets.has(name) && !hasSheet(link))
        sheets.set(name, addSheet(link, isTrusted(link, policy)));
      return sheets.get(name);
    }),
  );
};

// --- Scripts: taken out of a response ---

/** The scripts of the current response, by their identity. @type {Map<string, Job>} */
const expected = new Map();
/** Scripts on screen or in memory that have not run yet. @type {WeakMap<Element, Job>} */
const waiting = new WeakMap();
/** The scripts that `runAll()` has in its list. @type {WeakSet<Element>} */
const taken = new WeakSet();
/** The scripts that have run, with their identity then. @type {WeakMap<Element, string>} */
const ran = new WeakMap();

/** @param {HTMLScriptElement} script */
const identityOf = (script) => `${script.getAttribute(TYPE)} ${script.src || script.text}`;

/** Prevent scripts from running when they are inserted, and return them. @param {Element} place */
const makeInert = (place) =>
  /** @type {HTMLScriptElement[]} */ (all("script", place)).filter((script) => {
    const { type } = script;
    if (script.closest("noscript") || !(CLASSIC.test(type) || MODULE.test(type))) return false;
    script.setAttribute(TYPE, type);
    script.type = "inert";
    return true;
  });

hooks.takeScripts = (body, policy) => {
  const sheets = links(body);
  for (const sheet of sheets) sheet.remove();
  const styles = all("style[nonce]", body).filter((style) => isTrusted(style, policy));
  for (const style of styles) style.setAttribute("nonce", ownNonce);
  for (const script of all(INERT, body)) script.removeAttribute(TYPE); // only this script may set it
  const scripts = makeInert(body);
  for (const script of scripts) {
    const isOurs = isTrusted(script, policy);
    // With 'strict-dynamic', a trusted script may insert any file. So don't run files without the nonce of the response.
    const isSmuggled = !isOurs && script.src && policy?.includes("'strict-dynamic'");
    if (!isSmuggled) expected.set(identityOf(script), { isTrusted: isOurs });
    script.removeAttribute("nonce");
    if (script.noModule) script.remove();
  }
  // Scripts on screen have run. They get the same marks as new scripts, because a merge compares both.
  for (const slot of [...body.children].map(({ id }) => document.getElementById(id)))
    for (const script of slot ? makeInert(slot) : []) {
      script.removeAttribute("nonce");
      ran.set(script, identityOf(script));
    }
  return sheets.length + styles.length + scripts.length > 0;
};

// --- Scripts: run ---

/** The files, by URL, and the import maps, by text. Each promise is fulfilled when the script has run. @type {Map<string, Promise<unknown> | undefined>} */
const loaded = new Map();

/**
 * Create a script that runs when it is inserted.
 *
 * @param {HTMLScriptElement} inert
 * @param {Job} job
 * @param {string} [text]
 */
const copyOf = (inert, { isTrusted }, text = inert.text) => {
  const script = document.createElement("script");
  for (const { name, value } of inert.attributes)
    if (name !== TYPE && name !== "type") script.setAttribute(name, value);
  const type = inert.getAttribute(TYPE);
  if (type) script.type = type;
  script.async = inert.hasAttribute("async"); // otherwise, files run in order
  script.text = text;
  setNonce(script, isTrusted);
  return script;
};

/** @param {HTMLScriptElement} inert */
const isThere = ({ src }) =>
  loaded.has(src) ||
  texts.has(src) ||
  [...document.scripts].some((script) => script.src === src && !script.matches(INERT));

/** Run a file, unless it has run already. @param {HTMLScriptElement} inert @param {Job} job */
const runFile = (inert, job) => {
  const { src } = inert;
  if (!isThere(inert)) {
    const script = copyOf(inert, job);
    const hasRun = new Promise((done) => {
      script.onload = () => {
        holdReady(); // this file may be jQuery, and the next one may use it
        done(0);
      };
      script.onerror = () => {
        loaded.delete(src); // the next response tries again
        script.remove();
        done(0);
      };
      setTimeout(done, LONGEST);
    });
    loaded.set(src, script.hasAttribute("async") ? undefined : hasRun);
    document.head.append(script);
  }
  return loaded.get(src);
};

/** @param {HTMLScriptElement} inert @param {Job} job */
const runText = (inert, job) => {
  const { text } = inert;
  const type = inert.getAttribute(TYPE) ?? "";
  if (/^module$/i.test(type)) return runInPlace(inert, copyOf(inert, job)); // declarations of a module are its own
  if (/^importmap$/i.test(type)) {
    const maps = [...document.scripts].filter((one) => /^importmap$/i.test(one.type));
    if (loaded.has(text) || maps.some((map) => map.text === text)) return;
    loaded.set(text, undefined);
  }
  const inBlock = () => {
    if (DEBUG && declaresGlobally(text)) warnOfRedeclared(inert);
    runInPlace(inert, copyOf(inert, job, `{${text}\n}`));
  };
  if (REDECLARES.test(text) && texts.has(text)) return inBlock();
  texts.add(text);
  // Whether the script declares something again is known only from the error when it runs.
  let isRedeclared = false;
  const onError = (/** @type {ErrorEvent} */ event) => {
    isRedeclared = REDECLARED.test(event.message);
    if (!isRedeclared) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("error", onError, true);
  runInPlace(inert, copyOf(inert, job));
  removeEventListener("error", onError, true);
  if (isRedeclared) inBlock();
};

/** Whether a script seems to declare something outside of all braces. @param {string} text */
const declaresGlobally = (text) => {
  let before = "";
  let rest = text;
  while (rest !== before) {
    before = rest;
    rest = rest.replace(/\{[^{}]*\}/g, "");
  }
  return REDECLARES.test(rest);
};

/** @param {HTMLScriptElement} inert */
const warnOfRedeclared = (inert) =>
  console.warn(
    "django-parallel-routes: an inline script declares a const, let or class that the document has already. It has run " +
      "in a block of its own; other scripts, and handlers like onclick, see the first one.",
    inert,
  );

/**
 * Run a script at its place in the page, so that it finds its neighbours. Afterwards, it is inert again.
 *
 * The HTML that it writes with `document.write()` is inserted before it. The browser would empty the document first.
 *
 * @param {HTMLScriptElement} inert
 * @param {HTMLScriptElement} script
 */
const runInPlace = (inert, script) => {
  let written = "";
  document.write = (...texts) => {
    written += texts.join("");
  };
  document.writeln = (...texts) => document.write(...texts, "\n");
  inert.replaceWith(script);
  for (const name of ["write", "writeln"]) Reflect.deleteProperty(document, name);
  if (written) script.insertAdjacentHTML("beforebegin", written);
  script.replaceWith(inert);
};

/**
 * Run scripts, one after the other. Files are loaded at the same time.
 *
 * @param {HTMLScriptElement[]} scripts
 */
const runAll = async (scripts) => {
  /** @type {Promise<unknown>[]} */
  let files = [];
  for (const script of scripts) {
    const job = /** @type {Job} */ (waiting.get(script));
    if (!script.src && files.length) {
      await Promise.all(files);
      files = [];
    }
    if (!script.src && !script.isConnected) {
      taken.delete(script);
      continue; // its page is in memory now
    }
    waiting.delete(script);
    taken.delete(script);
    ran.set(script, identityOf(script));
    const file = script.src ? runFile(script, job) : runText(script, job);
    if (file) files.push(file);
  }
  if (files.length) await Promise.all(files);
};

/** Whether a script runs after all others, like modules and `defer` in a document. @param {HTMLScriptElement} script */
const isDeferred = (script) =>
  /^module$/i.test(script.getAttribute(TYPE) ?? "") || (script.defer && !!script.src);

/**
 * Run the scripts in slots that have not run yet, then call a function. If there is no file, this happens at once.
 *
 * @param {Slot[]} slots
 * @param {() => void} then
 */
const run = async (slots, then) => {
  const scripts = slots.flatMap((slot) =>
    /** @type {HTMLScriptElement[]} */ (all(INERT, slot)).filter(
      (script) => waiting.has(script) && !taken.has(script),
    ),
  );
  if (scripts.length) {
    for (const script of scripts) taken.add(script);
    holdListeners();
    const now = scripts.filter((script) => !isDeferred(script));
    const later = scripts.filter(isDeferred);
    // Without a file, `runAll()` has nothing to wait for.
    const isAtOnce = !scripts.some(({ src }) => src);
    try {
      const done = runAll([...now, ...later]);
      if (!isAtOnce) await done;
    } finally {
      releaseListeners();
    }
  }
  then();
};

hooks.runScripts = (slots, source, enter) => {
  for (const slot of slots) {
    for (const script of /** @type {HTMLScriptElement[]} */ (all(INERT, slot))) {
      const identity = identityOf(script);
      const job = expected.get(identity);
      if (job && ran.get(script) !== identity) waiting.set(script, job);
    }
    hooks.showDialogs?.({ target: slot, detail: { source } });
  }
  expected.clear();
  /** @type {Set<EventTarget | null>} */
  const left = new Set();
  const onLeave = (/** @type {Event} */ { target }) => left.add(target);
  document.addEventListener("parallel-routes:leave", onLeave);
  run(slots, () => {
    document.removeEventListener("parallel-routes:leave", onLeave);
    enter(slots.filter((slot) => slot.isConnected && !left.has(slot)));
  });
};

document.addEventListener("parallel-routes:enter", (event) => {
  const { target, detail } = /** @type {any} */ (event);
  if (detail?.restored) run([target], () => {});
});
