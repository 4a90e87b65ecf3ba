// Moves dialogs that say what closes them: they leave as they came, and a sheet on a phone can be pulled down.
import "./motion/exit.js";
import "./motion/swipe.js";
