import { createPrivateKey, X509Certificate } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { SecretDelivery, TalosVersion } from '../../src';
import { BundleSecretsJob } from '../../src/jobs/bundle-secrets-job';
import { jobImages } from '../../src/jobs/tool-images';
import { decode, newChart } from '../support/control-planes';
import { KUBECTL_WITH_SECRETS, runJobScript, ScriptOutcome } from '../support/job-scripts';

const BUNDLE = readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8');
const OTHER = readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'b.yaml'), 'utf8');

function synth(delivery: SecretDelivery = SecretDelivery.generateOnce()): any[] {
  const chart = newChart();
  new BundleSecretsJob(chart, 'secrets', {
    ...jobImages({}, TalosVersion.V1_13),
    clusterName: 'acme',
    bundle: delivery._bundleSecrets('acme')!,
    labels: { 'app.kubernetes.io/part-of': 'acme' },
  });
  return Testing.synth(chart);
}

const ofKind = (objects: any[], kind: string) => objects.find((object) => object.kind === kind);
const script = (delivery?: SecretDelivery): string => ofKind(synth(delivery), 'Job').spec.template.spec.containers[0].command[3];

const TALOSCTL = 'cp generated "$5"';
const secret = (text: string) => JSON.stringify({ data: { bundle: Buffer.from(text).toString('base64') } });
const run = (text: string, files: { readonly [name: string]: string } = {}, kubectl = '', talosctl = TALOSCTL) =>
  runJobScript(text, { talosctl, kubectl: `${kubectl}\n${KUBECTL_WITH_SECRETS}` }, { generated: BUNDLE, ...files });
const applied = ({ calls }: ScriptOutcome) => calls.filter((call) => call.startsWith('kubectl apply'));
const textOf = ({ file }: ScriptOutcome, name: string) => {
  const object = file(`secret-${name}`);
  return object === undefined ? undefined : decode(JSON.parse(object).data.bundle);
};
/** What workers need of a bundle. */
const workersPart = (bundle: string) => {
  const { cluster, secrets: { bootstraptoken }, trustdinfo, certs: { k8s, os } } = parse(bundle);
  return { cluster, secrets: { bootstraptoken }, trustdinfo, certs: { k8s: { crt: k8s.crt }, os: { crt: os.crt } } };
};

describe('the Job', () => {
  test('has only its two Secrets, and its container alone a token', () => {
    const objects = synth();
    const { spec } = ofKind(objects, 'Job').spec.template;
    expect(spec).toMatchObject({ serviceAccountName: 'acme-secrets', automountServiceAccountToken: false });
    expect(ofKind(objects, 'ServiceAccount').automountServiceAccountToken).toBe(false);
    expect(ofKind(objects, 'Role').rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-secrets', 'acme-worker-secrets'], verbs: ['get', 'create', 'patch'] },
    ]);
    const mounts = (containers: any[]) => containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }: any) => name));
    expect(mounts(spec.initContainers)).toEqual(['tools', 'tools']);
    expect(mounts(spec.containers)).toEqual(['tools', 'scratch', 'account']);
    expect(spec.volumes.find(({ name }: any) => name === 'scratch').emptyDir.medium).toBe('Memory');
  });

  test('may only read a bundle that others bring', () => {
    expect(ofKind(synth(SecretDelivery.existing({ secretName: 'vault' })), 'Role').rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-worker-secrets'], verbs: ['get', 'create', 'patch'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['vault'], verbs: ['get'] },
    ]);
  });

  test('stays when it has ended, and is another one with another revision only', () => {
    const job = (revision?: string) => ofKind(synth(SecretDelivery.generateOnce({ revision })), 'Job');
    expect(job().spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job().metadata.name).toMatch(/^acme-secrets-[0-9a-f]{8}$/);
    expect(job().metadata.name).toBe(job().metadata.name);
    expect(job().metadata.name).not.toBe(job('2').metadata.name);
  });
});

