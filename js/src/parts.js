// Loads the parts of the script that only some pages use, when they are needed for the first time.
import { all } from "./dom.js";
import { nonce, prParts, scriptUrl } from "./page.js";

/** Functions and values that the parts add. @type {import("./types.js").Hooks} */
export const hooks = {};

/** The file of each part, by its name, relative to this script. Some names are those of attributes that need the part. */
const parts = new Map([...prParts.matchAll(/(\S+) (\S+)/g)].map(([, name, file]) => [name, file]));

/** The parts that were requested, by file, and `true` for those that have loaded. @type {Map<string, Promise<unknown> | true>} */
const requested = new Map();

/** @param {string} file */
const loadFile = (file) =>
  new Promise((onload, onerror) => {
    const script = document.createElement("script");
    const src = new URL(file, scriptUrl);
    document.head.append(Object.assign(script, { src, nonce, onload, onerror }));
  }).then(
    () => requested.set(file, true),
    () => requested.delete(file),
  );

/** How long a response waits for a part, in milliseconds. */
const PATIENCE = 5000;

/** Load a part. The promise is also fulfilled if it can't be loaded: then the next call tries again. @param {string} name */
export const loadPart = async (name) => {
  const file = parts.get(name);
  if (!file || requested.get(file) === true) return;
  if (!requested.has(file)) requested.set(file, loadFile(file));
  await Promise.race([requested.get(file), new Promise((done) => setTimeout(done, PATIENCE))]);
};

/**
 * Return a function that calls a hook of the part that shows responses ("answers"), as soon as this part is loaded. If it
 * can't be loaded, the function calls `instead`, if that is given.
 *
 * @template {"close" | "fail" | "forget" | "refreshNamed" | "reportTarget" | "restore" | "traverse" | "visit"} K
 * @param {K} name
 * @param {(...parameters: any[]) => unknown} [instead]
 */
export const later =
  (name, instead) =>
  async (/** @type {any[]} */ ...parameters) => {
    if (!hooks[name]) await loadPart("answers");
    const call = /** @type {any} */ (hooks[name] ?? instead);
    return call?.(...parameters);
  };

/** Load what responses need. The promise is that of the part that shows them. */
export const loadForAnswers = () => {
  loadPart("data-pr-same");
  if (all("[data-pr-mount-url]")[0]) loadPart("data-pr-close-on");
  return loadPart("answers");
};

/** The URLs or texts of the scripts in the document. @type {Set<string>} */
export const scripts = new Set();

/** Load all parts that a text of HTML needs. @param {string} html */
export const loadPartsFor = (html) =>
  Promise.all([...parts.keys()].map((name) => html.includes(name) && loadPart(name)));

/** Load the parts that this document needs. A `<template>` counts, because a script of the project may use it. */
export const loadPartsOfPage = () => {
  const templates = all("template").map(({ innerHTML }) => innerHTML);
  // Names that are no attributes are for responses only.
  for (const name of parts.keys())
    if (
      !/[<=]/.test(name) &&
      (document.querySelector(`[${name}]`) || templates.some((html) => html.includes(name)))
    )
      loadPart(name);
};
