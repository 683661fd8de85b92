import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import {
  AddressPlan, ApiExposure, Cni, ControlPlaneOptions, EphemeralClusterProps, HostingNetwork, MachineConfigPatch, MemberAddresses, TalosCluster,
  TalosClusterProps, TalosControlPlane, TalosMachineConfig, TalosNamespace, TalosVersion, TalosWorkers,
} from '../../src';
import { decode, hostingNetwork, newChart, otherSecrets, RELEASES, secrets } from '../support/control-planes';

jest.spyOn(process, 'emitWarning').mockImplementation();

const { V1_13, V1_14 } = TalosVersion;

/** A cluster with all that is synthesized for it. */
class SynthesizedCluster {
  public static of(props: Partial<TalosClusterProps> = {}, chart: Chart = newChart()): SynthesizedCluster {
    return new SynthesizedCluster(new TalosCluster(chart, 'cluster', clusterProps(props)));
  }

  public static ephemeral(props: Partial<EphemeralClusterProps> = {}, chart: Chart = newChart()): SynthesizedCluster {
    return new SynthesizedCluster(TalosCluster.ephemeral(chart, 'cluster', { clusterName: 'ci-42', secrets, hostingNetwork, ...props }));
  }

  public readonly objects: any[];

  constructor(public readonly construct: TalosCluster) {
    this.objects = Testing.synth(Chart.of(construct));
  }

