// Loads the parts of the script that only some pages use, when they are needed for the first time.
import { all } from "./dom.js";
import { nonce, prParts, scriptUrl } from "./page.js";

/** What the parts add. @type {import("./types.js").Hooks} */
export const hooks = {};

/** The file of each, by name; some have the name of the attribute that needs them. It is relative to this script. */
const parts = new Map([...prParts.matchAll(/(\S+) (\S+)/g)].map(([, name, file]) => [name, file]));

/** By file. @type {Map<string, Promise<unknown>>} */
const loading = new Map();
/** The files that are there. @type {Set<string>} */
const loaded = new Set();

/** @param {string} file */
const loadFile = (file) =>
  new Promise((onload, onerror) => {
    const script = document.createElement("script");
    const src = new URL(file, scriptUrl);
    document.head.append(Object.assign(script, { src, nonce, onload, onerror }));
  }).then(
    () => loaded.add(file),
    () => loading.delete(file),
  );

/** How long an answer waits for a part, in milliseconds. */
const PATIENCE = 5000;

/** Fulfilled when a part is there; or can't be had, and is tried again the next time. @param {string} name */
export const loadPart = async (name) => {
  const file = parts.get(name);
  if (!file || loaded.has(file)) return;
  if (!loading.has(file)) loading.set(file, loadFile(file));
  await Promise.race([loading.get(file), new Promise((done) => setTimeout(done, PATIENCE))]);
};

/**
 * A function of the part that shows answers, which is called when that is there: at once, if it is. If it can't be had,
 * something else is done, or nothing.
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

/** Load what answers may need after the page, and before the first click waits for it. */
export const loadPartsWhenIdle = () =>
  addEventListener("load", () =>
    (window.requestIdleCallback ?? setTimeout)(() => {
      loadPart("answers");
      loadPart("data-pr-same");
      if (document.querySelector("[data-pr-mount-url]")) loadPart("data-pr-close-on");
    }),
  );

/** The scripts that the document came with: URLs, and texts. @type {Set<string>} */
export const scripts = new Set();

/** Fulfilled when all parts are there that a text of HTML needs. @param {string} html */
export const loadPartsFor = (html) =>
  Promise.all([...parts.keys()].map((name) => html.includes(name) && loadPart(name)));

/** Load what this document needs, with what a `<template>` holds for a script of the project. */
export const loadPartsOfPage = () => {
  const templates = all("template").map(({ innerHTML }) => innerHTML);
  // A name that is no attribute is looked for in answers only.
  for (const name of parts.keys())
    if (
      !/[<=]/.test(name) &&
      (document.querySelector(`[${name}]`) || templates.some((html) => html.includes(name)))
    )
      loadPart(name);
};
