import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createRequire, isBuiltin, SourceMap } from 'module';
import { dirname, join, relative, resolve, sep } from 'path';
import ts from 'typescript';

/*
 * Makes the package light. The modules that the compiler wrote into lib/ become one file, in which a module is evaluated when something of it is
 * first used, and each dependency becomes a file in lib/dependencies/. Then lib/ has only what users need.
 */

/** What evaluates the modules of a bundle. */
const LOADER = `
const loaded = new Map();
const load = (id) => {
  if (!Object.hasOwn(modules, id)) {
    return outside[id]();
  }
  let module = loaded.get(id);
  if (module === undefined) {
    loaded.set(id, module = { exports: {} });
    modules[id].call(module.exports, module.exports, load, module);
  }
  return module.exports;
};
class WhenUsed {
  constructor(evaluate) {
    this.evaluate = evaluate;
    this.evaluated = undefined;
  }
  get exports() {
    return this.evaluated ??= this.evaluate();
  }
}
module.exports = load;
`;

/** Where the compiler puts the map of a module's lines. */
const SOURCE_MAP = /^\/\/# sourceMappingURL=.*base64,(.*)/m;

/** The names that the compiler gives to imported modules. */
const IMPORTED = /_\d+$/;

interface Module {
  readonly file: string;
  /** its name in the bundle */
  readonly id: string;
  /** its code in the bundle, on the same lines as in the file */
  readonly code: string;
  /** what it requires outside of the bundle */
  readonly outside: readonly string[];
}

/** What a module gets for `require(name)`. */
interface Required {
  /** a module of the bundle, or what is required outside of it */
  readonly name: string;
  /** the file of a module of the bundle */
  readonly file?: string;
  /** the module of a bundle outside */
  readonly part?: string;
}

type Requires = (name: string, from: string) => Required;

/**
 * Bundles the modules of a folder.
 *
 * @param lib the folder
 * @param entries the modules that are required from outside, without `.js`; the first has the types for users
 * @param dependencies the packages that become part of this one
 * @param peers the packages that stay beside it
 * @throws if a module requires another package
 */
export function bundle(lib: string, entries: readonly string[], dependencies: readonly string[], peers: readonly string[]): void {
  const idOf = (file: string) => slashes(relative(lib, file)).replace(/\.js$/, '');
  const needed = new Map<string, string[]>();
  const modules = collect(entries.map((entry) => join(lib, `${entry}.js`)), idOf, true, (name, from) => {
    if (isBuiltin(name) || peers.includes(name)) {
      return { name };
    }
    const file = createRequire(from).resolve(name);
    if (name.startsWith('.')) {
      return { name: idOf(file), file };
    }
    const dependency = dependencies.find((one) => name === one || name.startsWith(`${one}/`));
    if (dependency === undefined) {
      throw new Error(`${from} requires ${name}, which is no part of the package: add it to 'bundled' in .projenrc.ts`);
    }
    needed.set(dependency, [...needed.get(dependency) ?? [], file]);
    return { name: `./dependencies/${dependency}.js`, part: idInPackages(file) };
  });

  const code = codeOf(modules);
  const files = new Map([
    ['bundle.js', `${code}//# sourceMappingURL=bundle.js.map\n`],
    ['bundle.js.map', JSON.stringify(mapOf(modules, code, lib))],
    ...[...needed].map(([dependency, those]): [string, string] => [`dependencies/${dependency}.js`, codeOfDependency(those)]),
    ...declarations(join(lib, `${entries[0]}.d.ts`)).map((file): [string, string] => [relative(lib, file), readFileSync(file, 'utf8')]),
  ]);
  rmSync(lib, { recursive: true });
  files.forEach((text, file) => write(join(lib, file), text));
  const load = createRequire(__filename)(join(lib, 'bundle.js')) as (id: string) => object;
  for (const entry of entries) {
    const path = slashes(relative(dirname(entry), 'bundle.js'));
    // from the second line, Node.js knows what ECMAScript modules can import
    write(join(lib, `${entry}.js`), `module.exports = ${requireOf(path.startsWith('.') ? path : `./${path}`)}(${JSON.stringify(entry)});\n`
      + `0 && (module.exports = { ${Object.keys(load(entry)).join(', ')} });\n`);
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function requireOf(name: string): string {
  return `require(${JSON.stringify(name)})`;
}

function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}

/** The name of a dependency's module: `semver/functions/parse.js`. */
function idInPackages(file: string): string {
  return slashes(file).replace(/^.*\/node_modules\//, '');
}

/** Some files, and those that they need. */
function collect(files: readonly string[], idOf: (file: string) => string, areLazy: boolean, requires: Requires): Module[] {
  const modules = new Map<string, Module>();
  const all = [...files];
  // the loop reaches what is added meanwhile
  for (const file of all) {
    if (!modules.has(file)) {
      const outside: string[] = [];
      const code = rewrite(readFileSync(file, 'utf8').replace(SOURCE_MAP, ''), areLazy, (given) => {
        const { name, file: other, part } = requires(given, file);
        other === undefined ? outside.push(name) : all.push(other);
        return `${requireOf(name)}${part === undefined ? '' : `(${JSON.stringify(part)})`}`;
      });
      modules.set(file, { file, id: idOf(file), code, outside });
    }
  }
  return [...modules.values()];
}

/** The code of a module, with what it requires in the bundle; imported modules are evaluated when they are used if they are lazy. */
function rewrite(code: string, areLazy: boolean, requires: (name: string) => string): string {
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const imports = new Map(!areLazy ? [] : source.statements
    .flatMap((statement) => ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [])
    .filter(({ name, initializer }) => IMPORTED.test(name.getText()) && initializer !== undefined && ts.isCallExpression(initializer))
    .map((declaration) => [declaration.name.getText(), declaration]));
  const edits: { start: number; end: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'require' && ts.isStringLiteral(node.arguments[0])) {
      edits.push({ start: node.getStart(), end: node.getEnd(), text: requires(node.arguments[0].text) });
    } else if (ts.isIdentifier(node) && imports.has(node.text)) {
      const { name, initializer } = imports.get(node.text)!;
      if (node === name) {
        edits.push({ start: initializer!.getStart(), end: initializer!.getStart(), text: 'new WhenUsed(() => ' }, { start: initializer!.getEnd(), end: initializer!.getEnd(), text: ')' });
      } else {
        edits.push({ start: node.getEnd(), end: node.getEnd(), text: '.exports' });
      }
    }
    node.forEachChild(visit);
  };
  visit(source);
  // Node.js reads and compiles a file of ASCII alone faster
  return [...edits].sort((one, other) => other.start - one.start || other.end - one.end)
    .reduce((text, { start, end, text: replacement }) => text.slice(0, start) + replacement + text.slice(end), code)
    .replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function codeOf(modules: readonly Module[]): string {
  // users' own bundlers find what is required outside
  const outside = [...new Set(modules.flatMap((module) => module.outside))].map((name) => `${JSON.stringify(name)}: () => ${requireOf(name)},\n`);
  return `const modules = {\n${modules.map(({ id, code }) => `${headOf(id)}\n${code}\n},\n`).join('')}};\nconst outside = {\n${outside.join('')}};${LOADER}`;
}

function headOf(id: string): string {
  return `${JSON.stringify(id)}(exports, require, module) {`;
}

/** The bundle of a dependency, under the licenses of its packages. */
function codeOfDependency(files: readonly string[]): string {
  const modules = collect(files, idInPackages, false, (name, from) => {
    const file = createRequire(from).resolve(name);
    return isBuiltin(file) ? { name } : { name: idInPackages(file), file };
  });
  const packages = new Set(modules.map(({ file }) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(slashes(file))![0]));
  const licenses = [...packages].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    return `${name} ${version}\n\n${license === undefined ? '' : readFileSync(join(folder, license), 'utf8')}`;
  });
  return `/*!\n${licenses.join('\n').replaceAll('*/', '* /')}*/\n${codeOf(modules)}`;
}

