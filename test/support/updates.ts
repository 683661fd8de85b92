import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Yaml } from 'cdk8s';
import { UpdateCheck } from '../../src';

/** Applies a chart first with some constructs, then with others. */
export function updateOf(before: (chart: Chart) => void, after: (chart: Chart) => void): () => void {
  const first = new Chart(new App(), 'talos', { namespace: 'talos' });
  before(first);
  const applied = appliedFile(first.toJson());

  const second = new Chart(new App(), 'talos', { namespace: 'talos' });
  after(second);
  new UpdateCheck(second, 'check', { applied: [applied] });
  return () => second.toJson();
}

/** The path of a file with applied objects. */
export function appliedFile(objects: any[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'applied-')), 'talos.k8s.yaml');
  writeFileSync(path, Yaml.stringify(...objects));
  return path;
}
