// Shows responses and history entries: all that the script needs from the first response on. Each page with slots loads this
// part after everything else, or at the first click.
import { watchAnswers } from "../answers/answer.js";
import { watchClosing } from "../answers/close.js";
import { watchFailures } from "../answers/failures.js";
import { watchMemory } from "../answers/memory.js";
import { watchRefreshes } from "../answers/refreshing.js";
import { watchGestures } from "../answers/repeated.js";
import { watchTraversals } from "../answers/traversal.js";
import { watchVisits } from "../answers/visit.js";

watchAnswers();
watchClosing();
watchFailures();
watchMemory();
watchTraversals();
watchVisits();
watchRefreshes();
watchGestures();