  public get ids(): string[] {
    return this.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  public find(kind: string, name: string): any {
    const object = this.objects.find((candidate) => candidate.kind === kind && candidate.metadata.name.startsWith(name));
    expect(object).toBeDefined();
    return object;
  }

  public ofKind(kind: string): any[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  /** The documents of a machine config: the legacy one first. */
  public documents(secret: string): any[] {
    return parseAllDocuments(decode(decode(this.find('Secret', secret).data.userdata))).map((document) => document.toJS());
  }

  public pod(workload: string): any {
    return this.find('StatefulSet', workload).spec.template.spec;
  }
}

function clusterProps({ controlPlane, ...props }: Partial<TalosClusterProps> = {}): TalosClusterProps {
  return { clusterName: 'acme', talosVersion: V1_13, secrets, controlPlane: { hostingNetwork, ...controlPlane }, ...props };
}

describe('a cluster', () => {
  test('is a namespace, a control plane and pools', () => {
    const { ids, construct } = SynthesizedCluster.of({ workerPools: [{ name: 'general', replicas: 3 }, { name: 'gpu' }] });
    expect(ids.map((id) => id.replace(/-[0-9a-f]{8}$/, '-<hash>'))).toEqual([
      'Namespace tenant',
      'Secret acme-control-plane-config', 'Service acme-control-plane', 'StatefulSet acme-control-plane', 'Service acme',
      'PodDisruptionBudget acme-control-plane', 'Secret acme-talosconfig', 'Secret acme-kubeconfig', 'Secret acme-control-plane-jobs',
      'Job acme-bootstrap-<hash>',
      'Secret acme-general-config', 'Service acme-general', 'StatefulSet acme-general', 'PodDisruptionBudget acme-general',
      'Secret acme-gpu-config', 'Service acme-gpu', 'StatefulSet acme-gpu', 'PodDisruptionBudget acme-gpu',
    ]);
    expect(construct.namespace).toBeInstanceOf(TalosNamespace);
    expect(construct.controlPlane).toBeInstanceOf(TalosControlPlane);
    expect(construct.workerPools.map(({ poolName, replicas }) => [poolName, replicas])).toEqual([['general', 3], ['gpu', 1]]);
    expect(construct.secrets).toBe(secrets);
    expect(construct.readinessJobName).toBeUndefined();
  });

  test('has all its objects under one label, but the namespace', () => {
    const { objects } = SynthesizedCluster.of({
      controlPlane: { notes: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, workerPools: [{ name: 'a' }], readinessJob: {},
    });
    const unlabelled = objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/part-of'] !== 'acme').map(({ kind }) => kind);
    expect(unlabelled).toEqual(['Namespace']);
  });

  test('gives its release to all machines that have none of their own', () => {
    const { construct } = SynthesizedCluster.of({
      talosVersion: V1_13, controlPlane: { talosVersion: V1_14 }, workerPools: [{ name: 'a' }, { name: 'b', talosVersion: TalosVersion.V1_12 }],
    });
    expect(construct.controlPlane.talosVersion).toBe(V1_14);
    expect(construct.workerPools.map(({ talosVersion }) => talosVersion.minor)).toEqual(['1.13', '1.12']);
  });

  test('gives its release also to machines whose own is explicitly undefined', () => {
    const { construct } = SynthesizedCluster.of({
      talosVersion: TalosVersion.V1_12, controlPlane: { talosVersion: undefined }, workerPools: [{ name: 'a', talosVersion: undefined }],
    });
    expect([construct.controlPlane, ...construct.workerPools].map(({ talosVersion }) => talosVersion.minor)).toEqual(['1.12', '1.12']);
  });

  test('needs secrets', () => {
    expect(() => SynthesizedCluster.of({ secrets: undefined })).toThrow('\'secrets\' is missing');
  });

  test.each<[string, Partial<TalosClusterProps>, string]>([
    ['a name that is none', { clusterName: 'Acme' }, '\'clusterName\' (Acme) is not a DNS label'],
    ['a long name', { clusterName: 'a'.repeat(39) }, '\'clusterName\''],
    ['a namespace that is none', { namespace: 'a.b' }, '\'namespace\' (a.b) is not a DNS label'],
    ['such a namespace that is made elsewhere', { namespace: 'a.b', createNamespace: false }, '\'namespace\' (a.b) is not a DNS label'],
    ['an empty namespace', { namespace: '', createNamespace: false }, '\'namespace\' () is not a DNS label'],
    ['members that each begin a cluster', {
      controlPlane: { replicas: 3, memberAddresses: MemberAddresses.POD_IP, patches: [MachineConfigPatch.fromYaml('machine: {type: init}')] },
    }, '\'machine.type\' (init) in the machine config would begin 3 clusters with 3 members'],
    ['two machines of one name', {
      workerPools: ['a', 'b'].map((name) => ({ name, patches: [MachineConfigPatch.fromYaml('machine: {network: {hostname: edge}}')] })), talosVersion: TalosVersion.V1_11,
    }, '\'hostname\' (edge) in the machine config is the name of the machine at test/cluster/Workers-a already'],
    ['two pools of one name', { workerPools: [{ name: 'a' }, { name: 'a' }] }, '\'name\' (a) is the name of the machines at test/cluster/Workers-a already'],
    ['a pool named like the control plane', { workerPools: [{ name: 'control-plane' }] },
      '\'name\' (control-plane) is the name of the machines at test/cluster/ControlPlane already'],
    ['a pool without a name', { workerPools: [{ name: '' }] }, '\'name\' () is not a DNS label'],
    ['a pool without workers', { workerPools: [{ name: 'a', replicas: 0 }] }, '\'replicas\' (0)'],
  ])('can\'t have %s', (_, props, message) => {
    expect(() => SynthesizedCluster.of(props)).toThrow(message);
  });

  test('is the only one of its name in a namespace', () => {
    const chart = newChart();
    new TalosCluster(chart, 'a', clusterProps());
    expect(() => new TalosCluster(chart, 'b', clusterProps({ secrets: otherSecrets }))).toThrow(
      '\'clusterName\' (acme) is the name of the control plane at test/a/ControlPlane already: give one of them another name');
    expect(() => new TalosControlPlane(chart, 'c', { clusterName: 'acme', secrets })).toThrow('\'clusterName\' (acme) is the name of the control plane at');
    expect(() => new TalosCluster(chart, 'd', clusterProps({ namespace: 'other' }))).not.toThrow();
  });

  test('has no machines in common with another one', () => {
    const chart = newChart();
    new TalosCluster(chart, 'a', clusterProps({ workerPools: [{ name: 'b-control-plane' }] }));
    expect(() => new TalosCluster(chart, 'b', clusterProps({ clusterName: 'acme-b' }))).toThrow(
      '\'clusterName\' (acme-b-control-plane) is the name of the machines at test/a/Workers-b-control-plane already');
  });
});

describe('the namespace', () => {
  const namespaces = (chart: Chart) => Testing.synth(chart).filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata);

  test.each<[string, string | undefined, Partial<TalosClusterProps>, string]>([
    ['the chart\'s', 'tenant', {}, 'tenant'],
    ['the cluster\'s own, where the chart has none', undefined, {}, 'acme'],
    ['the one that is given', 'tenant', { namespace: 'other' }, 'other'],
    ['the one that is given, where the chart has none', undefined, { namespace: 'other' }, 'other'],
  ])('is %s', (_, ofChart, props, expected) => {
    const chart = new Chart(new App(), 'test', { namespace: ofChart });
    const { objects, construct } = SynthesizedCluster.of({ ...props, workerPools: [{ name: 'a' }], readinessJob: {} }, chart);
    expect(construct.namespaceName).toBe(expected);
    expect(namespaces(chart)).toEqual([{ name: expected, labels: expect.objectContaining({ 'pod-security.kubernetes.io/enforce': 'privileged' }) }]);
    const others = objects.filter(({ kind }) => kind !== 'Namespace');
    expect([...new Set(others.map(({ metadata }) => metadata.namespace))]).toEqual([expected]);
    // and every name by which machines find each other is there
    const hosts = JSON.stringify(others.map(({ data = {}, spec }) => [spec, ...Object.values<string>(data).map((value) => decode(decode(value)))]));
    expect([...hosts.matchAll(/\.([a-z0-9-]+)\.svc\b/g)].map(([, namespace]) => namespace).every((namespace) => namespace === expected)).toBe(true);
  });

  test('of a chart below the cluster is the chart\'s', () => {
    const { construct } = SynthesizedCluster.of({ namespace: 'cluster' });
    const [own, without] = [new Chart(construct, 'own', { namespace: 'own' }), new Chart(construct, 'without')];
    [own, without].forEach((chart) => new TalosWorkers(chart, 'workers', { controlPlane: construct.controlPlane, name: chart.node.id }));
    expect([own, without].map((chart) => Testing.synth(chart)[0].metadata.namespace)).toEqual(['own', 'cluster']);
  });

  test('isn\'t made where it is made elsewhere', () => {
    const { ids, construct } = SynthesizedCluster.of({ createNamespace: false });
    expect(ids).not.toContain('Namespace tenant');
    expect(construct.namespace).toBeUndefined();
  });

  test('is made once', () => {
    const chart = newChart();
    new TalosNamespace(chart, 'namespace');
    const first = new TalosCluster(chart, 'a', clusterProps());
    const second = new TalosCluster(chart, 'b', clusterProps({ clusterName: 'globex', secrets: otherSecrets, namespace: 'tenant' }));
    expect([first.namespace, second.namespace]).toEqual([undefined, undefined]);
    expect(namespaces(chart)).toHaveLength(1);
  });

  test('can\'t be made again after that', () => {
    const chart = newChart();
    new TalosCluster(chart, 'a', clusterProps());
    expect(() => new TalosNamespace(chart, 'namespace')).toThrow('\'name\' (tenant) is the name of the Namespace at test/a/Namespace already');
  });

  test('of two clusters in one chart is one for each', () => {
    const chart = new Chart(new App(), 'test');
    ['acme', 'globex'].forEach((clusterName) => new TalosCluster(chart, clusterName, clusterProps({ clusterName, workerPools: [{ name: 'a' }] })));
    for (const { kind, metadata } of Testing.synth(chart)) {
      expect(metadata.name.startsWith(kind === 'Namespace' ? metadata.name : metadata.namespace)).toBe(true);
    }
  });
});

describe('an ephemeral cluster', () => {
  test('is one call', () => {
    const chart = new Chart(new App(), 'test');
    const { ids, construct } = new SynthesizedCluster(TalosCluster.ephemeral(chart, 'ci', { clusterName: 'ci-42', workers: 2 }));
    expect(construct.workerPools.map(({ replicas }) => replicas)).toEqual([2]);
    expect(ids).toEqual([
      'Namespace ci-42',
      'Secret ci-42-control-plane-config', 'Service ci-42-control-plane', 'StatefulSet ci-42-control-plane', 'Service ci-42',
      'PodDisruptionBudget ci-42-control-plane', 'Secret ci-42-talosconfig', 'Secret ci-42-kubeconfig',
      'Secret ci-42-worker-config', 'Service ci-42-worker', 'StatefulSet ci-42-worker', 'PodDisruptionBudget ci-42-worker',
    ]);
  });

  test('has secrets of its own with each synthesis, unless they are given', () => {
    const generated = [1, 2].map(() => SynthesizedCluster.ephemeral({ secrets: undefined }).objects);
    expect(generated[0]).not.toEqual(generated[1]);
    expect(SynthesizedCluster.ephemeral().objects).toEqual(SynthesizedCluster.ephemeral().objects);
  });

  test('bootstraps itself, on machines that are asked for nothing outside, and runs pods on the control plane', () => {
    const cluster = SynthesizedCluster.ephemeral({ workers: 1 });
    const [{ machine, cluster: inner }] = cluster.documents('ci-42-control-plane-config');
    expect(machine.type).toBe('init');
    expect(inner.allowSchedulingOnControlPlanes).toBe(true);
    expect(inner.discovery.enabled).toBe(false);
    expect(cluster.documents('ci-42-worker-config')[0].cluster.discovery.enabled).toBe(false);
    expect(cluster.ofKind('Job')).toEqual([]);
  });

  test.each(RELEASES.map((talosVersion) => [talosVersion.imageTag, talosVersion] as const))('keeps nothing, and everything within limits, on %s', (_, talosVersion) => {
    const cluster = SynthesizedCluster.ephemeral({ workers: 1, talosVersion, sizeLimit: Size.gibibytes(6) });
    for (const workload of ['ci-42-control-plane', 'ci-42-worker']) {
      expect(cluster.find('StatefulSet', workload).spec.volumeClaimTemplates).toBeUndefined();
      const { volumes, terminationGracePeriodSeconds, containers: [{ lifecycle }] } = cluster.pod(workload);
      const limits = volumes.map(({ name, emptyDir }: any) => [name, emptyDir?.sizeLimit]);
      expect(limits).toContainEqual(['var', '6Gi']);
      // before 1.8, flannel installs its plugins into /opt
      expect(limits.every(([name, limit]: [string, string]) => limit === (['var', 'opt'].includes(name) ? '6Gi' : '64Mi'))).toBe(true);
      expect([terminationGracePeriodSeconds, lifecycle]).toEqual([30, undefined]);
    }
    for (const secret of ['ci-42-control-plane-config', 'ci-42-worker-config']) {
      expect(cluster.documents(secret)[0].machine).toBeDefined();
    }
  });

  test('asks for little', () => {
    const requests = (cluster: SynthesizedCluster) =>
      ['ci-42-control-plane', 'ci-42-worker'].map((workload) => cluster.pod(workload).containers[0].resources);
    expect(requests(SynthesizedCluster.ephemeral({ workers: 1 }))).toEqual([
      { requests: { cpu: '500m', memory: '1536Mi' } }, { requests: { cpu: '250m', memory: '768Mi' } },
    ]);
    const [controlPlaneResources, workerResources] = [{ requests: { cpu: '1' } }, { limits: { memory: '2Gi' } }];
    const cluster = SynthesizedCluster.ephemeral({ workers: 1, controlPlaneResources, workerResources });
    expect(requests(cluster)).toEqual([controlPlaneResources, workerResources]);
  });

  test('has a kubeconfig for clients in the hosting cluster', () => {
    const { data } = SynthesizedCluster.ephemeral({ namespace: 'runs' }).find('Secret', 'ci-42-kubeconfig');
    expect(parse(decode(data.value)).clusters[0].cluster.server).toBe('https://ci-42.runs.svc.cluster.local:6443');
  });

  test('takes what else matters for a run', () => {
    const cluster = SynthesizedCluster.ephemeral({
      workers: 1,
      kubernetesVersion: '1.35.1',
      cni: Cni.none(),
      patches: [MachineConfigPatch.fromYaml('machine: {sysctls: {vm.max_map_count: "262144"}}')],
    });
    for (const name of ['control-plane', 'worker']) {
      const [{ machine }] = cluster.documents(`ci-42-${name}-config`);
      expect(machine.sysctls).toEqual({ 'vm.max_map_count': '262144' });
      expect(machine.kubelet.image).toBe('ghcr.io/siderolabs/kubelet:v1.35.1');
      expect(cluster.pod(`ci-42-${name}`).containers[0].securityContext.readOnlyRootFilesystem).toBe(false);
    }
    expect(cluster.documents('ci-42-control-plane-config')[0].cluster.network.cni).toEqual({ name: 'none' });
  });

  test.each<[Duration | undefined, string]>([
    [undefined, '24h'],
    [Duration.hours(2), '2h'],
    [Duration.minutes(90), '90m'],
    [Duration.days(3), '72h'],
  ])('may be deleted after %s', (ttl, lifetime) => {
    const { metadata } = SynthesizedCluster.ephemeral({ ttl }).find('Namespace', 'tenant');
    expect(metadata.labels).toMatchObject({ 'cleanup.kyverno.io/ttl': lifetime });
    expect(metadata.annotations).toEqual({ 'janitor/ttl': lifetime });
  });

  test('says so on every object, where the namespace isn\'t its own', () => {
    const { objects } = SynthesizedCluster.ephemeral({ createNamespace: false, workers: 1 });
    expect(objects.map(({ metadata }) => [metadata.labels['cleanup.kyverno.io/ttl'], metadata.annotations['janitor/ttl']]))
      .toEqual(objects.map(() => ['24h', '24h']));
    expect(SynthesizedCluster.ephemeral().objects.filter(({ metadata }) => metadata.annotations?.['janitor/ttl'])).toHaveLength(1);
  });

  test.each<[string, Partial<EphemeralClusterProps>, string]>([
    ['half a worker', { workers: 0.5 }, '\'workers\' (0.5)'],
    ['less than none', { workers: -1 }, '\'workers\' (-1)'],
    ['a life of seconds', { ttl: Duration.seconds(90) }, '\'ttl, in minutes\' (1.5)'],
    ['no life', { ttl: Duration.minutes(0) }, '\'ttl, in minutes\' (0)'],
    ['no space', { sizeLimit: Size.gibibytes(0) }, '\'sizeLimit\' (0Ki) must be more than zero'],
    ['no time to become ready', { readinessJob: { timeout: Duration.millis(500) } }, '\'readinessJob.timeout, in seconds\' (0.5)'],
  ])('can\'t have %s', (_, props, message) => {
    expect(() => SynthesizedCluster.ephemeral(props)).toThrow(message);
  });
});

describe('the readiness Job', () => {
  const job = (cluster: SynthesizedCluster) => cluster.find('Job', `${cluster.construct.clusterName}-readiness`);
  const script = (cluster: SynthesizedCluster): string => job(cluster).spec.template.spec.containers[0].command[3];
  const workerPools = [{ name: 'general', replicas: 2 }, { name: 'gpu' }];

  test('asks after every machine, by its own name', () => {
    const cluster = SynthesizedCluster.of({ workerPools, readinessJob: {} });
    expect(cluster.construct.readinessJobName).toBe(job(cluster).metadata.name);
    expect(job(cluster).metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'readiness', 'app.kubernetes.io/part-of': 'acme' });
    const [, controlPlanes, workers] = /control_planes=\$\(addresses (.*)\).*workers=\$\(addresses (.*)\)/s.exec(script(cluster))!;
    expect(controlPlanes).toBe('acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local');
    expect(workers.split(' ')).toEqual([
      'acme-general-0.acme-general.tenant.svc.cluster.local', 'acme-general-1.acme-general.tenant.svc.cluster.local', 'acme-gpu-0.acme-gpu.tenant.svc.cluster.local',
    ]);
  });

  test('is another one with other machines', () => {
    const controlPlane = { allowSchedulingOnControlPlanes: true };
    const names = [[], [{ name: 'a' }], [{ name: 'a', replicas: 2 }]]
      .map((pools) => SynthesizedCluster.of({ workerPools: pools, readinessJob: {}, controlPlane }).construct.readinessJobName);
    expect(new Set(names).size).toBe(3);
  });

  test('fails after its time', () => {
    expect(job(SynthesizedCluster.of({ workerPools, readinessJob: {} })).spec.activeDeadlineSeconds).toBe(1200);
    expect(job(SynthesizedCluster.of({ workerPools, readinessJob: { timeout: Duration.minutes(5) } })).spec.activeDeadlineSeconds).toBe(300);
  });

  test('has a talosconfig of an administrator, which its pod mounts', () => {
    const cluster = SynthesizedCluster.of({ workerPools, readinessJob: {} });
    const { contexts } = parse(decode(cluster.find('Secret', 'acme-readiness').data.talosconfig));
    expect(contexts.acme.endpoints).toEqual(['acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local']);
    expect(job(cluster).spec.template.spec.volumes).toContainEqual({ name: 'talosconfig', secret: { secretName: 'acme-readiness' } });
  });

  test('takes the images that the control plane has for its own', () => {
    const toolImages = { talosctl: 'registry.example.com/talosctl:1', busybox: 'registry.example.com/busybox:1' };
    const { containers, initContainers, imagePullSecrets } = job(SynthesizedCluster.of({
      workerPools, readinessJob: {}, controlPlane: { toolImages, imagePullSecrets: ['keys'] },
    })).spec.template.spec;
    expect([containers[0].image, initContainers[0].image, imagePullSecrets]).toEqual([toolImages.talosctl, toolImages.busybox, [{ name: 'keys' }]]);
  });

  test('comes with a kubeconfig for pipelines, where the ordinary one is for clients outside', () => {
    const outside = { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) };
    const server = (cluster: SynthesizedCluster, name: string) => parse(decode(cluster.find('Secret', name).data.value)).clusters[0].cluster.server;
    const cluster = SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane: outside });
    expect(server(cluster, 'acme-kubeconfig')).toBe('https://203.0.113.10:6443');
    expect(server(cluster, 'acme-inside-kubeconfig')).toBe('https://acme.tenant.svc.cluster.local:6443');
    expect(SynthesizedCluster.of({ workerPools, readinessJob: {} }).ids).not.toContain('Secret acme-inside-kubeconfig');
    expect(SynthesizedCluster.of({ workerPools, controlPlane: outside }).ids).not.toContain('Secret acme-inside-kubeconfig');
    const withoutCredentials = { ...outside, credentialSecrets: false };
    expect(SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane: withoutCredentials }).ids).not.toContain('Secret acme-inside-kubeconfig');
  });

  test.each<[string, string[], string[]]>([
    ['a', ['10.244.0.0/16'], ['10.96.0.0/16']],
    ['a', [], []],
    ['aaaa', ['fd01::/48'], ['fd02::/112']],
    ['aaaa', ['fd01::/48'], []],
    ['aaaa', [], ['fd02::/112']],
  ])('asks for records of the type %s, which headless Services have with pods in %j and Services in %j', (record, podCidrs, serviceCidrs) => {
    const controlPlane = { hostingNetwork: HostingNetwork.of({ podCidrs, serviceCidrs }) };
    expect(script(SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane }))).toContain(`-type=${record} "`);
  });

  test.each<[string, ControlPlaneOptions]>([
    ['Services', { replicas: 3, memberAddresses: MemberAddresses.STABLE }],
    ['pods of two families', { hostingNetwork: HostingNetwork.of({ podCidrs: ['fd01::/48', '10.244.0.0/16'], serviceCidrs: ['fd02::/112', '10.96.0.0/16'] }) }],
    ['pods, of which only one family has Services', { hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16', 'fd02::/112'] }) }],
  ])('asks each machine where etcd may be at addresses of %s, which health doesn\'t know', (_, controlPlane) => {
    const text = script(SynthesizedCluster.of({ workerPools: [{ name: 'general' }], readinessJob: {}, controlPlane }));
    expect(text).not.toContain(' health ');
    expect(text).toContain('get nodestatus');
    expect(text).toContain('acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local');
    expect(text).toContain('acme-general-0.acme-general.tenant.svc.cluster.local');
  });

  test('can\'t wait for a cluster that runs nothing', () => {
    expect(() => SynthesizedCluster.of({ readinessJob: {} })).toThrow(
      '\'readinessJob\' would call a cluster ready on which no ordinary pod can run, as there are no \'workerPools\' and \'controlPlane.allowSchedulingOnControlPlanes\' is false');
    expect(() => SynthesizedCluster.of({ readinessJob: {}, controlPlane: { allowSchedulingOnControlPlanes: true } })).not.toThrow();
    expect(() => SynthesizedCluster.ephemeral({ readinessJob: {} })).not.toThrow();
  });

  test('can\'t know machines outside', () => {
    expect(() => SynthesizedCluster.of({
      workerPools, readinessJob: {}, controlPlane: { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) },
    })).toThrow('\'readinessJob\' knows the machines in pods only');
  });

  test.each<[string, ControlPlaneOptions, string]>([
    ['members that leave', { scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP }, '\'controlPlane.scaleDownFrom\' (3)'],
  ])('can\'t wait for %s, with which health never comes', (_, controlPlane, cause) => {
    expect(() => SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane })).toThrow(/^'readinessJob' would wait for ever .*: leave/);
    expect(() => SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane })).toThrow(cause);
    expect(() => SynthesizedCluster.of({ workerPools, controlPlane })).not.toThrow();
  });

  test('can\'t know pools that join later', () => {
    const chart = newChart();
    const { controlPlane } = new TalosCluster(chart, 'cluster', clusterProps({ workerPools, readinessJob: {} }));
    new TalosWorkers(chart, 'late', { controlPlane, name: 'late' });
    expect(() => (chart.node.root as App).synthYaml()).toThrow('\'readinessJob\' doesn\'t know the pool \'late\'');
  });

  test('needs to know the secrets', () => {
    const chart = newChart();
    const machineConfig = TalosMachineConfig.fromSecretName(chart, 'config', 'elsewhere');
    expect(() => new TalosCluster(chart, 'cluster', { clusterName: 'acme', secrets, controlPlane: { machineConfig }, readinessJob: {} }))
      .toThrow('\'machineConfig\' (elsewhere) of the control plane is made elsewhere');
  });
});

