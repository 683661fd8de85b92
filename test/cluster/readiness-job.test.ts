import { X509Certificate } from 'crypto';
import { App, Duration } from 'cdk8s';
import { parse } from 'yaml';
import { ApiExposure, ControlPlaneOptions, HostingNetwork, MemberAddresses, TalosCluster, TalosMachineConfig, TalosVersion, TalosWorkers } from '../../src';
import { clusterProps, SynthesizedCluster } from '../support/clusters';
import { decode, newChart, secrets } from '../support/control-planes';


describe('the readiness Job', () => {
  const job = (cluster: SynthesizedCluster) => cluster.find('Job', `${cluster.construct.clusterName}-readiness`);
  const script = (cluster: SynthesizedCluster): string => job(cluster).spec.template.spec.containers[0].command[3];
  const workerPools = [{ name: 'general', replicas: 2 }, { name: 'gpu' }];
  const certificate = (cluster: SynthesizedCluster) => {
    const { contexts } = parse(decode(cluster.find('Secret', 'acme-readiness').data.talosconfig));
    return new X509Certificate(Buffer.from(contexts.acme.crt, 'base64'));
  };

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
    expect(certificate(cluster).subject).toBe('O=os:admin');
    expect(job(cluster).spec.template.spec.volumes).toContainEqual({ name: 'talosconfig', secret: { secretName: 'acme-readiness' } });
  });

  test.each([
    ['a reader', TalosVersion.V1_13, 'O=os:reader'],
    ['an operator, where readers may not ask for the status of etcd', TalosVersion.V1_10, 'O=os:operator'],
  ])('has a talosconfig of %s, where it doesn\'t ask for health', (_, talosVersion, subject) => {
    const controlPlane = { replicas: 3, memberAddresses: MemberAddresses.STABLE };
    expect(certificate(SynthesizedCluster.of({ workerPools, readinessJob: {}, talosVersion, controlPlane })).subject).toBe(subject);
  });

  test('has a key of its own, and ends with the cluster\'s other credentials', () => {
    const controlPlane = { credentials: { notBefore: new Date('2028-01-01'), validity: Duration.days(31) }, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) };
    const cluster = SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane });
    const key = (name: string) => parse(decode(cluster.find('Secret', name).data.talosconfig)).contexts.acme.key;
    expect(new Set(['acme-readiness', 'acme-bootstrap', 'acme-talosconfig'].map(key)).size).toBe(3);
    expect(certificate(cluster).validTo).toBe('Feb  1 00:00:00 2028 GMT');
    const [{ user }] = parse(decode(cluster.find('Secret', 'acme-inside-kubeconfig').data.value)).users;
    expect(new X509Certificate(Buffer.from(user['client-certificate-data'], 'base64')).validTo).toBe('Feb  1 00:00:00 2028 GMT');
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
      '\'readinessJob\' would report a cluster as ready that can run no ordinary pod, because the \'workerPools\' have no workers and \'controlPlane.allowSchedulingOnControlPlanes\' is false');
    expect(() => SynthesizedCluster.of({ readinessJob: {}, controlPlane: { allowSchedulingOnControlPlanes: true } })).not.toThrow();
    expect(() => SynthesizedCluster.ephemeral({ readinessJob: {} })).not.toThrow();
  });

  test('can\'t know machines outside', () => {
    expect(() => SynthesizedCluster.of({
      workerPools, readinessJob: {}, controlPlane: { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) },
    })).toThrow('\'readinessJob\' knows only machines in pods');
  });

  test.each<[string, ControlPlaneOptions, string]>([
    ['members that leave', { scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP }, '\'controlPlane.scaleDownFrom\' (3)'],
  ])('can\'t wait for %s, with which health never comes', (_, controlPlane, cause) => {
    expect(() => SynthesizedCluster.of({ workerPools, readinessJob: {}, controlPlane })).toThrow(/'readinessJob' would never complete .*: leave/);
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
