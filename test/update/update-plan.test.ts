import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { inspect } from 'util';
import { ApiObject, App, Chart, Duration, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { Lexer, parse, stringify } from 'yaml';
import { MachineConfig, PlannedAction, TalosControlPlane, TalosNode, TalosNodeProps, UpdateCheck, UpdatePlan, UpdateRisk } from '../../src';
import { readManifests } from '../../src/update/manifests/read-manifests';
import { controlPlaneProps, otherSecrets, STABLE } from '../support/control-planes';
import { AppliedBy, servedList } from '../support/served-objects';
import { committedManifests, exampleNames, exampleObjects } from '../support/synthesize-example';
import { appliedFile } from '../support/updates';
import { warningsOf } from '../support/warnings';

/** The list as it is read from what kubectl prints. */
function live(objects: any[], by: AppliedBy): any[] {
  const path = join(mkdtempSync(join(tmpdir(), 'live-')), 'live.yaml');
  writeFileSync(path, stringify(servedList(objects, by)));
  return readManifests('applied', path);
}

const APPLIED_BY: AppliedBy[] = ['kubectl', 'the server'];

describe.each(exampleNames)('the plan of the example %s', (name) => {
  const objects = exampleObjects(committedManifests(name));

  test('is empty if nothing changes', () => {
    expect(UpdatePlan._of(objects, objects, [])).toMatchObject({ risks: [], machines: [], notes: [], hasChanges: false });
  });

  test.each(APPLIED_BY)('is empty for a cluster that has it, applied by %s', (by) => {
    const plan = UpdatePlan._of(live(objects, by), objects, []);
    expect(plan.objects.filter(({ action }) => action !== PlannedAction.UNCHANGED)).toEqual([]);
    expect(plan).toMatchObject({ risks: [], machines: [], hasChanges: false });
  });

  test('makes everything if nothing is there, and deletes everything if nothing is left', () => {
    const actions = (plan: UpdatePlan) => [...new Set(plan.objects.map(({ action }) => action))];
    expect(actions(UpdatePlan._of([], objects, []))).toEqual([PlannedAction.CREATE]);
    expect(actions(UpdatePlan._of(objects, [], []))).toEqual([PlannedAction.DELETE]);
    expect(UpdatePlan._of([], objects, []).risks).toEqual([]);
  });
});

test('any two states of objects can be compared', () => {
  const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const name = fc.constantFrom('a', 'talos', 'data');
  const container = fc.record({
    name,
    image: some(fc.constantFrom('talos', 'talos:v1.13.9', 'talos@sha256:0')),
    env: some(fc.array(fc.record({ name: fc.constantFrom('USERDATA', 'A'), valueFrom: some(fc.constant({ secretKeyRef: { name: 'a', key: 'a' } })) }))),
    volumeMounts: some(fc.array(fc.record({ name, mountPath: fc.constantFrom('/var', '/var/lib', '/') }))),
  });
  const volumes = fc.array(fc.record({ name, emptyDir: some(fc.constant({})) }));
  const pod = fc.record({ containers: fc.array(container), initContainers: some(fc.array(container)), volumes: some(volumes) });
  const template = fc.record({ spec: pod });
  const claims = fc.array(fc.record({ metadata: fc.record({ name }) }));
  const metadata = (uid?: string) => fc.record({ name, namespace: some(fc.constant('a')), labels: some(fc.dictionary(name, name)), uid: fc.constant(uid) });
  const objects = (uid?: string) => fc.array(fc.oneof(
    fc.record({
      apiVersion: fc.constant('apps/v1'),
      kind: fc.constantFrom('StatefulSet', 'Deployment'),
      metadata: metadata(uid),
      spec: fc.record({ replicas: some(fc.nat(3)), template, volumeClaimTemplates: some(claims) }),
    }),
    fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('Pod'), metadata: metadata(uid), spec: pod }),
    fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('Secret'), metadata: metadata(uid), data: some(fc.dictionary(name, fc.string())) }),
    fc.record({ apiVersion: fc.constant('example.com/v1'), kind: fc.constant('Widget'), metadata: metadata(uid), spec: some(fc.jsonValue()) }),
  ), { maxLength: 4 });
  fc.assert(fc.property(fc.oneof(objects(), objects('1')), objects(), (applied: any[], wanted: any[]) => {
    expect(UpdatePlan._of(applied, wanted, []).toString()).toMatch(/ unchanged$| objects$/);
  }));
});