describe('the first run', () => {
  test('makes a bundle, and the part of workers', () => {
    const outcome = run(script());
    expect(outcome.status).toBe(0);
    expect(textOf(outcome, 'acme-secrets')).toBe(BUNDLE);
    expect(parse(textOf(outcome, 'acme-worker-secrets')!)).toEqual(workersPart(BUNDLE));
    expect(outcome.output).toBe('secret/acme-secrets serverside-applied\nthe Secret acme-secrets has the only copy of the cluster\'s keys: save it\n'
      + 'secret/acme-worker-secrets serverside-applied\n');
  });

  test('takes the bundle as a manager that no other run is, and without force', () => {
    const [bundle, workers] = applied(run(script()));
    expect(bundle).toBe('kubectl apply --server-side --validate=false --filename - --field-manager cdk8s-talos-UUID');
    expect(workers).toBe('kubectl apply --server-side --validate=false --filename - --field-manager cdk8s-talos --force-conflicts');
  });

  test('gives the Secrets no labels, by which others would delete them', () => {
    const { file } = run(script());
    expect(JSON.parse(file('secret-acme-secrets')!).metadata).toEqual({ name: 'acme-secrets' });
    expect(JSON.parse(file('secret-acme-worker-secrets')!).metadata).toEqual({ name: 'acme-worker-secrets' });
  });

  test('takes the bundle of a Job that was faster', () => {
    const outcome = run(script(), { faster: secret(OTHER) }, 'case "$1 $count" in "apply 1") [ -f secret-acme-secrets ] || cp faster secret-acme-secrets ;; esac');
    expect(outcome.output).toContain('conflict with another manager');
    expect(textOf(outcome, 'acme-secrets')).toBe(OTHER);
    expect(parse(textOf(outcome, 'acme-worker-secrets')!)).toEqual(workersPart(OTHER));
    expect(outcome.status).toBe(0);
  });

  test('waits for talosctl and for the API of the hosting cluster, and takes a failure for no answer', () => {
    const talosctl = `case $count in 1) echo "no space left"; exit 1 ;; 2) exit ;; esac; ${TALOSCTL}`;
    const outcome = run(script(), {}, '[ "$count" != 1 ] || { echo unreachable >&2; exit 1; }', talosctl);
    expect(outcome.output).toContain('waiting for the Kubernetes API\n');
    expect(outcome.output).toContain('waiting for talosctl: no space left\n');
    expect(textOf(outcome, 'acme-secrets')).toBe(BUNDLE);
    expect(outcome.status).toBe(0);
  });

  test('goes on where another one was interrupted', () => {
    const outcome = run(script(), { 'secret-acme-secrets': secret(OTHER) });
    expect(textOf(outcome, 'acme-secrets')).toBe(OTHER);
    expect(parse(textOf(outcome, 'acme-worker-secrets')!)).toEqual(workersPart(OTHER));
    expect(outcome.calls.some((call) => call.startsWith('talosctl'))).toBe(false);
  });
});

describe('a later run', () => {
  const first = run(script());
  const there = { 'secret-acme-secrets': first.file('secret-acme-secrets')!, 'secret-acme-worker-secrets': first.file('secret-acme-worker-secrets')! };

  test('changes nothing', () => {
    const outcome = run(script(), { ...there, generated: OTHER });
    expect(outcome.output).toBe('secret/acme-worker-secrets serverside-applied\n');
    ['acme-secrets', 'acme-worker-secrets'].forEach((name) => expect(textOf(outcome, name)).toBe(textOf(first, name)));
  });

  test('makes the part of workers again', () => {
    const { 'secret-acme-secrets': bundle } = there;
    expect(parse(textOf(run(script(), { 'secret-acme-secrets': bundle, 'generated': OTHER }), 'acme-worker-secrets')!)).toEqual(workersPart(BUNDLE));
  });

  test.each([
    ['a bundle that is lost', '', 'waiting for the Kubernetes API'],
    ['a bundle that is lost, while the API fails now and then', '[ "$count" -gt 2 ] || [ "$1" != get ] || exit 1', 'waiting for the Kubernetes API'],
  ])('waits for %s, and goes on when it is back', (_, kubectl, waiting) => {
    const { 'secret-acme-worker-secrets': workers, 'secret-acme-secrets': bundle } = there;
    const back = 'case "$* $count" in "get secret acme-secrets "*" 5") cp saved secret-acme-secrets ;; esac';
    const outcome = run(script(), { 'secret-acme-worker-secrets': workers, 'saved': bundle, 'generated': OTHER }, `${kubectl}\n${back}`);
    expect(outcome.output).toContain('the Secret acme-secrets is gone: bring it back, or delete acme-worker-secrets too for a new cluster\n');
    expect(outcome.output.includes(waiting)).toBe(kubectl !== '');
    expect(textOf(outcome, 'acme-secrets')).toBe(BUNDLE);
    expect(textOf(outcome, 'acme-worker-secrets')).toBe(textOf(first, 'acme-worker-secrets'));
    expect(outcome.calls.some((call) => call.startsWith('talosctl'))).toBe(false);
  });

  test('makes another bundle when both are deleted', () => {
    expect(textOf(run(script(), { generated: OTHER }), 'acme-secrets')).toBe(OTHER);
  });

  test('follows a bundle that somebody has brought', () => {
    const { 'secret-acme-worker-secrets': workers } = there;
    const outcome = run(script(), { 'secret-acme-worker-secrets': workers, 'secret-acme-secrets': secret(OTHER) });
    expect(parse(textOf(outcome, 'acme-worker-secrets')!)).toEqual(workersPart(OTHER));
  });
});

