import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration, Testing } from 'cdk8s';
import { SecretDelivery, TalosVersion } from '../../src';
import { CredentialJobs, CredentialJobsOptions } from '../../src/jobs/credential-jobs';
import { jobImages } from '../../src/jobs/tool-images';
import { decode, newChart } from '../support/control-planes';
import { KUBECTL_WITH_SECRETS, runJobScript, ScriptOutcome } from '../support/job-scripts';

const BUNDLE = readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8');

function synth(options: Partial<CredentialJobsOptions> = {}): any[] {
  const chart = newChart();
  new CredentialJobs(chart, 'credentials', {
    ...jobImages({}, TalosVersion.V1_13),
    clusterName: 'acme',
    namespace: 'tenant',
    bundle: SecretDelivery.generateOnce()._bundleSecrets('acme')!,
    hosts: ['a-0.a', 'a-1.a'],
    talosEndpoints: ['192.0.2.1:30500', '[2001:db8::1]:30500'],
    kubernetesEndpoint: 'https://[2001:db8::1]:6443',
    labels: { 'app.kubernetes.io/part-of': 'acme' },
    ...options,
  });
  return Testing.synth(chart);
}

const ofKind = (objects: any[], kind: string) => objects.find((object) => object.kind === kind);
const script = (options?: Partial<CredentialJobsOptions>): string => ofKind(synth(options), 'Job').spec.template.spec.containers[0].command[3];

/** It notes endpoints in the talosconfig, and the machine in the kubeconfig. */
const TALOSCTL = `case $* in
  "gen config "*) [ -f "$6" ] && echo "made of a bundle" > "\${10}" ;;
  *" config endpoint "*) file=$2; shift 4; echo "endpoints: $*" >> "$file" ;;
  *" kubeconfig "*) [ ! -f "$9" ] || exit 1; echo "from $6" > "$9" ;;
  *) echo "unknown command: $*"; exit 1 ;;
esac`;
const run = (options: Partial<CredentialJobsOptions> = {}, talosctl = '', kubectl = '', files: { readonly [name: string]: string } = {}) => runJobScript(script(options), {
  talosctl: `${talosctl}\n${TALOSCTL}`, kubectl: `${kubectl}\n${KUBECTL_WITH_SECRETS}`,
}, { 'bundle/bundle': BUNDLE, ...files });
const secret = ({ file }: ScriptOutcome, name: string) => JSON.parse(file(`secret-${name}`)!);