describe('UpdateCheck', () => {
  const newChart = (app = new App(), id = 'test') => new Chart(app, id, { namespace: 'tenant' });
  const ofThree = () => {
    const chart = newChart();
    new TalosControlPlane(chart, 'cp', controlPlaneProps(STABLE));
    return chart.toJson();
  };

  test('tells of a file that doesn\'t exist, and compares the others', () => {
    const chart = newChart();
    new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, replicas: 1 }));
    const check = new UpdateCheck(chart, 'check', { applied: ['missing.yaml', appliedFile(ofThree())] });
    expect(warningsOf(chart)).toContainEqual(expect.stringMatching(/^test\/check: 'applied' \(missing.yaml\) doesn't exist.*\[talos:applied-missing\]$/));
    expect(check.plan().notes).toEqual(['\'applied\' (missing.yaml) doesn\'t exist, so nothing is compared with it']);
    expect(() => chart.toJson()).toThrow('members that are deleted before they have left etcd');
  });

  test('passes a risk that is allowed, and tells of one that isn\'t there', () => {
    const chart = newChart();
    new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, replicas: 1 }));
    const check = new UpdateCheck(chart, 'check', { applied: [appliedFile(ofThree())], allow: [UpdateRisk.FEWER_MEMBERS, UpdateRisk.CNI] });
    expect(() => chart.toJson()).not.toThrow();
    const plan = check.plan();
    expect(plan.risks).toMatchObject([{ risk: UpdateRisk.FEWER_MEMBERS, isAllowed: true }]);
    expect(plan.notes).toEqual([expect.stringContaining('\'allow\' has UpdateRisk.CNI')]);
    expect(plan.toString()).toContain('allowed FEWER_MEMBERS: ');
  });

  test('reads directories, and YAML and JSON in them', () => {
    const directory = mkdtempSync(join(tmpdir(), 'applied-'));
    mkdirSync(join(directory, 'deeper'));
    const [first, ...others] = ofThree();
    writeFileSync(join(directory, 'deeper', 'first.json'), JSON.stringify(first));
    writeFileSync(join(directory, 'others.yml'), Yaml.stringify(...others));
    writeFileSync(join(directory, 'notes.txt'), 'a: [');
    expect(readManifests('applied', directory)).toEqual([first, ...others]);
  });

  test('leaves out the objects of other charts', () => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: id }));
    [one, two].forEach((chart) => new TalosNode(chart, 'node', { name: 'node' }));
    const applied = [appliedFile([...one.toJson(), ...two.toJson()])];
    expect(new UpdateCheck(one, 'check', { applied }).plan().objects.map(({ namespace }) => namespace)).toEqual(['one', 'one']);
  });

  test.each([
    ['sealed', (secret: any) => ({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: secret.metadata, spec: { encryptedData: { userdata: 'AgBy' } } })],
    ['encrypted', (secret: any) => ({ ...secret, data: { userdata: 'ENC[AES256_GCM,data:abc=]' } })],
    ['missing', () => undefined],
  ])('says once what it can\'t know of a Secret that is %s', (_, hide) => {
    const applied = ofThree().flatMap((object) => object.kind === 'Secret' && object.metadata.name === 'acme-control-plane-config' ? hide(object) ?? [] : [object]);
    const chart = newChart();
    new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, secrets: otherSecrets }));
    const check = new UpdateCheck(chart, 'check', { applied: [appliedFile(applied)] });
    expect(() => chart.toJson()).not.toThrow();
    const { risks, notes } = check.plan();
    expect(risks).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('Secret acme-control-plane-config')]);
  });

  test('lets the number of members follow the cluster, where they have left', () => {
    const leaving = newChart();
    new TalosControlPlane(leaving, 'cp', controlPlaneProps({ ...STABLE, replicas: 1, scaleDownFrom: 3 }));
    const after = newChart();
    new TalosControlPlane(after, 'cp', controlPlaneProps({ ...STABLE, replicas: 1 }));
    const risksWith = (replicas: number) => UpdatePlan._of(live(leaving.toJson(), 'kubectl').map((object) => object.kind === 'StatefulSet'
      ? { ...object, spec: { ...object.spec, replicas } }
      : object), after.toJson(), []).risks;
    expect(risksWith(1)).toEqual([]);
    expect(risksWith(2)).toMatchObject([{ risk: UpdateRisk.FEWER_MEMBERS }]);
    expect(risksWith(3)).toMatchObject([{ risk: UpdateRisk.FEWER_MEMBERS }]);
  });
});

