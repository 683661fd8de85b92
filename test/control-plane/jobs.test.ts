import { parse } from 'yaml';
import {
  ApiExposure, BootstrapMode, ConfigUpdate, EtcdRecovery, KubernetesUpgrade, MachineConfig, MachineConfigPatch, SecretDelivery, SnapshotTarget,
  TalosControlPlaneProps, TalosMachineConfig, TalosVersion,
} from '../../src';
import { HEADLESS, newChart, otherSecrets, secrets, STABLE, SynthesizedControlPlane, V1_14_1 } from '../support/control-planes';
import { isAllowed } from '../support/network-policies';
import { warningsOf } from '../support/warnings';

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

describe('credentials', () => {
  test.each<[string, Props, string, string]>([
    ['inside', {}, 'https://acme.tenant.svc.cluster.local:6443', HEADLESS],
    ['without a Service', { kubernetesApi: ApiExposure.none() }, `https://${HEADLESS}:6443`, HEADLESS],
    ['load balancers', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }) },
      'https://203.0.113.10:6443', '203.0.113.11'],
    ['a load balancer of IPv6', { kubernetesApi: ApiExposure.loadBalancer({ host: '2001:db8::1' }), talosApi: ApiExposure.loadBalancer({ host: '2001:db8::2' }) },
      'https://[2001:db8::1]:6443', '2001:db8::2'],
    ['node ports', {
      kubernetesApi: ApiExposure.nodePort({ host: 'nodes.example.com', port: 30443 }), talosApi: ApiExposure.nodePort({ host: '192.0.2.1', port: 30500 }),
    }, 'https://nodes.example.com:30443', '192.0.2.1:30500'],
    ['an Ingress', { kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }) }, 'https://acme.example.com:443', HEADLESS],
    ['a Gateway on another port', { kubernetesApi: ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge', port: 8443 }) },
      'https://acme.example.com:8443', HEADLESS],
  ])('have the exposed addresses: %s', (_, props, server, endpoint) => {
    const cluster = synth(props);
    expect(cluster.secretValue('acme-kubeconfig', 'value').clusters[0].cluster.server).toBe(server);
    expect(cluster.secretValue('acme-talosconfig', 'talosconfig').contexts.acme.endpoints).toEqual([endpoint]);
    // Jobs stay inside
    expect(cluster.secretValue('acme-bootstrap', 'talosconfig').contexts.acme.endpoints).toEqual([HEADLESS]);
  });

  test('can be left out, other than those of the Jobs', () => {
    expect(synth({ credentialSecrets: false }).names('Secret')).toEqual(['acme-control-plane-config', 'acme-bootstrap', 'acme-upgrade-k8s']);
    expect(synth({ credentialSecrets: false, bootstrap: BootstrapMode.MANUAL, kubernetesUpgrade: KubernetesUpgrade.MANUAL }).names('Secret')).toEqual(['acme-control-plane-config']);
  });
});