describe('a bundle that others bring', () => {
  const existing = script(SecretDelivery.existing({ secretName: 'vault', workerSecretName: 'acme-workers' }));

  test('is waited for, and never made', () => {
    const outcome = run(existing, { saved: secret(BUNDLE) }, 'case "$* $count" in "get secret vault "*" 3") cp saved secret-vault ;; esac');
    expect(outcome.output).toBe(`${'waiting for the Secret vault with the key bundle\n'.repeat(2)}secret/acme-workers serverside-applied\n`);
    expect(parse(textOf(outcome, 'acme-workers')!)).toEqual(workersPart(BUNDLE));
    expect(outcome.calls.some((call) => call.startsWith('talosctl'))).toBe(false);
  });

  test('may be written by other tools than talosctl', () => {
    const own = `# of the team\n---\n${BUNDLE.replace(/^ +/gm, (indent) => indent.slice(indent.length / 2)).replace(/(crt|token|id): (.*)/g, '$1: "$2"')}\n`;
    expect(own).toContain('\n  id: "');
    expect(parse(textOf(run(existing, { 'secret-vault': secret(own) }), 'acme-workers')!)).toEqual(workersPart(BUNDLE));
  });

  test.each<[string, string, string]>([
    ['without a part', BUNDLE.replace(/ {4}os:\n.*\n.*\n/, ''), 'it has no certs.os.crt'],
    ['with a part on several lines', BUNDLE.replace(/^ {4}id: (.*)/m, '    id: |\n        $1'), 'it has no cluster.id on one line'],
    ['with an encrypted part', BUNDLE.replace(/^ {4}id: .*/m, '    id: ENC[AES256_GCM,data:a]'), 'it has no cluster.id on one line'],
    ['that is encrypted', `${BUNDLE}sops:\n    mac: ENC[AES256_GCM]\n`, 'the secrets are encrypted by sops: the Secret must have them decrypted'],
    ['that is no bundle', 'hello\n', 'it has no cluster.id'],
  ])('%s is waited for, and the reason shown', (_, text, reason) => {
    const outcome = run(existing, { 'secret-vault': secret(text), 'saved': secret(BUNDLE) }, 'case "$* $count" in "get secret vault "*" 3") cp saved secret-vault ;; esac');
    expect(outcome.output).toContain(`waiting for another bundle in the Secret vault: ${reason}`);
    expect(parse(textOf(outcome, 'acme-workers')!)).toEqual(workersPart(BUNDLE));
    expect(applied(outcome)).toHaveLength(1);
  });

  test('shows no secret', () => {
    const { output } = run(existing, { 'secret-vault': secret(BUNDLE) });
    const leaves = [...BUNDLE.matchAll(/: (\S{8,})$/gm)].map(([, leaf]) => leaf);
    expect(leaves.length).toBeGreaterThan(12);
    leaves.forEach((leaf) => expect(output).not.toContain(leaf));
  });
});

describe('the authority of the Talos API', () => {
  test('is written in the form that other tools take', () => {
    const outcome = run(script(SecretDelivery.generateOnce({ talosAuthoritySecretName: 'acme-talos-ca' })));
    const { type, data, metadata } = JSON.parse(outcome.file('secret-acme-talos-ca')!);
    expect([type, metadata]).toEqual(['kubernetes.io/tls', { name: 'acme-talos-ca' }]);
    const { certs: { os } } = parse(BUNDLE);
    expect(data['tls.crt']).toBe(os.crt);
    expect(decode(os.key)).toMatch(/^-----BEGIN ED25519 PRIVATE KEY-----\n[^]*\n-----END ED25519 PRIVATE KEY-----\n$/);
    expect(decode(data['tls.key'])).toBe(decode(os.key).replace(/ED25519 /g, ''));
    const authority = new X509Certificate(decode(data['tls.crt']));
    expect([authority.ca, authority.checkPrivateKey(createPrivateKey(decode(data['tls.key'])))]).toEqual([true, true]);
  });

  test('is one more Secret that the Job may write', () => {
    expect(ofKind(synth(SecretDelivery.existing({ talosAuthoritySecretName: 'acme-talos-ca' })), 'Role').rules[0].resourceNames).toEqual(['acme-worker-secrets', 'acme-talos-ca']);
    expect(script()).not.toContain('tls.key');
  });
});
