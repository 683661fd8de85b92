import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { bundle } from '../../scripts/bundle';
import * as source from '../../src';

const SOURCES: Readonly<Record<string, string>> = {
  'index.ts': `
    import { basename } from 'node:path';
    import { rare } from './rooms/rare';
    export { Plain } from './rooms/plain';
    export { Rare } from './rooms/rare';
    export const name = (path: string) => basename(path);
    export const makeRare = () => new rare.Rare('made');
  `,
  'rooms/plain.ts': `
    import twice from 'dependency/twice';
    import { Rare } from './rare';
    /** Not ASCII: … */
    export class Plain {
      public readonly text = 'µ → ∞ 😀';
      public readonly four = twice(2);
      public fail(): never {
        throw new Error('failed');
      }
      public makeRare() { return new Rare('new'); }
    }
  `,
  'rooms/rare.ts': `
    (globalThis as any).evaluated.push('rare');
    export class Rare { public constructor(public readonly text: string) {} }
    export const rare = { Rare };
  `,
  'cli/main.ts': `
    import { Plain } from '../rooms/plain';
    export const main = () => new Plain().text;
  `,
};

const DEPENDENCY = {
  'package.json': '{"name": "dependency", "version": "1.2.3"}',
  'LICENSE': 'Do what you like.\n',
  'twice.js': 'module.exports = (value) => require("./times.js")(value, 2);\n',
  'times.js': 'globalThis.evaluated.push("times");\nmodule.exports = (value, factor) => value * factor;\n',
};

let directory: string;
const lib = () => join(directory, 'lib');
const files = () => (fs.readdirSync(lib(), { recursive: true }) as string[]).filter((file) => /\.\w+$/.test(file)).sort();

function write(file: string, text: string): void {
  fs.mkdirSync(dirname(join(directory, file)), { recursive: true });
  fs.writeFileSync(join(directory, file), text);
}

/** Compiles the sources as jsii does. */
function compile(sources: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(sources)) {
    const { outputText } = ts.transpileModule(text, {
      fileName: join(directory, 'src', file),
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true, inlineSourceMap: true, sourceRoot: '' },
    });
    write(join('lib', file.replace('.ts', '.js')), outputText.replace(/base64,(.*)/, (_, map: string) => `base64,${Buffer.from(JSON.stringify({
      ...JSON.parse(Buffer.from(map, 'base64').toString()), sources: [`${'../'.repeat(file.split('/').length)}src/${file}`],
    })).toString('base64')}`));
    write(join('lib', file.replace('.ts', '.d.ts')), text.split('\n').filter((line) => /from '\./.test(line)).join('\n'));
  }
}

/** What a program prints, in a process of its own, with the modules evaluated in it. */
function run(program: string, ...parameters: string[]): { readonly printed: any; readonly evaluated: string[] } {
  const text = `globalThis.evaluated = []; const print = (printed) => console.log(JSON.stringify({ printed, evaluated }));\n${program}`;
  return JSON.parse(execFileSync(process.execPath, [...parameters, '-e', text], { cwd: directory, encoding: 'utf8' }));
}

beforeAll(() => {
  directory = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'bundle-')));
  Object.entries(DEPENDENCY).forEach(([file, text]) => write(join('node_modules', 'dependency', file), text));
  compile(SOURCES);
  (globalThis as any).evaluated = [];
});

afterAll(() => fs.rmSync(directory, { recursive: true }));

test('a package that is neither bundled nor beside this one is refused, and nothing is changed', () => {
  const before = files();
  expect(() => bundle(lib(), ['index'], [], [])).toThrow('requires dependency/twice, which is no part of the package: add it to \'bundled\' in .projenrc.ts');
  expect(files()).toEqual(before);
});

