// Shows answers, and entries of the history: all that the script needs from the first answer on. Each page with slots loads
// this part when all else is there, or at the first click.
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