describe('the plan of machines whose number others set', () => {
  const objects = (props: TalosNodeProps) => {
    const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
    new TalosNode(chart, 'node', props);
    return chart.toJson();
  };
  const scaled = (replicas: number, ofObjects: any[]) => ofObjects.map((object) => object.kind === 'StatefulSet' ? { ...object, spec: { ...object.spec, replicas } } : object);
  const HANDED_OVER = 'others set the number of pods from now on, and the apply sets it to 1 first: scale it to 3 again right after it';
  const external = { externalReplicas: true };
  const other = { ...external, preStopSleep: Duration.seconds(5) };

  test('says that the apply which hands it over sets one', () => {
    expect(UpdatePlan._of(objects({ replicas: 3 }), objects(external), []).toString()).toContain(HANDED_OVER);
    expect(UpdatePlan._of(live(objects({ replicas: 3 }), 'kubectl'), objects(external), []).toString()).toContain(HANDED_OVER);
    expect(UpdatePlan._of(objects({ replicas: 1 }), objects(external), []).toString()).not.toContain('others set');
  });

  test('leaves what somebody has set', () => {
    expect(UpdatePlan._of(scaled(5, live(objects(external), 'kubectl')), objects(external), [])).toMatchObject({ machines: [], hasChanges: false });
  });

  test('counts the pods that are replaced where it knows them', () => {
    expect(UpdatePlan._of(objects(external), objects(other), []).machines).toEqual(['StatefulSet talos-node: pods are replaced one by one; claims stay']);
    expect(UpdatePlan._of(scaled(5, live(objects(external), 'kubectl')), objects(other), []).machines)
      .toEqual(['StatefulSet talos-node: 5 pods are replaced one by one; claims stay']);
  });
});

test('an update that was held back begins with the smaller partition, unless all pods have it', () => {
  const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
  new TalosNode(chart, 'node', { replicas: 3 });
  const held = (status?: object) => chart.toJson().map((object) => object.kind !== 'StatefulSet'
    ? object
    : { ...object, spec: { ...object.spec, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 3 } } }, status });
  const machinesOf = (applied: any[]) => UpdatePlan._of(applied, chart.toJson(), []).machines;
  expect(machinesOf(held())).toEqual(['StatefulSet talos-node: pods whose update was held back are replaced one by one; claims stay']);
  expect(machinesOf(held({ currentRevision: 'a', updateRevision: 'b' }))).toHaveLength(1);
  expect(machinesOf(held({ currentRevision: 'a', updateRevision: 'a' }))).toEqual([]);
});