describe('bootstrap', () => {
  test('is a Job with the least that it needs', () => {
    const job = synth().job('acme-bootstrap');
    const { spec, metadata } = job.spec.template;
    expect(spec).toMatchObject({
      restartPolicy: 'OnFailure',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect([...spec.initContainers, ...spec.containers]).toHaveLength(2);
    for (const container of [...spec.initContainers, ...spec.containers]) {
      expect(container).toMatchObject({
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          runAsUser: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      expect(container.securityContext).not.toHaveProperty('privileged');
    }
    expect(spec.volumes.flatMap(({ secret }: any) => secret ?? [])).toEqual([{ secretName: 'acme-bootstrap' }]);
    expect(spec.volumes.some((volume: any) => 'hostPath' in volume)).toBe(false);
    // or the Services and the budget would select it
    expect(metadata.labels['app.kubernetes.io/name']).toBe('talosctl');
  });

  test('asks the first member until etcd answers, and takes it well that it is there', () => {
    const script = synth(STABLE).script('acme-bootstrap');
    expect(script).toContain(`node=acme-control-plane-0.${HEADLESS}\n`);
    expect(script).toContain('*AlreadyExists*) echo "already bootstrapped"; break');
    expect(script).toContain('etcd status');
  });

  test('has another name when it does something else', () => {
    const name = (props: Props) => synth(props).job('acme-bootstrap').metadata.name;
    expect(name({})).toMatch(/^acme-bootstrap-[0-9a-f]{8}$/);
    expect(name({})).toBe(name({ additionalSans: ['a.example.com'] }));
    expect(name({})).not.toBe(name({ secrets: otherSecrets }));
    expect(name({})).not.toBe(name({ toolImages: { talosctl: 'registry.example.com/talosctl:v1.13.9' } }));
  });

  test.each<[BootstrapMode, string, number]>([
    [BootstrapMode.JOB, 'controlplane', 1],
    [BootstrapMode.INIT, 'init', 0],
    [BootstrapMode.MANUAL, 'controlplane', 0],
  ])('%s makes a machine of type %s', (bootstrap, type, jobs) => {
    const cluster = synth({ bootstrap });
    expect(cluster.legacy.machine.type).toBe(type);
    expect(cluster.names('Job').filter((name) => name.startsWith('acme-bootstrap-'))).toHaveLength(jobs);
  });

  test('takes its images from where they are', () => {
    const cluster = synth({
      ...STABLE, imagePullSecrets: ['registry'], toolImages: { talosctl: 'registry.example.com/talosctl:a', busybox: 'registry.example.com/busybox:b' },
    });
    const { initContainers, containers, imagePullSecrets } = cluster.job('acme-bootstrap').spec.template.spec;
    expect([...initContainers, ...containers].map(({ image }: any) => image)).toEqual(['registry.example.com/busybox:b', 'registry.example.com/talosctl:a']);
    expect(imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(cluster.pod.spec.initContainers[0].image).toBe('registry.example.com/busybox:b');
    expect(synth({ talosVersion: TalosVersion.V1_14 }).job('acme-bootstrap').spec.template.spec.containers[0].image).toBe('ghcr.io/siderolabs/talosctl:v1.14.2');
  });
});

describe('recovery', () => {
  const CLAIM = EtcdRecovery.claim({ claimName: 'backups' });
  const BUCKET = EtcdRecovery.s3({ bucket: 'backups', credentialsSecretName: 'credentials', endpoint: 'https://minio.example.com:9000' });
  const KEYLESS = { secrets: undefined, secretDelivery: SecretDelivery.generateOnce() };

  test.each<[string, Props]>([
    ['from a claim', { recoverFrom: CLAIM }],
    ['from a bucket', { recoverFrom: BUCKET }],
    ['of several members', { ...STABLE, recoverFrom: CLAIM, bootstrap: BootstrapMode.JOB }],
    ['without keys', { ...KEYLESS, recoverFrom: CLAIM }],
  ])('takes the place of the bootstrap, with which etcd would begin empty: %s', (_, props) => {
    const cluster = synth(props);
    expect(cluster.names('Job').filter((name) => /^acme-(bootstrap|recovery)-/.test(name))).toEqual([expect.stringMatching(/^acme-recovery-[0-9a-f]{8}$/)]);
    expect(cluster.names('Secret')).not.toContain('acme-bootstrap');
    expect(JSON.stringify(cluster.objects)).not.toMatch(/--nodes \S+ bootstrap(?! --recover-from)/);
    const script = cluster.script('acme-recovery-');
    expect(script).toContain(`node=acme-control-plane-0.${HEADLESS}\n`);
    expect(script).toContain('ask bootstrap --recover-from "$snapshot"');
    expect(script).toContain('secrets' in props ? '--with-secrets /bundle/bundle' : '--talosconfig /talosconfig/talosconfig');
  });

  test('reads the claim in the namespace, and has no more rights than the bootstrap', () => {
    const { spec } = synth({ recoverFrom: CLAIM }).job('acme-recovery').spec.template;
    const bootstrap = synth().job('acme-bootstrap').spec.template.spec;
    expect(spec.volumes).toContainEqual({ name: 'snapshots', persistentVolumeClaim: { claimName: 'backups' } });
    expect(spec.containers[0].volumeMounts).toContainEqual({ name: 'snapshots', mountPath: '/snapshots', readOnly: true });
    expect(spec.containers[0].securityContext).toEqual(bootstrap.containers[0].securityContext);
    expect(spec).toMatchObject({ automountServiceAccountToken: false, securityContext: bootstrap.securityContext });
    expect(spec).not.toHaveProperty('serviceAccountName');
  });

  test.each<[string, EtcdRecovery, string]>([
    ['the newest', CLAIM, '  fetch || '],
    ['a named one', EtcdRecovery.claim({ claimName: 'backups', snapshot: 'before-upgrade.db' }), '  fetch \'before-upgrade.db\' || '],
    ['those of another cluster', EtcdRecovery.claim({ claimName: 'backups', directory: 'globex' }), 'directory=\'/snapshots/globex\'\n'],
    ['those of a cluster of this name', EtcdRecovery.s3({ bucket: 'backups', credentialsSecretName: 'credentials', region: 'eu' }), 'remote=\':s3:backups/acme\'\n'],
  ])('takes the snapshot that is asked for: %s', (_, recoverFrom, line) => {
    expect(synth({ recoverFrom }).script('acme-recovery')).toContain(line);
  });

  test('warns of a bucket without TLS', () => {
    const warnings = (endpoint: string) => warningsOf(synth({ recoverFrom: EtcdRecovery.s3({ bucket: 'backups', credentialsSecretName: 'credentials', endpoint }) }).construct);
    expect(warnings('http://minio:9000')).toEqual(['test/cp: \'recoverFrom.endpoint\' (http://minio:9000) has no TLS: who sees the traffic reads the data of etcd; use https [talos:snapshots-without-tls]']);
    expect(warnings('https://minio:9000')).toEqual([]);
  });

  test('is another Job with another snapshot only', () => {
    const name = (recoverFrom: EtcdRecovery, props: Props = {}) => synth({ ...props, recoverFrom }).job('acme-recovery').metadata.name;
    expect(name(CLAIM)).toBe(name(CLAIM, { additionalSans: ['a.example.com'] }));
    expect(name(CLAIM, STABLE)).toBe(name(CLAIM, { ...STABLE, replicas: 5 }));
    expect(new Set([name(CLAIM), name(BUCKET), name(EtcdRecovery.claim({ claimName: 'backups', snapshot: 'a.db' }))]).size).toBe(3);
  });

  test('doesn\'t run while the members are stopped', () => {
    const cluster = synth({ recoverFrom: BUCKET, suspend: true, networkPolicy: {} });
    expect([...cluster.names('Job'), ...cluster.names('NetworkPolicy')]).toEqual(['acme-control-plane']);
  });

  test('makes no keys with which nobody can read the snapshot, and waits for those that were saved', () => {
    const cluster = synth({ ...KEYLESS, recoverFrom: CLAIM });
    expect(cluster.script('acme-secrets')).not.toContain('gen secrets');
    expect(cluster.script('acme-secrets')).toContain('waiting for the Secret acme-secrets with the key bundle');
    expect(cluster.find('Role', 'acme-secrets').rules).toContainEqual({ apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-secrets'], verbs: ['get'] });
    expect(synth(KEYLESS).script('acme-secrets')).toContain('gen secrets');
    expect(cluster.pod).toEqual(synth(KEYLESS).pod);
  });

  test.each<[string, EtcdRecovery, boolean]>([['a bucket', BUCKET, true], ['no bucket', CLAIM, false]])('alone reaches the port of %s where policies hold', (_, recoverFrom, isOpen) => {
    const { objects } = synth({ ...KEYLESS, recoverFrom, networkPolicy: {} });
    const labelsOf = (job: string) => objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith(`acme-${job}-`)).spec.template.metadata.labels;
    const outside = { cidr: '203.0.113.1/32' };
    const member = { namespace: 'tenant', labels: objects.find(({ kind }) => kind === 'StatefulSet').spec.template.metadata.labels };
    const may = (job: string, to: object, port: string) => isAllowed(objects, { namespace: 'tenant', labels: labelsOf(job) }, to, port);
    expect(may('recovery', outside, 'tcp/9000')).toBe(isOpen);
    expect(may('recovery', member, 'tcp/50000')).toBe(true);
    expect(may('credentials', outside, 'tcp/9000')).toBe(false);
  });
});

describe('an upgrade of Kubernetes', () => {
  const DIGEST = `registry.k8s.io/kube-apiserver:v1.36.3@sha256:${'a'.repeat(64)}`;
  const patch = (documents: object) => ({ patches: [MachineConfigPatch.fromDocuments(documents)] });
  const ready = (...additionalSans: string[]) => ({
    machineConfig: MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: `https://${HEADLESS}:6443`,
      secrets,
      talosVersion: TalosVersion.V1_13,
      additionalSans: [HEADLESS, ...additionalSans],
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
    }),
  });
  const INSIDE = 'acme.tenant.svc.cluster.local';

  test('is a Job that uses the Kubernetes API inside, with memory for it', () => {
    const { containers } = synth().job('acme-upgrade-k8s').spec.template.spec;
    expect(containers[0].resources).toEqual({ requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } });
    expect(parse(Buffer.from(synth().find('Secret', 'acme-upgrade-k8s').data.talosconfig, 'base64').toString()).contexts.acme.endpoints).toEqual([HEADLESS]);
    expect(synth().script('acme-upgrade-k8s')).toContain(`--from 1.36.4 --to 1.36.4 --endpoint https://${INSIDE}:6443 `);
    expect(synth({ kubernetesApi: ApiExposure.none() }).script('acme-upgrade-k8s')).toContain(`--endpoint https://${HEADLESS}:6443 `);
    expect(synth({ kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }).script('acme-upgrade-k8s')).toContain(`--endpoint https://${INSIDE}:6443 `);
  });

  test('ends after a week, also where its release never comes', () => {
    expect(synth().job('acme-upgrade-k8s').spec.activeDeadlineSeconds).toBe(604_800);
    expect(synth({ secrets: undefined, secretDelivery: SecretDelivery.existing() }).job('acme-upgrade-k8s').spec.activeDeadlineSeconds).toBe(604_800);
    expect(synth().job('acme-bootstrap').spec).not.toHaveProperty('activeDeadlineSeconds');
  });

  test('is another Job for another release of Kubernetes or Talos, and the same for another number of members', () => {
    const name = (props: Props = {}) => synth({ talosVersion: TalosVersion.of('v1.13.9'), ...props }).job('acme-upgrade-k8s').metadata.name;
    const names = [name(), name({ kubernetesVersion: '1.36.2' }), name({ talosVersion: TalosVersion.of('v1.13.8'), kubernetesVersion: '1.36.3' })];
    expect(new Set(names).size).toBe(3);
    expect(name(STABLE)).toBe(names[0]);
    expect(name({ ...STABLE, replicas: 1, scaleDownFrom: 3 })).toBe(names[0]);
    expect(name(patch({ machine: { nodeLabels: { a: 'b' } } }))).toBe(names[0]);
  });

  test.each<[string, Props]>([
    ['by default', {}],
    ['of several members', STABLE],
    ['where a person bootstraps', { bootstrap: BootstrapMode.MANUAL }],
    ['with a Job that applies the machine config', { configUpdate: ConfigUpdate.APPLY_JOB }],
    ['without keys at synthesis', { secrets: undefined, secretDelivery: SecretDelivery.existing() }],
    ['without kube-proxy', patch({ cluster: { proxy: { disabled: true, image: 'registry.k8s.io/kube-proxy:v1.35.0' } } })],
    ['of a newer layout', { talosVersion: TalosVersion.V1_14 }],
    ['of a ready machine config with all names', ready(`*.${HEADLESS}`, INSIDE)],
  ])('is there %s', (_, props) => {
    expect(synth(props).job('acme-upgrade-k8s')).toBeDefined();
    expect(synth({ ...props, kubernetesUpgrade: KubernetesUpgrade.JOB }).job('acme-upgrade-k8s')).toBeDefined();
    expect(synth({ ...props, kubernetesUpgrade: KubernetesUpgrade.MANUAL }).job('acme-upgrade-k8s')).toBeUndefined();
  });

  test('finds the images of a newer layout', () => {
    expect(synth({ talosVersion: TalosVersion.V1_14, kubernetesVersion: '1.37.1' }).script('acme-upgrade-k8s')).toContain('--proxy-image registry.k8s.io/kube-proxy\n');
    expect(synth({ talosVersion: TalosVersion.V1_14, kubeProxy: false }).job('acme-upgrade-k8s')).toBeDefined();
  });

  test.each<[string, Props, string]>([
    ['machines that keep their machine config', { configUpdate: ConfigUpdate.INITIAL },
      '\'configUpdate\' (INITIAL) leaves running members at the release with which they started: use ConfigUpdate.ROLL or APPLY_JOB, or leave the property out'],
    ['a release that keeps it by default', { talosVersion: V1_14_1 }, '\'configUpdate\' (INITIAL)'],
    ['images with digests', patch({ cluster: { apiServer: { image: DIGEST } } }), `in place of those in the machine config (${DIGEST}, `],
    ['images of two releases', patch({ cluster: { scheduler: { image: 'registry.k8s.io/kube-scheduler:v1.36.2' } } }), 'sets images of one release without a digest'],
    ['a certificate without the members', ready(INSIDE), `acme-control-plane-0.${HEADLESS} isn't among the names in the certificate of 'machineConfig': add it to 'machine.certSANs'`],
    ['a certificate without the Service', ready(`*.${HEADLESS}`), `${INSIDE} isn't among the names in the certificate of 'machineConfig': add it to 'cluster.apiServer.certSANs'`],
  ])('isn\'t there with %s, and can\'t be asked for', (_, props, message) => {
    const manual = { bootstrap: BootstrapMode.MANUAL, ...props };
    expect(synth(manual).job('acme-upgrade-k8s')).toBeUndefined();
    expect(() => synth({ ...manual, kubernetesUpgrade: KubernetesUpgrade.JOB })).toThrow(message);
  });

  test('isn\'t there by two wishes', () => {
    const snapshotTarget = SnapshotTarget.claim({ claimName: 'backups' });
    expect(() => synth({ kubernetesUpgrade: KubernetesUpgrade.MANUAL, snapshotTarget })).toThrow('\'snapshotTarget\' is for the Job that \'kubernetesUpgrade\' (MANUAL) leaves out');
    expect(() => synth({ configUpdate: ConfigUpdate.INITIAL, snapshotTarget })).toThrow('\'snapshotTarget\' needs a Job that can\'t work, because \'configUpdate\' (INITIAL)');
    expect(() => synth({ snapshotTarget: SnapshotTarget.claim({ claimName: 'Backups' }) })).toThrow('\'snapshotTarget.claimName\' (Backups)');
    expect(synth({ suspend: true, snapshotTarget }).names('Job')).toEqual([]);
  });

  test('puts a snapshot into a place first', () => {
    const job = (snapshotTarget?: SnapshotTarget) => synth({ snapshotTarget, networkPolicy: {} }).job('acme-upgrade-k8s');
    const { containers, volumes } = job(SnapshotTarget.claim({ claimName: 'backups' })).spec.template.spec;
    expect(volumes).toContainEqual({ name: 'snapshots', persistentVolumeClaim: { claimName: 'backups' } });
    expect(containers[0].command[3]).toContain('etcd snapshot "$file"');
    expect(job().metadata.name).not.toBe(job(SnapshotTarget.claim({ claimName: 'backups' })).metadata.name);
  });

  test('reaches the place of the snapshot, and other Jobs don\'t', () => {
    const bucket = SnapshotTarget.s3({ endpoint: 'http://minio.example.com:9000', bucket: 'talos', credentialsSecretName: 'minio' });
    const cluster = synth({ snapshotTarget: bucket, networkPolicy: {} });
    const ports = (name: string) => cluster.find('NetworkPolicy', name).spec.egress.flatMap((rule: any) => rule.ports.map(({ port }: any) => port));
    expect(ports('acme-control-plane-upgrade-k8s')).toEqual([50000, 6443, 9000, 53, 53]);
    expect(ports('acme-control-plane-jobs')).toEqual([50000, 53, 53]);
    expect(cluster.find('NetworkPolicy', 'acme-control-plane-upgrade-k8s').spec.podSelector.matchLabels['app.kubernetes.io/component']).toBe('upgrade-k8s');
    expect(warningsOf(cluster.construct)).toEqual([expect.stringContaining('\'snapshotTarget.endpoint\' (http://minio.example.com:9000) has no TLS')]);
  });

  test('isn\'t there where the machine config is made elsewhere', () => {
    const elsewhere = (props: Props = {}) => {
      const chart = newChart();
      const machineConfig = TalosMachineConfig.fromSecretName(chart, 'config', 'elsewhere');
      return new SynthesizedControlPlane({ machineConfig, secrets, bootstrap: BootstrapMode.MANUAL, ...props }, chart);
    };
    expect(elsewhere().job('acme-upgrade-k8s')).toBeUndefined();
    expect(() => elsewhere({ kubernetesUpgrade: KubernetesUpgrade.JOB })).toThrow('\'machineConfig\' (elsewhere) is made elsewhere, and the release of Kubernetes in it isn\'t known');
  });

  test.each<[string, Props, boolean]>([
    ['an image of the release', { image: { registry: 'registry.example.com' } }, true],
    ['a build of one\'s own', { image: { tag: 'v1.13.10-acme' } }, true],
    ['an image without a release', { image: { tag: 'main' } }, true],
    ['an image of another release', { image: { tag: 'v1.13.8' } }, false],
  ])('waits for the release of Talos with %s: %j', (_, props, waits) => {
    expect(/Tag: \*v1/.test(synth(props).script('acme-upgrade-k8s'))).toBe(waits);
  });
});
