// Links the files of the script, which share modules although each file is a classic script that is loaded by itself.
//
// A module with state must run once in a page. So it is bundled into one file only: into the page's script, else into the
// part that shows answers ("later"). That file puts on the window what other files import from its modules, and the build
// replaces those imports by code that takes it from there.
//
// esbuild's own splitting can't do this. It writes ES modules that import each other by file name: the page's script would
// load a second file before it runs, would not know its own element (document.currentScript), and would not find files
// that Django's ManifestStaticFilesStorage has renamed.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const IMPORT = /^import (?:\{([^}]*)\} from )?"(\.[^"]*)";/gm;
/** A statement that IMPORT does not find: `import all from`, `import * as all from`, `export … from`. */
const OTHER = /^(import [^{"]|export [^;=]* from )/m;
/** A variable that changes, or a collection, outside of all functions. */
const STATE = /^(export )?(let |const \w+ = new )/m;

/** The imports of a module: from which file, and which names. @param {string} file */
const importsIn = (file) => {
  const source = readFileSync(file, "utf8");
  if (OTHER.test(source)) throw new Error(`Import by names, so that linker.js finds it: ${file}`);
  return [...source.matchAll(IMPORT)].map(([, names = "", from]) => ({
    file: join(dirname(file), from),
    names: names.split(",").flatMap((name) => name.trim().split(" as ")[0] || []),
  }));
};

/** A module and all that it imports, directly or not, without those that an earlier file has. */
const modulesFrom = (file, earlier = [], found = new Set()) => {
  if (found.has(file) || earlier.some((modules) => modules.has(file))) return found;
  found.add(file);
  for (const { file: imported } of importsIn(file)) modulesFrom(imported, earlier, found);
  return found;
};

/** The modules that have state, or import modules that may have it. Each file has its own copy of all others, which are small. */
const withState = (modules) =>
  new Set(
    [...modules].filter(
      (module) => importsIn(module).length || STATE.test(readFileSync(module, "utf8")),
    ),
  );

/** The names that some modules import from others, by file. */
const namesFor = (importers, modules) => {
  const names = {};
  for (const importer of importers)
    for (const imported of importsIn(importer))
      if (modules.has(imported.file))
        names[imported.file] = [
          ...new Set([...(names[imported.file] ?? []), ...imported.names]),
        ].sort();
  return names;
};

/**
 * Returns a function that makes an esbuild plugin for an entry.
 *
 * @param {string} version of the sources: files of different versions do not find one another
 * @param {string} page the entry of the page's script
 * @param {string} later the entry of the part that comes after it, at a time that is not known
 * @param {string[]} others the entries of the other parts
 */
export const makeLinker = (version, page, later, others) => {
  const ofPage = withState(modulesFrom(page));
  const ofLater = withState(modulesFrom(later, [ofPage]));
  const sets = new Map([
    [page, modulesFrom(page)],
    [later, modulesFrom(later, [ofPage])],
    ...others.map((entry) => [entry, modulesFrom(entry, [ofPage, ofLater])]),
  ]);
  /** The names that each of these two files shares with the files that are loaded after it. */
  const shared = {
    page: namesFor(
      [...sets].flatMap(([entry, all]) => (entry === page ? [] : [...all])),
      ofPage,
    ),
    later: namesFor(
      others.flatMap((entry) => [...sets.get(entry)]),
      ofLater,
    ),
  };
  return (entry, minify) => ({
    name: "linker",
    setup(build) {
      const home = { [page]: "page", [later]: "later" }[entry];
      const place = (/** @type {string} */ name) =>
        `window[Symbol.for("parallel-routes ${version} ${name}")]`;
      /** The key of a name on the window: the name, or in minified files a number, which is shorter. */
      const keyOf = (of, name) =>
        minify ? Object.values(shared[of]).flat().indexOf(name) : `"${name}"`;
      const folder = dirname(page);
      const own = [...sets.get(entry)];

      build.onResolve({ filter: /^\./ }, ({ importer, path }) => {
        const file = join(dirname(importer), path);
        for (const [namespace, modules] of Object.entries({ page: ofPage, later: ofLater }))
          if (namespace !== home && modules.has(file))
            return { path: relative(folder, file), namespace };
      });
      build.onLoad({ filter: /./, namespace: "page" }, ({ path }) => {
        const names = namesFor(own, ofPage)[join(folder, path)].map(
          (name) => `${keyOf("page", name)}: ${name}`,
        );
        return { contents: `export const { ${names} } = ${place("page")};` };
      });
      // The file that imports from this part may be loaded before it. So each function is looked up when it is called,
      // and only functions can be imported.
      build.onLoad({ filter: /./, namespace: "later" }, ({ path }) => {
        const call = (name) => `(...all) => ${place("later")}[${keyOf("later", name)}](...all)`;
        const names = namesFor(own, ofLater)[join(folder, path)];
        return {
          contents: names.map((name) => `export const ${name} = ${call(name)};`).join("\n"),
        };
      });

      if (!home) return;
      build.onLoad({ filter: /\.js$/, namespace: "file" }, ({ path }) =>
        path === entry ? { contents: `import "shared:";${readFileSync(path, "utf8")}` } : null,
      );
      build.onResolve({ filter: /^shared:$/ }, ({ path }) => ({ path, namespace: "shared" }));
      build.onLoad({ filter: /./, namespace: "shared" }, () => {
        const files = Object.entries(shared[home]);
        const imports = files.map(([file, names]) => `import { ${names} } from "${file}";`);
        const names = files.flatMap(([, all]) => all);
        const value = minify ? `[${names}]` : `{ ${names} }`;
        return {
          contents: `${imports.join("\n")}\n${place(home)} = ${value};`,
          resolveDir: dirname(entry),
        };
      });
    },
  });
};
