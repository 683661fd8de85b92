import { execFileSync, spawn } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, podsOf, rolledOut } from './rollout';
import { newNamespace } from './run';
import { HostingNetwork, MachineConfigPatch, MemberAddresses, TalosControlPlane, TalosControlPlaneProps, TalosSecrets } from '../../src';

jest.spyOn(process, 'emitWarning').mockImplementation();

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'scale-down-')); });
afterEach(() => rmSync(folder, { recursive: true }));

const secrets = TalosSecrets.fromYaml(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8'));
const NEW_CONFIG = MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { 'example.com/changed': 'yes' } } });

function controlPlane(namespace: string, props: Partial<TalosControlPlaneProps>): KubeObject[] {
  return synthesize(namespace, (chart) => new TalosControlPlane(chart, 'control-plane', {
    clusterName: 'acme',
    secrets,
    memberAddresses: MemberAddresses.STABLE,
    hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'] }),
    ...props,
  }));
}

/** A talosctl whose members of etcd are lines of a file. It notes which pods run when a member leaves. */
const TALOSCTL = `#!/bin/sh
host=$6; shift 6
case $* in
  "etcd members") cat members ;;
  "etcd leave")
    name=\${host%%.*}
    echo "$name leaves, there are $(kubectl --namespace "$NAMESPACE" get pods --selector app.kubernetes.io/component=control-plane --output name | tr '\\n' ' ')" >> left
    grep -v " $name " members > members.$$; mv members.$$ members ;;
esac
`;

/** Runs the script of the Job with kubectl as its account, and returns what it prints. */
async function runJob(job: KubeObject): Promise<string> {
  const { namespace } = job.metadata;
  const { containers: [{ command }], serviceAccountName } = job.spec.template.spec;
  const account = `system:serviceaccount:${namespace}:${serviceAccountName}`;
  writeFileSync(join(folder, 'talosctl'), TALOSCTL, { mode: 0o755 });
  const script = command[3]
    .replace('/talosctl --talosconfig', './talosctl --talosconfig')
    .replace('/tools/kubectl --cache-dir /scratch', `kubectl --cache-dir ${folder}/cache --as ${account} --namespace ${namespace}`)
    .replace(/\/tools\/busybox sleep \d+/g, 'sleep 0.1')
    .replace(/\/tools\/busybox /g, '');
  const child = spawn('sh', ['-c', script], { cwd: folder, env: { ...process.env, NAMESPACE: namespace } });
  const output: string[] = [];
  child.stdout.on('data', (data) => output.push(`${data}`));
  child.stderr.on('data', (data) => output.push(`${data}`));
  const code = await new Promise((done) => child.on('close', done));
  expect({ code, output: output.join('') }).toMatchObject({ code: 0 });
  return output.join('');
}

const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n');
const pod = (ordinal: number) => `acme-control-plane-${ordinal}`;

test.each([[3, 1], [5, 3]])('%i members become %i one by one, with the rights of the Job, and no other pod is replaced', async (before, after) => {
  const namespace = newNamespace();
  const first = controlPlane(namespace, { replicas: before });
  await applyAll(client, first);
  await rolledOut(client, first);
  const [statefulSet] = ofKind(first, 'StatefulSet');
  const uids = (pods: KubeObject[]) => pods.map(({ metadata }) => metadata.uid);
  const old = uids(await podsOf(client, statefulSet));

  // another machine config would replace all pods
  const leaving = controlPlane(namespace, { replicas: after, scaleDownFrom: before, patches: [NEW_CONFIG] });
  const [{ spec: { template } }] = ofKind(leaving, 'StatefulSet');
  expect(template).not.toEqual(statefulSet.spec.template);
  await applyAll(client, leaving);
  writeFileSync(join(folder, 'members'), old.map((_, ordinal) => `10.96.0.9   0123   ${pod(ordinal)}   https://10.96.0.${ordinal}:2380   false\n`).join(''));
  const [job] = ofKind(leaving, 'Job').filter(({ metadata }) => metadata.name.includes('scale-down'));
  const output = await runJob(job);

  expect(output).toContain(`${after} of ${before} members stay\n`);
  const running = (count: number) => Array.from({ length: count }, (_, ordinal) => `pod/${pod(ordinal)}`).join(' ');
  expect(lines('left').map((line) => line.trim())).toEqual(Array.from({ length: before - after }, (_, gone) =>
    `${pod(before - gone - 1)} leaves, there are ${running(before - gone)}`));
  expect(lines('members')).toHaveLength(after);
  expect(uids(await podsOf(client, statefulSet))).toEqual(old.slice(0, after));

  // the number in the manifests follows, and the update that was held back begins
  const last = controlPlane(namespace, { replicas: after, patches: [NEW_CONFIG] });
  await applyAll(client, last);
  await rolledOut(client, last);
  expect(uids(await podsOf(client, statefulSet)).filter((uid) => old.includes(uid))).toEqual([]);
});

test('the rights of the Job end at its StatefulSet and the pods that go', () => {
  const namespace = newNamespace();
  const objects = controlPlane(namespace, { replicas: 1, scaleDownFrom: 3 });
  return applyAll(client, objects).then(() => {
    const may = (...args: string[]) => {
      try {
        return execFileSync('kubectl', ['auth', 'can-i', ...args, '--as', `system:serviceaccount:${namespace}:acme-scale-down`, '--namespace', namespace], { encoding: 'utf8', stdio: 'pipe' }).trim();
      } catch (error) {
        return (error as { readonly stdout: string }).stdout.trim();
      }
    };
    expect(may('patch', 'statefulsets/acme-control-plane', '--subresource', 'scale')).toBe('yes');
    expect(may('get', `pods/${pod(2)}`)).toBe('yes');
    expect(may('get', `pods/${pod(0)}`)).toBe('no');
    expect(may('patch', 'statefulsets/acme-control-plane')).toBe('no');
    expect(may('patch', 'statefulsets/other', '--subresource', 'scale')).toBe('no');
    expect(may('delete', `pods/${pod(2)}`)).toBe('no');
    expect(may('get', 'secrets/acme-scale-down')).toBe('no');
  });
});
