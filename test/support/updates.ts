import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Yaml } from 'cdk8s';
import { UpdateCheck } from '../../src';

const NO_FILE = join(tmpdir(), 'no-such-file.yaml');

/** Applies a chart first with some constructs, then with others. */
export function updateOf(before: (chart: Chart) => void, after: (chart: Chart) => void): () => void {
  const applied = join(mkdtempSync(join(tmpdir(), 'applied-')), 'talos.k8s.yaml');
  const first = new Chart(new App(), 'talos', { namespace: 'talos' });
  before(first);
  writeFileSync(applied, Yaml.stringify(...first.toJson()));

  const second = new Chart(new App(), 'talos', { namespace: 'talos' });
  after(second);
  new UpdateCheck(second, 'check', { applied: [applied, NO_FILE] });
  return () => second.toJson();
}
