// Gives access to the script that loads the parts.

/** @typedef {typeof import("../core.js").core} Core */

export const core = /** @type {Core} */ (
  /** @type {any} */ (window)[Symbol.for("django-parallel-routes")]
);
