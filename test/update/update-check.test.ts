import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { inspect } from 'util';
import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ClaimRetention, NodeStorage, TalosNode, TalosNodeProps, TalosVersion, TalosWorkload, UpdateCheck, UpdatePlan } from '../../src';
import { addNode, changes } from '../on-kubernetes/changes';
import { addCluster, clusterChanges } from '../on-kubernetes/cluster-changes';
import { appliedFile, updateOf } from '../support/updates';
import { walks } from '../support/walks';

/** Applies a node first with some properties, then with others. */
function update(before: TalosNodeProps, after: TalosNodeProps): () => void {
  return updateOf((chart) => new TalosNode(chart, 'node', before), (chart) => new TalosNode(chart, 'node', after));
}

const smaller = { storage: NodeStorage.persistent({ size: Size.gibibytes(10) }) };
const larger = { storage: NodeStorage.persistent({ size: Size.gibibytes(20) }) };
const otherClass = { storage: NodeStorage.persistent({ storageClassName: 'fast' }) };

test.each<[string, TalosNodeProps, TalosNodeProps]>([
  ['nothing', larger, larger],
  ['the release of a StatefulSet', { talosVersion: TalosVersion.V1_12 }, { talosVersion: TalosVersion.V1_13 }],
  ['replicas', { replicas: 1 }, { replicas: 3 }],
  ['the retention of claims', {}, { claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE } }],
  ['the size of a Deployment\'s claim', { ...smaller, workload: TalosWorkload.DEPLOYMENT }, { ...larger, workload: TalosWorkload.DEPLOYMENT }],
  ['the image of a Pod', { workload: TalosWorkload.POD }, { workload: TalosWorkload.POD, image: { tag: 'v1.13.8' } }],
  ['the name, which makes another node', larger, { ...smaller, name: 'other' }],
])('%s can change', (_, before, after) => {
  expect(update(before, after)).not.toThrow();
});

test.each<[string, TalosNodeProps, TalosNodeProps, string]>([
  ['the claims of a StatefulSet', smaller, larger,
    '\'spec.volumeClaimTemplates\' of the StatefulSet talos-node can\'t change once it is applied: delete it with `kubectl delete statefulset talos-node'],
  ['the class of a Deployment\'s claim', { workload: TalosWorkload.DEPLOYMENT }, { ...otherClass, workload: TalosWorkload.DEPLOYMENT },
    '\'spec.storageClassName\' of the PersistentVolumeClaim talos-node-data can\'t change'],
  ['the environment of a Pod', { workload: TalosWorkload.POD }, { workload: TalosWorkload.POD, env: [{ name: 'A', value: 'b' }] },
    '\'spec.containers\' of the Pod talos-node can\'t change'],
])('%s can\'t change', (_, before, after, message) => {
  expect(update(before, after)).toThrow(message);
});

const ofEachWorkload = changes.flatMap(({ change, before, after, refused, workloads }) => workloads.map((workload) => ({
  change, workload, before: { ...before, workload }, after: { ...after, workload }, refused: workload in refused,
})));

// the table is what a real API server says: see test/cluster/changes.test.ts
test.each(ofEachWorkload)('$change of a $workload: as the API server has it', ({ before, after, refused }) => {
  const apply = updateOf((chart) => addNode(chart, before), (chart) => addNode(chart, after));
  refused ? expect(apply).toThrow('can\'t change once it is applied') : expect(apply).not.toThrow();
});

// likewise: see test/cluster/cluster-changes.test.ts
test.each(clusterChanges)('$change of a cluster: as the API server has it', ({ before, after, refused }) => {
  const apply = updateOf((chart) => addCluster(chart, before), (chart) => addCluster(chart, after));
  refused ? expect(apply).toThrow('can\'t change once it is applied') : expect(apply).not.toThrow();
});

test.each([
  ['kind: Secret\ndata: { key: "S3CRET\n', 'missing char at line 3, column 1'],
  ['kind: Secret\ndata:\n\tkey: S3CRET\n', 'tab as indent at line 3, column 1'],
  ['kind: Secret\ndata:\n  key: *S3CRET\n', 'an alias (*) refers to no anchor'],
])('a file that is no YAML is refused and not quoted: %j', (text, reason) => {
  const path = join(mkdtempSync(join(tmpdir(), 'applied-')), 'broken.yaml');
  writeFileSync(path, text);
  const check = () => new UpdateCheck(new Chart(new App(), 'talos'), 'check', { applied: [path] });
  expect(check).toThrow(`'applied' (${path}) is not YAML: ${reason}`);
  expect(check).not.toThrow('S3CRET');
});

test('printing the check shows nothing of the applied objects', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'applied-')), 'talos.k8s.yaml');
  writeFileSync(path, 'kind: Secret\nmetadata: { name: a }\ndata: { key: S3CRET }\n');
  expect(inspect(new UpdateCheck(new Chart(new App(), 'talos'), 'check', { applied: [path] }), { depth: 9, showHidden: true })).not.toContain('S3CRET');
});

test('secrets in place of applied manifests are refused, in place of being compared with nothing', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'applied-')), 'secrets.yaml');
  writeFileSync(path, 'cluster: { secret: S3CRET }\n');
  expect(() => new UpdateCheck(new Chart(new App(), 'talos'), 'check', { applied: [path] }))
    .toThrow(`talos/check: 'applied' (${path}) has no object of Kubernetes: give manifests, or what kubectl get --output yaml prints [talos:file-refused]`);
});

describe('an app of many charts', () => {
  const CHARTS = 8;

  /** An app with a node in each chart, and a check if there are applied objects. */
  function appWith(applied?: string): { readonly app: App; readonly nodes: TalosNode[] } {
    const app = new App();
    const nodes = Array.from({ length: CHARTS }, (_, index) => {
      const chart = new Chart(app, `chart-${index}`, { namespace: `talos-${index}` });
      applied === undefined || new UpdateCheck(chart, 'check', { applied: [applied] });
      return new TalosNode(chart, 'node');
    });
    return { app, nodes };
  }

  const path = appliedFile(parseAllDocuments(appWith().app.synthYaml()).map((document) => document.toJS()));

  test('is compared once, in one walk for all checks each time that cdk8s validates it', () => {
    const compare = jest.spyOn(UpdatePlan, '_risksOf');
    expect(walks(appWith(path).app)).toBe(CHARTS + 1);
    expect(compare).toHaveBeenCalledTimes(CHARTS);
    compare.mockRestore();
  });

  test('is compared again when it has changed', () => {
    const { app, nodes: [node] } = appWith(path);
    app.synthYaml();
    const workload = node.node.findAll().find((construct) => ApiObject.isApiObject(construct) && construct.kind === 'StatefulSet');
    ApiObject.of(workload!).addJsonPatch(JsonPatch.replace('/spec/serviceName', 'other'));
    expect(() => app.synthYaml()).toThrow('[chart-0/check] ');
  });
});
