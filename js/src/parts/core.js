// The script that the parts belong to: each part is a file of its own, loaded when that runs already.

/** @typedef {typeof import("../core.js").core} Core */

export const core = /** @type {Core} */ (
  /** @type {any} */ (window)[Symbol.for("django-parallel-routes")]
);
