// Moves dialogs with data-pr-close-on: they move out when they close, and a sheet on a phone can be pulled down.
import "./motion/exit.js";
import "./motion/swipe.js";