describe('a fleet', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 4 });

  test('is the same for each cluster, whoever else is there', () => {
    const synth = (all: string[]) => {
      const plan = AddressPlan.of({ hostingNetwork });
      const app = new App();
      return new Map(all.map((clusterName, number) => {
        const chart = new Chart(app, clusterName, { namespace: clusterName });
        new TalosCluster(chart, 'cluster', clusterProps({
          clusterName, controlPlane: plan.allocate(clusterName, number), workerPools: [{ name: 'general' }],
        }));
        return [clusterName, Testing.synth(chart)];
      }));
    };
    fc.assert(fc.property(names, (all) => {
      const together = synth(all);
      expect(synth(all.slice(0, 1)).get(all[0])).toEqual(together.get(all[0]));
    }), { numRuns: 5 });
  });

  test('has fifty clusters in one chart, with networks and names of their own', () => {
    const chart = new Chart(new App(), 'fleet');
    const plan = AddressPlan.of({ hostingNetwork });
    const clusters = Array.from({ length: 50 }, (_, number) => new TalosCluster(chart, `tenant-${number}`, clusterProps({
      clusterName: `tenant-${number}`, controlPlane: plan.allocate(`tenant-${number}`, number), workerPools: [{ name: 'general', replicas: 3 }],
    })));
    const subnets = clusters.map(({ controlPlane }) => controlPlane.machineConfig.config!._subnets.podSubnets[0]);
    expect(new Set(subnets).size).toBe(50);
    const ids = Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