test('a plan shows nothing that users write into fields for secrets, or into objects of other kinds', () => {
  const objects = (value: string) => [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { password: value } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { password: value } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations: { token: value } }, spec: { containers: [{ name: 'a', env: [{ name: 'A', value }], args: [value], command: ['a', value] }] } },
    { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' }, spec: { password: value } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { externalName: `https://user:${value}@example.com/?token=${value}` } },
  ];
  const plan = UpdatePlan._of(objects('S3CRET-BEFORE'), objects('S3CRET-AFTER'), []);
  expect(plan.objects.every(({ details }) => details.length > 0)).toBe(true);
  expect(plan.toString() + JSON.stringify(plan) + inspect(plan, { depth: 9, showHidden: true })).not.toContain('S3CRET');
});

test('a list of lists stands for its items', () => {
  const path = appliedFile([{ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'SecretList', items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }] }] }]);
  expect(readManifests('applied', path)).toMatchObject([{ metadata: { name: 'a' } }]);
  expect(parse('a: 1')).toEqual({ a: 1 });
});

test('an object without a namespace is compared with the only one of its name', () => {
  const secret = (namespace?: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace } });
  const plan = (applied: any[]) => UpdatePlan._of(applied, [secret()], []).objects.map(({ action }) => action);
  expect(plan([secret('tenant')])).toEqual([PlannedAction.CHANGE]);
  expect(plan([secret('one'), secret('two')])).toEqual([PlannedAction.CREATE, PlannedAction.DELETE, PlannedAction.DELETE]);
});

test('ApiObjects of any kind are compared', () => {
  const chart = new Chart(new App(), 'test');
  new ApiObject(chart, 'object', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' } });
  expect(new UpdateCheck(chart, 'check', { applied: [] }).plan().objects).toMatchObject([{ kind: 'Widget', action: PlannedAction.CREATE }]);
});

describe('a machine config', () => {
  const read = jest.spyOn(MachineConfig, 'fromYaml');
  beforeEach(() => read.mockClear());
  afterAll(() => read.mockRestore());

  const machines = (name: string) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas: 1,
      template: { spec: { containers: [{ name: 'talos', image: 'a:v1.13.0', env: [{ name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'config', key: 'userdata' } } }] }] } },
    },
  });
  const secret = (text: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'config' }, stringData: { userdata: text } });

  test('that many machines name is read once', () => {
    const objects = (hostname: string) => [secret(`machine: {type: worker, network: {hostname: ${hostname}}}`), ...Array.from({ length: 50 }, (_, index) => machines(`a${index}`))];
    const [lex, diff] = [jest.spyOn(Lexer.prototype, 'lex'), jest.spyOn(MachineConfig.prototype, 'diff')];
    const plan = UpdatePlan._of(objects('a'), objects('b'), []);
    expect(plan.toString()).toContain('machine.network.hostname: "a" -> "b"');
    // for the identity of the cluster, too
    expect(lex).toHaveBeenCalledTimes(2);
    expect(diff).toHaveBeenCalledTimes(1);
    [lex, diff].forEach((spy) => spy.mockRestore());
  });

  test('that no release knows still says which cluster it is of', () => {
    const objects = (id: string) => [secret(`machine: {type: worker, unknown: a}\ncluster: {id: ${id}}`), machines('a')];
    expect(UpdatePlan._of(objects('a'), objects('b'), []).risks).toMatchObject([{ risk: UpdateRisk.OTHER_CLUSTER }]);
  });

  test('is not looked for where none can be', () => {
    expect(UpdatePlan._of([secret('a: b\n'), machines('a')], [secret('c: d\n'), machines('a')], []).hasChanges).toBe(true);
    expect(read).not.toHaveBeenCalled();
  });

  test('is found where its keys are escaped', () => {
    const objects = (hostname: string) => [secret(`"\\x6dachine": {network: {hostname: ${hostname}}}`)];
    expect(UpdatePlan._of(objects('a'), objects('b'), []).toString()).toContain('machine.network.hostname: "a" -> "b"');
  });
});