describe('a bundle', () => {
  beforeAll(() => bundle(lib(), ['index', 'cli/main'], ['dependency'], []));

  test('takes the place of the single modules, and keeps the types that users reach', () => {
    expect(files()).toEqual([
      'bundle.js', 'bundle.js.map', 'cli/main.js', 'dependencies/dependency.js', 'index.d.ts', 'index.js', 'rooms/plain.d.ts', 'rooms/rare.d.ts',
    ]);
  });

  test('evaluates a module when something of it is used', () => {
    expect(run('const { name } = require("./lib"); print(name("one/two"));')).toEqual({ printed: 'two', evaluated: [] });
    expect(run('print(new (require("./lib").Plain)().four);')).toEqual({ printed: 4, evaluated: ['times'] });
    expect(run('print(require("./lib").makeRare());')).toEqual({ printed: { text: 'made' }, evaluated: ['rare'] });
    expect(run('const lib = require("./lib"); print([new lib.Plain().makeRare() instanceof lib.Rare, lib.makeRare().text]);'))
      .toEqual({ printed: [true, 'made'], evaluated: ['times', 'rare'] });
  });

  test('has the same texts, all in ASCII', () => {
    expect(run('print(require("./lib/cli/main").main());').printed).toBe('µ → ∞ 😀');
    expect(fs.readFileSync(join(lib(), 'bundle.js'), 'utf8')).toMatch(/^[\0-\x7f]*$/);
  });

  test('requires what is outside by name, so that a bundler of users finds it', () => {
    const text = fs.readFileSync(join(lib(), 'bundle.js'), 'utf8');
    const loader = text.slice(text.indexOf('\nconst outside = '));
    expect([...loader.matchAll(/\brequire\((.*?)\)/g)].map(([, name]) => name)).toEqual(['"node:path"', '"./dependencies/dependency.js"']);
  });

  test('gives ECMAScript modules the names', () => {
    expect(run('const { Plain, name } = await import("./lib/index.js"); print([new Plain().four, name("one")]);', '--input-type=module').printed).toEqual([4, 'one']);
  });

  test('leads from its lines to those of the sources', () => {
    const line = fs.readFileSync(join(lib(), 'bundle.js'), 'utf8').split('\n').findIndex((text) => text.includes('\'failed\''));
    const map = new SourceMap(JSON.parse(fs.readFileSync(join(lib(), 'bundle.js.map'), 'utf8')));
    expect(map.findEntry(line, 12)).toMatchObject({
      originalSource: '../src/rooms/plain.ts', originalLine: SOURCES['rooms/plain.ts'].split('\n').findIndex((text) => text.includes('failed')),
    });
    const { printed } = run('try { new (require("./lib").Plain)().fail(); } catch (error) { print(error.stack); }', '--enable-source-maps');
    expect(printed).toContain(`at Plain.fail (${join(directory, 'src/rooms/plain.ts')}:9:`);
  });

  test('names a dependency, its version and its license', () => {
    expect(fs.readFileSync(join(lib(), 'dependencies', 'dependency.js'), 'utf8')).toMatch(/^\/\*!\ndependency 1\.2\.3\n\nDo what you like\.\n\*\//);
  });
});

describe('the package', () => {
  const root = join(__dirname, '..', '..');

  test('has the names of the source', () => {
    expect(Object.keys(jest.requireActual(join(root, 'lib'))).sort()).toEqual(Object.keys(source).sort());
  });

  test('is small, and needs nothing beside it but cdk8s', () => {
    const [{ files: packed, unpackedSize }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8' }));
    const paths: string[] = packed.map(({ path }: { readonly path: string }) => path);
    // a whole build leaves the translations of examples, too
    expect(paths.filter((path) => !/\.d\.ts$|\.jsii\.tabl\.json\.gz$/.test(path)).sort()).toEqual([
      '.jsii', '.jsii.gz', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'bin/cdk8s-talos', 'lib/bundle.js', 'lib/bundle.js.map', 'lib/cli/main.js',
      ...paths.filter((path) => path.startsWith('lib/dependencies/')).sort(), 'lib/index.js', 'package.json',
      ...fs.readdirSync(join(root, 'schemas')).map((name) => `schemas/${name}`),
    ]);
    expect(unpackedSize).toBeLessThan(3_500_000);
  });
});