describe('the Jobs', () => {
  test('have one pod, whose container alone has a token', () => {
    const objects = synth();
    const { template } = ofKind(objects, 'Job').spec;
    expect(ofKind(objects, 'CronJob').spec.jobTemplate.spec.template).toEqual(template);
    expect(template.spec).toMatchObject({ serviceAccountName: 'acme-credentials', automountServiceAccountToken: false });
    const mounts = (containers: any[]) => containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }: any) => name));
    expect(mounts(template.spec.initContainers)).toEqual(['tools', 'tools']);
    expect(mounts(template.spec.containers)).toEqual(['tools', 'scratch', 'bundle', 'account']);
    expect(template.spec.volumes).toContainEqual({ name: 'bundle', secret: { secretName: 'acme-secrets', items: [{ key: 'bundle', path: 'bundle' }] } });
  });

  test('may write their Secrets, and not read the bundle by the API', () => {
    expect(ofKind(synth({ insideEndpoint: 'https://acme:6443' }), 'Role').rules).toEqual([{
      apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-talosconfig', 'acme-kubeconfig', 'acme-inside-kubeconfig'], verbs: ['get', 'create', 'patch'],
    }]);
  });

  test('renew once a month, one at a time, for half an hour at most', () => {
    const { spec } = ofKind(synth(), 'CronJob');
    expect(spec).toMatchObject({ concurrencyPolicy: 'Forbid', successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 1 });
    expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBe(1800);
    expect(spec.schedule).toMatch(/^\d+ \d+ \d+ \* \*$/);
    const [minute, hour, day] = spec.schedule.split(' ').map(Number);
    expect([minute < 60, hour < 24, day >= 1 && day <= 28]).toEqual([true, true, true]);
  });

  test('of clusters renew at different times, which stay the same', () => {
    const schedule = (options: Partial<CredentialJobsOptions>) => ofKind(synth(options), 'CronJob').spec.schedule;
    const schedules = ['a', 'b', 'c', 'd'].map((namespace) => schedule({ namespace }));
    expect(new Set(schedules).size).toBe(4);
    expect(schedule({ namespace: 'a' })).toBe(schedules[0]);
  });

  test.each<[Duration, RegExp]>([
    [Duration.days(62), /^\d+ \d+ \d+ \* \*$/],
    [Duration.days(61), /^\d+ \d+ \* \* \*$/],
    [Duration.hours(48), /^\d+ \d+ \* \* \*$/],
    [Duration.hours(47), /^\d+ \* \* \* \*$/],
    [Duration.hours(2), /^\d+ \* \* \* \*$/],
  ])('renew twice in the life of a kubeconfig at least', (kubeconfigLifetime, expected) => {
    expect(ofKind(synth({ kubeconfigLifetime }), 'CronJob').spec.schedule).toMatch(expected);
  });

  test('renew no kubeconfig that hardly lives', () => {
    expect(() => synth({ kubeconfigLifetime: Duration.seconds(7199) })).toThrow('\'cluster.adminKubeconfig.certLifetime\' (119 minutes)');
  });

  test('don\'t run while the members are stopped', () => {
    const objects = synth({ suspend: true });
    expect(ofKind(objects, 'Job')).toBeUndefined();
    expect(ofKind(objects, 'CronJob').spec.suspend).toBe(true);
    expect(ofKind(synth(), 'CronJob').spec).not.toHaveProperty('suspend');
  });

  test('run again with another revision', () => {
    const name = (revision?: string) => ofKind(synth({ bundle: SecretDelivery.existing({ revision })._bundleSecrets('acme')! }), 'Job').metadata.name;
    expect(name()).toMatch(/^acme-credentials-[0-9a-f]{8}$/);
    expect(name()).toBe(name());
    expect(name()).not.toBe(name('2'));
  });

  test('have names that others can\'t take', () => {
    const chart = newChart();
    const options = { ...jobImages({}, TalosVersion.V1_13), clusterName: 'acme', namespace: 'tenant', hosts: ['a'], talosEndpoints: ['a'], kubernetesEndpoint: 'https://a', labels: {} };
    const bundle = SecretDelivery.generateOnce()._bundleSecrets('acme')!;
    new CredentialJobs(chart, 'one', { ...options, bundle });
    expect(() => new CredentialJobs(chart, 'other', { ...options, bundle })).toThrow('acme-talosconfig');
  });
});

