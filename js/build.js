// Bundle the script and its stylesheet into the package's static files: node build.js. With --check it writes
// nothing, and fails if the files there are stale.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, "../django_parallel_routes/static/django_parallel_routes");
const isCheck = process.argv.includes("--check");

// The first line of each file has a hash of all sources, in the order of their names: so
// tests/test_script.py finds out without Node whether they are stale.
const sources = readdirSync(join(here, "src"), { recursive: true })
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => `src/${name.replaceAll("\\", "/")}`);
const hash = createHash("sha256");
for (const name of ["build.js", "package-lock.json", ...sources].sort())
  hash.update(readFileSync(join(here, name), "utf8"));
const banner = `/* Built from js/ of django-parallel-routes: ${hash.digest("hex").slice(0, 16)} */`;

const parts = [
  "add-related",
  "assets",
  "announce",
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

// A part has its own copy of what it imports. So that must be without state: a module that imports nothing.
const failOnState = (entry, inputs) => {
  for (const [name, { imports }] of Object.entries(inputs))
    if (entry.startsWith("src/parts/") && !name.startsWith("src/parts/") && imports.length)
      throw new Error(`${entry} must not import ${name}: use core.js.`);
};

let isStale = false;
for (const [name, entry] of Object.entries(entries))
  for (const minify of [false, true]) {
    const { metafile, outputFiles } = await build({
      absWorkingDir: here,
      banner: { css: banner, js: banner },
      bundle: true,
      charset: "utf8",
      define: { DEBUG: String(!minify) },
      entryPoints: [entry],
      format: "iife",
      metafile: true,
      minify,
      target: entry.endsWith(".js") ? "es2022" : undefined,
      write: false,
    });
    failOnState(entry, metafile.inputs);
    const file = join(target, minify ? name.replace(".", ".min.") : name);
    const { text } = outputFiles[0];
    const isSame = existsSync(file) && readFileSync(file, "utf8") === text;
    if (!isSame && isCheck) console.error(`Stale: ${file}. To build it: npm run build, in js/.`);
    else if (!isSame) writeFileSync(file, text);
    isStale ||= !isSame;
  }
process.exitCode = isCheck && isStale ? 1 : 0;
