// Bundle the script and its stylesheet into the package's static files: node build.js. With --check it writes
// nothing, and fails if the files there are stale.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { makeLinker } from "./linker.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, "../django_parallel_routes/static/django_parallel_routes");
const isCheck = process.argv.includes("--check");

// The first line of each file has a hash of all sources, in the order of their names: so
// tests/test_script.py finds out without Node whether they are stale.
const sources = readdirSync(join(here, "src"), { recursive: true })
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => `src/${name.replaceAll("\\", "/")}`);
const hash = createHash("sha256");
for (const name of ["build.js", "linker.js", "package-lock.json", ...sources].sort())
  hash.update(readFileSync(join(here, name), "utf8"));
const version = hash.digest("hex").slice(0, 8);
const banner = `/* parallel-routes ${version} */`;

const parts = [
  "add-related",
  "assets",
  "announce",
  "answers",
  "dialog",
  "guard",
  "inspector",
  "morph",
  "motion",
  "optimistic",
  "prefetch",
  "preserve",
  "segments",
  "streaming",
  "whole-answer",
];
const entries = {
  "parallel-routes.css": "src/css/index.css",
  "parallel-routes.js": "src/index.js",
  ...Object.fromEntries(parts.map((name) => [`${name}.js`, `src/parts/${name}.js`])),
};

// Properties that only the modules of the script use among themselves have short names in the minified files. No event, no
// entry of the history and nothing of htmx has one of these.
const OWN = [
  // of navigations
  ...["around", "isDelivered", "isLate", "isMixed", "isQuiet"],
  ...["isSafe", "isSecond", "restoring", "stored"],
  // of requests
  ...[
    "finalUrl",
    "hasNoUrl",
    "header",
    "hold",
    "queueLast",
    "requestOf",
    "sentUrl",
    "setTarget",
    "setUrl",
  ],
  ...["skipCaches", "transport", "unfilteredBody"],
  ...["hasFailed", "isShown", "parsed"], // of what was prefetched, and of dialogs
  ...["beneathLevels", "isOther", "isRedirected", "scrolled", "stays"], // of commits and whole answers
  // of the entry on screen
  ...["isReturning", "isWaiting", "scrolls", "settled", "stateToShow", "whenShown"],
  // of the adapters to htmx
  ...["allowSwap", "arrivalsOf", "setHtml", "skipSwap", "swapSlots"],
  // hooks
  ...["awaited", "deliver", "gesture", "noteSubmit", "removeNotice", "reportLost", "slotOfSelect"],
  ...["submitting", "takePrefetched", "takeRefused", "awaitLate", "bringPreserved", "canMerge"],
  ...["forgetPrefetched", "leavePreserved", "loadSheets", "prefetched", "runScripts", "showCopy"],
  ...["showDialogs", "showNotice", "showStreamed", "stopAwaiting", "takeAnswer", "takeCopy"],
  ...["keepsForms", "takeLate", "takeOption", "takeScripts"],
];
let mangleCache = {};

const fileOf = (name) => join(here, "src", name);
const pluginFor = makeLinker(
  version,
  fileOf("index.js"),
  fileOf("parts/answers.js"),
  parts.filter((name) => name !== "answers").map((name) => fileOf(`parts/${name}.js`)),
);

let isStale = false;
for (const [name, entry] of Object.entries(entries))
  for (const minify of [false, true]) {
    const result = await build({
      absWorkingDir: here,
      banner: { css: banner, js: banner },
      bundle: true,
      charset: "utf8",
      define: { DEBUG: String(!minify) },
      entryPoints: [entry],
      format: "iife",
      ...(minify && { mangleCache, mangleProps: new RegExp(`^(${OWN.join("|")})$`) }),
      minify,
      plugins: entry.endsWith(".js") ? [pluginFor(join(here, entry), minify)] : [],
      target: entry.endsWith(".js") ? "es2022" : undefined,
      write: false,
    });
    mangleCache = result.mangleCache ?? mangleCache;
    const file = join(target, minify ? name.replace(".", ".min.") : name);
    const { text } = result.outputFiles[0];
    const isSame = existsSync(file) && readFileSync(file, "utf8") === text;
    if (!isSame && isCheck) console.error(`Stale: ${file}. To build it: npm run build, in js/.`);
    else if (!isSame) writeFileSync(file, text);
    isStale ||= !isSame;
  }
process.exitCode = isCheck && isStale ? 1 : 0;