describe('a run', () => {
  test('writes a talosconfig and a kubeconfig with the addresses for clients', () => {
    const outcome = run();
    expect(outcome.status).toBe(0);
    expect(secret(outcome, 'acme-talosconfig')).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'acme-talosconfig', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-talos', 'app.kubernetes.io/part-of': 'acme' } },
      type: 'Opaque',
      data: { talosconfig: expect.any(String) },
    });
    expect(decode(secret(outcome, 'acme-talosconfig').data.talosconfig)).toMatch(/^made of a bundle\n.*\nendpoints: 192.0.2.1:30500 \[2001:db8::1\]:30500\n$/);
    expect(secret(outcome, 'acme-kubeconfig')).toMatchObject({
      metadata: {
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-talos', 'app.kubernetes.io/part-of': 'acme', 'cluster.x-k8s.io/cluster-name': 'acme' },
      },
      type: 'cluster.x-k8s.io/secret',
    });
    expect(decode(secret(outcome, 'acme-kubeconfig').data.value)).toBe('from a-0.a\nserver: https://[2001:db8::1]:6443\n');
    expect(outcome.file('secret-acme-inside-kubeconfig')).toBeUndefined();
  });

  test('calls talosctl with the addresses inside', () => {
    expect(run().calls.filter((call) => call.startsWith('talosctl'))).toEqual([
      'talosctl gen config acme https://unused --with-secrets ./bundle/bundle --output-types talosconfig --output ./scratch/talosconfig --force',
      'talosctl --talosconfig ./scratch/talosconfig config endpoint a-0.a a-1.a',
      'talosctl --talosconfig ./scratch/written config endpoint 192.0.2.1:30500 [2001:db8::1]:30500',
      'talosctl --talosconfig ./scratch/talosconfig --endpoints a-0.a --nodes a-0.a kubeconfig --force ./scratch/kubeconfig',
    ]);
  });

  test('writes another kubeconfig for clients inside', () => {
    const outcome = run({ insideEndpoint: 'https://acme.tenant.svc:6443' });
    expect(decode(secret(outcome, 'acme-kubeconfig').data.value)).toBe('from a-0.a\nserver: https://[2001:db8::1]:6443\n');
    expect(decode(secret(outcome, 'acme-inside-kubeconfig').data.value)).toMatch(/\nserver: https:\/\/acme.tenant.svc:6443\n$/);
  });

  test('renews what is there', () => {
    const outcome = run({}, '', '', { 'secret-acme-talosconfig': 'old', 'secret-acme-kubeconfig': 'old' });
    expect(decode(secret(outcome, 'acme-kubeconfig').data.value)).toContain('from a-0.a');
    expect(decode(secret(outcome, 'acme-talosconfig').data.talosconfig)).toContain('made of a bundle');
  });

  test('waits for a bundle, and for the members after it has written the talosconfig', () => {
    const outcome = run({}, `case "$* $count" in
      "gen config "*" 1") echo "no bundle"; exit 1 ;;
      *a-0.a\\ kubeconfig*) echo unreachable; exit 1 ;;
      *" kubeconfig "*" 1") echo starting; exit 1 ;;
    esac`);
    expect(outcome.output).toBe(`waiting for a bundle in the Secret acme-secrets that talosctl takes: no bundle
secret/acme-talosconfig serverside-applied
waiting for a kubeconfig from a-0.a: unreachable
waiting for a kubeconfig from a-1.a: starting
waiting for a kubeconfig from a-0.a: unreachable
Cluster "acme" set.
secret/acme-kubeconfig serverside-applied
`);
    expect(decode(secret(outcome, 'acme-kubeconfig').data.value)).toContain('from a-1.a');
  });

  test('waits for the API of the hosting cluster', () => {
    const outcome = run({}, '', 'case "$1 $count" in "apply 1" | "apply 2") echo forbidden >&2; exit 1 ;; esac');
    expect(outcome.output).toContain(`${'waiting to write the Secret acme-talosconfig: forbidden\n'.repeat(2)}secret/acme-talosconfig`);
    expect(outcome.status).toBe(0);
  });

  test.each([
    ['talosconfig', 'case "$*" in *written*) echo "no space left"; exit 1 ;; esac', '', []],
    ['kubeconfig', '', 'case "$1" in config) echo "no space left"; exit 1 ;; esac', ['secret-acme-talosconfig']],
  ])('writes no %s with other addresses', (_, talosctl, kubectl, written) => {
    const outcome = run({}, talosctl, kubectl);
    expect(outcome.status).toBe(1);
    expect(outcome.output).toContain('no space left\n');
    expect(['secret-acme-talosconfig', 'secret-acme-kubeconfig'].filter((name) => outcome.file(name))).toEqual(written);
  });

  test('makes a new kubeconfig where an attempt has left one', () => {
    const outcome = run({}, 'case "$* $count" in *" kubeconfig "*" 1") echo half > "$9"; exit 1 ;; esac');
    expect(decode(secret(outcome, 'acme-kubeconfig').data.value)).toMatch(/^from a-0.a\n/);
  });
});
