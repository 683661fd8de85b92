import { Duration } from 'cdk8s';
import {
  ApiExposure, BootstrapMode, ClaimRetention, ConfigUpdate, EtcdRecovery, KubernetesUpgrade, MachineConfigPatch, MemberAddresses, MountStorage,
  NodeStorage, SecretDelivery, SecretText, TalosControlPlaneProps, TalosMount,
} from '../../src';
import { SynthesizedControlPlane, V1_14_1 } from '../support/control-planes';

// the notes have the dates of credentials
beforeEach(() => { process.env.SOURCE_DATE_EPOCH = String(Date.parse('2029-08-20T00:00:00Z') / 1000); });

type Props = Partial<TalosControlPlaneProps>;
const STABLE: Props = { replicas: 3, memberAddresses: MemberAddresses.STABLE };

function notes(props: Props = {}): string {
  return new SynthesizedControlPlane(props).construct.describe();
}

function section(text: string, heading: string): string[] {
  const [, body] = new RegExp(`^${heading}\n((?:  .*\n)+)`, 'm').exec(text)!;
  return body.trimEnd().split('\n').map((line) => line.slice(2));
}

test('of one member', () => {
  expect(notes({ kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) })).toMatchSnapshot();
});

test('of several members', () => {
  expect(notes(STABLE)).toMatchSnapshot();
});

test.each<[string, Props, string, string]>([
  ['the manual bootstrap', { bootstrap: BootstrapMode.MANUAL }, 'First start',
    'talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes 127.0.0.1 bootstrap'],
  ['credentials that synthesis renews', { credentials: { validity: Duration.days(91) } }, 'Credentials',
    'The talosconfig is valid until 2029-10-06T02:41:10Z; manifests that are synthesized from 2029-08-21T14:41:10Z on have the next one.'],
  ['credentials that it doesn\'t renew', { credentials: { notBefore: new Date('2029-01-01') } }, 'Credentials',
    'The kubeconfig is valid until 2030-01-01T00:00:00Z; no synthesis renews it.'],
  ['no credentials', { credentialSecrets: false }, 'Credentials',
    'No Secrets with credentials are made: get credentials from talosconfig() and kubeconfig(), or from where you keep the secrets of the cluster.'],
  ['INIT', { bootstrap: BootstrapMode.INIT }, 'First start', 'The machine bootstraps etcd itself. If its claim is lost, it silently begins a new cluster.'],
  ['an exposed Talos API', { talosApi: ApiExposure.nodePort({ host: 'nodes.example.com', port: 30500 }) }, 'Addresses',
    'Talos API: nodes.example.com:30500 (through a port of the hosting nodes), inside acme-talos.tenant.svc.cluster.local:50000'],
  ['an address that isn\'t known', { kubernetesApi: ApiExposure.loadBalancer() }, 'Addresses',
    'Kubernetes API: https://acme.tenant.svc.cluster.local:6443 (through a load balancer, at an address that isn\'t in the certificates)'],
  ['no Services', { kubernetesApi: ApiExposure.none() }, 'Addresses',
    'Kubernetes API: https://acme-control-plane.tenant.svc.cluster.local:6443 (only inside the hosting cluster)'],
  ['an Ingress', { kubernetesApi: ApiExposure.ingress({ host: 'a.example.com', ingressClassName: 'nginx' }) }, 'Addresses',
    'Kubernetes API: https://a.example.com:443 (through an Ingress), inside https://acme.tenant.svc.cluster.local:6443'],
  ['no claims', { storage: NodeStorage.ephemeral() }, 'Claims', 'none is made'],
  ['open metrics', { metrics: true }, 'Ports of each member', '2381  etcd-metrics: clients that read metrics'],
  ['data in the pod', { storage: NodeStorage.ephemeral() }, 'What the cluster survives', 'the pod is replaced: the cluster is lost, because nothing keeps its data'],
  ['data on the node', { storage: NodeStorage.ephemeral().withMount(TalosMount.VAR, MountStorage.hostPath('/srv/talos')) }, 'What the cluster survives',
    'a pod moves to another hosting node: an empty machine is in its place'],
  ['claims that go', { claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE } }, 'Claims',
    'They are deleted with their data when the StatefulSet is deleted, and stay when it gets fewer replicas.'],
  ['a blocked drain', { allowSingleMemberEviction: false }, 'What the cluster survives', 'the hosting node is drained: that waits until you delete the pod'],
  ['INITIAL', { configUpdate: ConfigUpdate.INITIAL }, 'When the machine config changes',
    'Existing machines don\'t change: use `talosctl apply-config` or `talosctl patch machineconfig`.'],
  ['APPLY_JOB', { configUpdate: ConfigUpdate.APPLY_JOB }, 'When the machine config changes', 'A new Job applies it to one member after the other; the pods stay.'],
  ['a Job that upgrades Kubernetes', STABLE, 'Upgrades of Kubernetes',
    'A Job waits until every member runs the new release, and then brings kube-proxy, CoreDNS and flannel to it. What it does:'],
  ['a person who upgrades Kubernetes', { kubernetesUpgrade: KubernetesUpgrade.MANUAL }, 'Upgrades of Kubernetes',
    'talosctl --talosconfig talosconfig --endpoints acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local --nodes acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local '
      + 'upgrade-k8s --to <release of Kubernetes> --endpoint https://acme.tenant.svc.cluster.local:6443 --upgrade-kubelet=false'],
  ['Kubernetes that nothing upgrades', { configUpdate: ConfigUpdate.INITIAL }, 'Upgrades of Kubernetes', 'Kubernetes stays as it is until you upgrade it, from a pod of the hosting cluster:'],
  ['the addresses of pods', { ...STABLE, memberAddresses: MemberAddresses.POD_IP }, 'What the cluster survives',
    'all pods are replaced at once: the quorum is lost permanently; MemberAddresses.STABLE survives it'],
  ['five members', { ...STABLE, replicas: 5 }, 'What the cluster survives',
    '2 of 5 members fail: survives'],
  ['members that leave', { ...STABLE, scaleDownFrom: 5 }, 'Fewer members', '2. Remove \'scaleDownFrom\' and apply. With any other number than that, members would be deleted that still vote.'],
  ['claims of members that left', { ...STABLE, scaleDownFrom: 5 }, 'Fewer members',
    '3. kubectl --namespace tenant delete persistentvolumeclaim data-acme-control-plane-4 data-acme-control-plane-3'],
  ['no claims of members that left', { ...STABLE, scaleDownFrom: 5, storage: NodeStorage.ephemeral() }, 'Fewer members',
    '3. kubectl --kubeconfig kubeconfig delete node acme-control-plane-4 acme-control-plane-3'],
  ['a recovery', { recoverFrom: EtcdRecovery.claim({ claimName: 'backups' }) }, 'First start',
    'A Job recovers etcd from the newest snapshot in the claim backups, or does nothing if etcd has data. It waits for a snapshot that isn\'t there. Wait for it, and see in its log which one it took:'],
  ['a recovery of a stopped cluster', { suspend: true, recoverFrom: EtcdRecovery.claim({ claimName: 'backups' }) }, 'First start',
    'No member runs. Without \'suspend\', they start with the data in their claims.'],
  ['nodes that aren\'t named like their pods', { ...STABLE, talosVersion: V1_14_1 }, 'Fewer members',
    '4. kubectl --kubeconfig kubeconfig delete node <the node that stays NotReady>'],
])('tell of %s', (_, props, heading, line) => {
  expect(section(notes(props), heading)).toContain(line);
});

