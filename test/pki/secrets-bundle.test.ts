import { SecretsBundle } from '../../src/pki';
import * as fs from 'node:fs';
test.each(['a','b','c'])('%s', (n) => {
  const t = fs.readFileSync(`test/fixtures/secrets/${n}.yaml`,'utf8');
  const b = SecretsBundle.parse(t);
  expect(b.warnings).toEqual([]);
  expect(b.encode()).toBe(t);
});
