import { App, Chart, Duration, Size } from 'cdk8s';
import { parse } from 'yaml';
import { Cni, EphemeralClusterProps, MachineConfigPatch, TalosCluster } from '../../src';
import { SynthesizedCluster } from '../support/clusters';
import { decode, RELEASES } from '../support/control-planes';
import { generateQuickly } from '../support/secrets-fixtures';

generateQuickly();

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

  test('takes patches for all machines, and for those of each role', () => {
    const sysctl = (name: string) => [MachineConfigPatch.fromDocuments({ machine: { sysctls: { [`net.${name}`]: '1' } } })];
    const apiServer = MachineConfigPatch.fromDocuments({ cluster: { apiServer: { extraArgs: { 'feature-gates': 'HPAScaleToZero=true' } } } });
    const cluster = SynthesizedCluster.ephemeral({
      workers: 1, patches: sysctl('all'), controlPlanePatches: [...sysctl('control-plane'), apiServer], workerPatches: sysctl('worker'),
    });
    for (const name of ['control-plane', 'worker']) {
      expect(cluster.documents(`ci-42-${name}-config`)[0].machine.sysctls).toEqual({ 'net.all': '1', [`net.${name}`]: '1' });
    }
    expect(cluster.documents('ci-42-control-plane-config')[0].cluster.apiServer.extraArgs).toEqual({ 'feature-gates': 'HPAScaleToZero=true' });
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
