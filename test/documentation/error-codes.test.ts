import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ERROR_CODES } from '../../src/problem';

const root = join(__dirname, '../..');
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const source = new Map(files.map((name) => [name, readFileSync(join(root, 'src', name), 'utf8')]));

test('the documentation lists the codes of errors, no more and no less, with their meaning', () => {
  const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(talos:[a-z-]+)` \| (.*) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
  expect(rows).toEqual(Object.entries(ERROR_CODES));
});

test('every code is used, and every error has one', () => {
  const used = [...source].flatMap(([name, text]) => name === 'problem.ts' ? [] : text.match(/(?<=new TalosError\(')talos:[a-z-]+/g) ?? []);
  expect([...new Set(used)].sort()).toEqual(Object.keys(ERROR_CODES).sort());
  expect([...source].filter(([, text]) => /new (?!Talos)\w*Error\(|reject\(['"`]|throw ['"`]/.test(text)).map(([name]) => name)).toEqual([]);
});
