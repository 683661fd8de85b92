import { readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { SecretDelivery, TalosControlPlane, TalosVersion, TalosWorkers } from '../../src';
import { createReadinessJob } from '../../src/cluster/readiness-job';
import { ControlPlaneJobsOptions, createControlPlaneJobs } from '../../src/jobs/control-plane-jobs';
import { jobImages } from '../../src/jobs/tool-images';
import { RenderedConfig } from '../../src/node/rendered-config';
import { controlPlaneProps, newChart, otherSecrets, secrets } from '../support/control-planes';
import { runJobScript } from '../support/job-scripts';

const BUNDLE = readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8');
const bundle = (revision?: string) => SecretDelivery.existing({ secretName: 'vault', revision })._bundleSecrets('acme')!;

/** A machine config of which a member has its own, as pods render it. */
function rendered(text = 'the template'): any {
  const templates = { 'config.yaml': text, 'machineconfig-1': text };
  return {
    _rendered: new RenderedConfig({ kind: 'ConfigMap', name: 'acme-control-plane-config', templates, bundleSecretName: 'vault', texts: [] }),
    _members: { entries: [[1, undefined]], keyOf: (ordinal: number) => `machineconfig-${ordinal}` },
  };
}

function synth(options: Partial<ControlPlaneJobsOptions> = {}): any[] {
  const chart = newChart();
  createControlPlaneJobs(chart, {
    ...jobImages({}, TalosVersion.V1_13),
    bootstraps: true,
    applies: true,
    kubernetesUpgrade: {
      target: { version: '1.36.3', apiServerImage: 'kube-apiserver:v1.36.3', names: { apiServer: 'kube-apiserver' } }, host: 'a-0.a', all: 'a', record: 'a', kubernetesApi: 'https://a:6443',
    },
    scalesDownTo: 1,
    statefulSet: 'a',
    clusterName: 'acme',
    secrets: bundle(),
    endpoint: 'a',
    record: 'a',
    members: ['a-0', 'a-1'].map((name) => ({ name, nodeName: name, host: `${name}.a` })),
    machineConfig: rendered(),
    labels: {},
    ...options,
  });
  return Testing.synth(chart);
}

const job = (objects: any[], name: string) => objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith(`acme-${name}-`));
const script = (objects: any[], name: string): string => job(objects, name).spec.template.spec.containers[0].command[3];

describe('Jobs of a cluster whose secrets synthesis never sees', () => {
  test.each(['bootstrap', 'apply-config', 'upgrade-k8s', 'scale-down'])('make their talosconfig in memory: %s', (name) => {
    const objects = synth();
    expect(objects.some(({ kind }) => kind === 'Secret')).toBe(false);
    const { volumes, containers: [{ volumeMounts }] } = job(objects, name).spec.template.spec;
    expect(volumes).toContainEqual({ name: 'bundle', secret: { secretName: 'vault', items: [{ key: 'bundle', path: 'bundle' }] } });
    expect(volumes).toContainEqual({ name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } });
    expect(volumeMounts).toContainEqual({ name: 'bundle', mountPath: '/bundle', readOnly: true });
    expect(script(objects, name)).toContain('talosctl() { call /talosctl --talosconfig /scratch/talosconfig "$@"; }\n');
    expect(script(objects, name)).toContain('--with-secrets /bundle/bundle');
  });

  test('have names that depend on the revision, and not on anything random', () => {
    const names = (revision?: string) => synth({ secrets: bundle(revision) }).filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name);
    expect(names()).toEqual(names());
    expect(new Set([...names(), ...names('2')]).size).toBe(8);
    // secrets that are known give another name
    expect(job(synth({ secrets }), 'bootstrap').metadata.name).not.toBe(job(synth({ secrets: otherSecrets }), 'bootstrap').metadata.name);
  });

  test('apply the machine config that init containers write', () => {
    const objects = synth();
    const { initContainers, containers: [{ volumeMounts }], volumes } = job(objects, 'apply-config').spec.template.spec;
    expect(initContainers.map(({ name }: any) => name)).toEqual(['shell', 'machine-config']);
    expect(volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/tools', '/scratch', '/bundle', '/config']);
    expect(volumes.map(({ name }: any) => name)).toEqual(['tools', 'scratch', 'bundle', 'machine-config-templates', 'machine-config-bundle', 'machine-config-scratch', 'machine-config']);
    expect(script(objects, 'apply-config')).not.toContain('base64 -d');
    expect(script(objects, 'apply-config')).toContain('case $node in a-1.a) file=/config/machineconfig-1 ;; *) file=/config/config.yaml ;; esac');
    const other = synth({ machineConfig: rendered('another template') });
    expect(job(other, 'apply-config').metadata.name).not.toBe(job(objects, 'apply-config').metadata.name);
    expect(job(other, 'bootstrap').metadata.name).toBe(job(objects, 'bootstrap').metadata.name);
  });

  test('give their container alone the token that the scale-down needs', () => {
    const { spec } = job(synth(), 'scale-down').spec.template;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.initContainers.flatMap(({ volumeMounts }: any) => volumeMounts.map(({ name }: any) => name))).toEqual(['tools', 'tools']);
    expect(spec.containers[0].volumeMounts.map(({ name }: any) => name)).toContain('account');
    expect(spec.volumes.find(({ name }: any) => name === 'account').projected.sources.map((source: any) => Object.keys(source)[0]))
      .toEqual(['serviceAccountToken', 'configMap', 'downwardAPI']);
  });

  test('ask for readiness as an administrator', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ secrets: undefined, secretDelivery: SecretDelivery.existing() }));
    const pools = [new TalosWorkers(chart, 'workers', { name: 'general', controlPlane })];
    createReadinessJob(chart, controlPlane, pools, {});
    const objects = Testing.synth(chart);
    expect(objects.some(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'acme-readiness')).toBe(false);
    expect(script(objects, 'readiness')).toContain('--with-secrets /bundle/bundle');
    expect(script(objects, 'readiness')).toContain('talosctl config endpoint \'acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local\'\n');
    expect(job(objects, 'readiness').spec.activeDeadlineSeconds).toBe(1200);
  });
});

test('a bootstrap waits for a bundle that talosctl takes, and goes on with its own talosconfig', () => {
  const { output, status, calls } = runJobScript(script(synth(), 'bootstrap').replace(/is_running\(\) \{/, 'is_running() { return 1'), {
    talosctl: `case "$* $count" in
      "gen config "*" 1") echo "illegal base64 data"; exit 1 ;;
      "gen config "*) cp "$6" "\${10}" ;;
      *" config endpoint "*) ;;
      *) [ -s "$2" ] || exit 1 ;;
    esac`,
    kubectl: 'exit 1',
  }, { 'bundle/bundle': BUNDLE });
  expect(output).toBe('waiting for a bundle in the Secret vault that talosctl takes: illegal base64 data\n\n');
  expect(status).toBe(0);
  expect(calls.slice(1)).toEqual([
    'talosctl gen config acme https://unused --with-secrets ./bundle/bundle --output-types talosconfig --output ./scratch/talosconfig --force',
    'talosctl --talosconfig ./scratch/talosconfig config endpoint a',
    'talosctl --talosconfig ./scratch/talosconfig --endpoints a-0.a --nodes a-0.a bootstrap',
    'talosctl --talosconfig ./scratch/talosconfig --endpoints a-0.a --nodes a-0.a etcd status',
  ]);
});