test('the Job that recovers etcd is the one that they wait for, and whose log they show', () => {
  const cluster = new SynthesizedControlPlane({ recoverFrom: EtcdRecovery.s3({ bucket: 'backups', credentialsSecretName: 'credentials', region: 'eu', snapshot: 'a.db' }) });
  const lines = section(cluster.construct.describe(), 'First start');
  expect(lines[0]).toContain('A Job recovers etcd from a.db in the bucket backups, ');
  const [name] = cluster.names('Job');
  expect(lines.filter((line) => line.endsWith(`job/${name}`))).toHaveLength(2);
});

test('the Jobs that they wait for are there', () => {
  const cluster = new SynthesizedControlPlane({ ...STABLE, scaleDownFrom: 5, configUpdate: ConfigUpdate.APPLY_JOB });
  const waits = [...cluster.construct.describe().matchAll(/job\/(\S+)$/gm)].map(([, name]) => name);
  expect(waits.map((name) => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual(['acme-bootstrap', 'acme-upgrade-k8s', 'acme-scale-down']);
  expect(cluster.names('Job')).toEqual(expect.arrayContaining(waits));
});

test('the Secrets and keys of which they tell are there', () => {
  const cluster = new SynthesizedControlPlane();
  const reads = [...cluster.construct.describe().matchAll(/get secret (\S+) --output 'jsonpath=\{\.data\.(\w+)\}'/g)];
  expect(reads).toHaveLength(2);
  for (const [, name, key] of reads) {
    expect(cluster.find('Secret', name).data).toHaveProperty(key);
  }
});

describe('of keys that synthesis never sees', () => {
  const keyless = (secretDelivery: SecretDelivery, props: Props = {}) =>
    new SynthesizedControlPlane({ secrets: undefined, secretDelivery, ...props });
  const save = '(umask 077; kubectl --namespace tenant get secret acme-secrets --output \'jsonpath={.data.bundle}\' | base64 --decode > acme-secrets.yaml)';
  const create = 'kubectl --namespace tenant create secret generic acme-secrets --from-file bundle=acme-secrets.yaml';

  test.each<[string, SecretDelivery, string, string[], Props?]>([
    ['by hand', SecretDelivery.existing(),
      'You make the Secret acme-secrets with the file of `talosctl gen secrets`, for members and Jobs, and a Job makes acme-worker-secrets with the part of it that workers need.',
      ['talosctl gen secrets --output-file acme-secrets.yaml', create]],
    ['by hand, also those of workers', SecretDelivery.existing({ workerSecretName: 'acme-worker' }),
      'You make the Secret acme-secrets with the file of `talosctl gen secrets`, for members and Jobs, and also acme-worker with the part of it that workers need.',
      ['talosctl gen secrets --output-file acme-secrets.yaml', create]],
    ['from a vault', SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' }),
      'External Secrets makes the Secret acme-secrets from talos/acme in the ClusterSecretStore vault, for members and Jobs, and acme-worker-secrets with the part of it that workers need.',
      ['kubectl --namespace tenant wait --for condition=Ready --timeout 5m externalsecret/acme-secrets externalsecret/acme-worker-secrets']],
    ['made once', SecretDelivery.generateOnce(),
      'A Job makes the Secret acme-secrets once, for members and Jobs, and acme-worker-secrets with the part of it that workers need. It never makes other keys while one of the two is there.',
      [
        save, create,
        '(umask 077; talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes 127.0.0.1 get machineconfig v1alpha1 --output \'jsonpath={.spec}\' > controlplane.yaml)',
        'talosctl gen secrets --from-controlplane-config controlplane.yaml --output-file acme-secrets.yaml',
      ]],
    ['made once, and to be brought back for a recovery', SecretDelivery.generateOnce(),
      'The Secret acme-secrets must hold the keys with which the snapshot was made, so no Job makes others while \'recoverFrom\' is there. '
        + 'A Job makes acme-worker-secrets with the part of it that workers need.',
      [create, save], { recoverFrom: EtcdRecovery.claim({ claimName: 'backups' }) }],
  ])('they tell who brings them, and how to keep them: %s', (_, delivery, who, commands, props = {}) => {
    const lines = section(keyless(delivery, props).construct.describe(), 'Keys');
    expect(lines[0]).toBe(who);
    expect(lines).toContain('Pods and Jobs wait until both are there. Machines that run keep the keys with which they started.');
    expect(lines.filter((line) => /^\(?(umask|kubectl|talosctl) /.test(line))).toEqual(commands);
  });

  test('the Secrets for which they say that pods wait are those of the pods', () => {
    const patches = [MachineConfigPatch.fromDocuments({ machine: { registries: { config: { 'a.example.com': { auth: { password: SecretText.fromSecret('registry', 'password').placeholder } } } } } })];
    const line = 'Pods also wait for Secrets that you make, with texts for the machine config: registry';
    expect(section(keyless(SecretDelivery.generateOnce(), { patches }).construct.describe(), 'Keys')).toContain(line);
    expect(section(notes({ patches }), 'Keys')).toEqual([line]);
    expect(notes()).not.toContain('\nKeys\n');
  });

  test('they tell when credentials are renewed, and how to get new ones now', () => {
    const cluster = keyless(SecretDelivery.generateOnce());
    const lines = section(cluster.construct.describe(), 'Credentials');
    expect(lines).toContain('A Job makes both, and a CronJob makes new ones in time: a talosconfig is valid for a year, and so is a kubeconfig unless the machine config says otherwise.');
    const [, name] = /--from cronjob\/(\S+)$/.exec(lines[lines.length - 1])!;
    expect(cluster.names('CronJob')).toEqual([name]);
  });
});

test('they list every object, those that are added later too', () => {
  const cluster = new SynthesizedControlPlane({ ...STABLE, notes: true, networkPolicy: {} });
  const listed = section(cluster.find('ConfigMap', 'acme-notes').data['notes.txt'], 'Objects');
  expect(listed).toEqual(cluster.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
});

test('they are a ConfigMap when asked for', () => {
  const cluster = new SynthesizedControlPlane({ notes: true });
  expect(cluster.find('ConfigMap', 'acme-notes').data).toEqual({ 'notes.txt': cluster.construct.describe() });
  expect(new SynthesizedControlPlane().names('ConfigMap')).toEqual([]);
});

test('they hold no secrets', () => {
  const cluster = new SynthesizedControlPlane({ ...STABLE, notes: true, configUpdate: ConfigUpdate.APPLY_JOB });
  const secretTexts = cluster.construct.secrets!.toYaml().match(/[^\s:]{16,}/g)!;
  expect(secretTexts.length).toBeGreaterThan(10);
  for (const text of [cluster.construct.describe(), JSON.stringify(cluster.find('ConfigMap', 'acme-notes'))]) {
    expect(secretTexts.filter((secret) => text.includes(secret))).toEqual([]);
  }
});
