import { readFileSync } from 'fs';
import { join } from 'path';

const root = join(__dirname, '..', '..');

// scripts/check-types.ts compiles every snippet
test.each(['ephemeral-cluster', 'single-node'])('the README has the example %s, which is run', (name) => {
  const snippets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(snippets).toContain(readFileSync(join(root, 'examples', name, 'main.ts'), 'utf8'));
});
