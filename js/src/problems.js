// Says in the console what the server has found wrong in a slot; it looks for that with DEBUG alone.
import { all } from "./dom.js";

const report = () => {
  for (const slot of all("[data-pr-problem]")) {
    console.error(slot.dataset.prProblem, slot);
    delete slot.dataset.prProblem;
  }
};

export const watchProblems = () => {
  for (const event of ["DOMContentLoaded", "parallel-routes:settle"])
    document.addEventListener(event, report);
};