/** A file of types, and those that it needs. */
function declarations(file: string): string[] {
  const all = new Set([file]);
  // the loop reaches what is added meanwhile
  for (const one of all) {
    for (const { fileName } of ts.preProcessFile(readFileSync(one, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) {
        const path = resolve(dirname(one), fileName);
        all.add(existsSync(`${path}.d.ts`) ? `${path}.d.ts` : join(path, 'index.d.ts'));
      }
    }
  }
  return [...all];
}

/** The map from the lines of a bundle to those of the sources: https://tc39.es/ecma426/ */
function mapOf(modules: readonly Module[], code: string, lib: string): object {
  const lines = code.split('\n');
  const sources: string[] = [];
  const places: ({ readonly source: number; readonly line: number } | undefined)[] = lines.map(() => undefined);
  let start = 0;
  for (const { file, id, code: own } of modules) {
    start = lines.indexOf(headOf(id), start) + 1;
    const [, encoded] = SOURCE_MAP.exec(readFileSync(file, 'utf8')) ?? [];
    if (encoded !== undefined) {
      const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
      sources.push(slashes(relative(lib, resolve(dirname(file), map.payload.sources[0]))));
      own.split('\n').forEach((line, index) => {
        const { originalLine } = map.findEntry(index, line.search(/\S|$/)) as { originalLine?: number };
        places[start + index] = originalLine === undefined ? undefined : { source: sources.length - 1, line: originalLine };
      });
    }
  }
  return { version: 3, file: 'bundle.js', sources, names: [], mappings: mappingsOf(places) };
}

/** Maps the beginnings of lines to those of others. */
function mappingsOf(places: readonly ({ readonly source: number; readonly line: number } | undefined)[]): string {
  let before = { source: 0, line: 0 };
  return places.map((place) => {
    if (place === undefined) {
      return '';
    }
    const segment = [0, place.source - before.source, place.line - before.line, 0].map(variableLength).join('');
    before = place;
    return segment;
  }).join(';');
}

/** A number in base64, the sign in its lowest bit, five bits a character, from the lowest on. */
function variableLength(value: number): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let [text, rest] = ['', Math.abs(value) * 2 + (value < 0 ? 1 : 0)];
  do {
    text += digits[rest % 32 + (rest > 31 ? 32 : 0)];
    rest = Math.floor(rest / 32);
  } while (rest > 0);
  return text;
}

if (require.main === module) {
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  bundle(resolve('lib'), ['index', 'cli/main'], process.argv.slice(2), Object.keys(peerDependencies));
}
