import { Chart, Testing } from 'cdk8s';
import {
  ApiExposure, BootstrapMode, ConfigUpdate, EtcdRecovery, HostingNetwork, MachineConfigPatch, SnapshotTarget, TalosControlPlane,
  TalosControlPlaneProps, TalosMachineConfig, TalosSecrets,
} from '../../src';
import { controlPlaneProps, hostingNetwork, newChart, otherSecrets, secrets, STABLE, SynthesizedControlPlane, V1_14_1 } from '../support/control-planes';

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

describe('names', () => {
  const longest = (length: number) => synth({
    ...STABLE,
    replicas: 7,
    scaleDownFrom: undefined,
    clusterName: 'a'.repeat(length),
    talosApi: ApiExposure.clusterIp(),
    configUpdate: ConfigUpdate.APPLY_JOB,
    notes: true,
  });

  test.each([30, 38])('are within their limits for a cluster\'s name of %i characters', (length) => {
    const { objects } = longest(length);
    for (const { kind, metadata: { name } } of objects) {
      // Services, pods and Jobs have labels or host names of their names
      expect(`${kind} ${name.length <= (kind === 'StatefulSet' ? 52 : 63)}`).toBe(`${kind} true`);
    }
  });

  test('beyond them are refused', () => {
    expect(() => longest(39)).toThrow(
      `'clusterName' (${'a'.repeat(39)}) has 39 characters, 38 at most (a StatefulSet's name has 52 with '-control-plane'): choose a shorter one`);
  });

  test('of two clusters in two namespaces may be the same', () => {
    const chart = newChart();
    new TalosControlPlane(chart, 'a', controlPlaneProps());
    const other = new Chart(chart.node.root as Chart, 'other', { namespace: 'other' });
    expect(() => new TalosControlPlane(other, 'b', controlPlaneProps({ secrets: otherSecrets }))).not.toThrow();
  });
});

const OF_HOST = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'], dnsAddresses: ['169.254.20.10'] };

const recoverFrom = EtcdRecovery.claim({ claimName: 'backups' });
const BUCKET = { bucket: 'backups', region: 'eu-central-1', credentialsSecretName: 'bucket' };

describe('bad input', () => {
  test.each<[string, Props, string]>([
    ['2 replicas', { replicas: 2 }, '\'replicas\' (2) must be 1, 3, 5 or 7: two members survive no more failures than one, and one more can fail, so choose 1 or 3'],
    ['4 replicas', { replicas: 4 }, '\'replicas\' (4) must be 1, 3, 5 or 7: four members survive no more failures than three, and one more can fail, so choose 3 or 5'],
    ['9 replicas', { replicas: 9 }, '\'replicas\' (9) must be 1, 3, 5 or 7: choose one of them'],
    ['0 replicas', { replicas: 0 }, '\'replicas\' (0) must be 1, 3, 5 or 7: to stop the members, use \'suspend\''],
    ['half a replica', { replicas: 2.5 }, '\'replicas\' (2.5) must be 1, 3, 5 or 7: choose one of them'],
    ['several members without addresses', { replicas: 3 }, '\'memberAddresses\' is missing for 3 replicas: use MemberAddresses.STABLE with \'hostingNetwork\', '
      + 'or MemberAddresses.POD_IP, which doesn\'t survive the replacement of all members at once'],
    ['stable addresses without a network', { ...STABLE, hostingNetwork: undefined },
      '\'memberAddresses\' (STABLE) needs the networks of the hosting cluster\'s Services: give \'hostingNetwork\' with \'serviceCidrs\''],
    ['INIT with several members', { ...STABLE, bootstrap: BootstrapMode.INIT },
      '\'bootstrap\' (INIT) would begin 3 clusters with 3 replicas: use BootstrapMode.JOB'],
    ['scaleDownFrom below', { ...STABLE, scaleDownFrom: 3 }, '\'scaleDownFrom\' (3) must be the number of existing members, '
      + 'more than \'replicas\' (3) and at most 7: give that number, or leave the property out'],
    ['scaleDownFrom beyond', { ...STABLE, scaleDownFrom: 9 }, '\'scaleDownFrom\' (9) must be the number of existing members'],
    ['scaleDownFrom without addresses', { scaleDownFrom: 3 }, '\'memberAddresses\' is missing for 3 replicas'],
    ['scaleDownFrom without names', { ...STABLE, scaleDownFrom: 5, talosVersion: V1_14_1 },
      '\'scaleDownFrom\' (5) finds members by the names of their pods, which Talos v1.14.1 doesn\'t use: use v1.14.2 or newer'],
    ...([['MANUAL', BootstrapMode.MANUAL], ['INIT', BootstrapMode.INIT]] as const).map(([name, bootstrap]): [string, Props, string] => [
      `a recovery without the Job: ${name}`, { recoverFrom, bootstrap }, '\'recoverFrom\' (the newest snapshot in the claim backups) makes the Job that bootstraps etcd recover it, '
        + `and 'bootstrap' (${name}) leaves the Job out: leave one of the two out`,
    ]),
    ['a recovery while members leave', { ...STABLE, scaleDownFrom: 5, recoverFrom }, '\'scaleDownFrom\' (5) makes members leave etcd, and \'recoverFrom\' (the newest snapshot in the claim backups) '
      + 'begins etcd with one member: leave \'scaleDownFrom\' out while etcd is recovered'],
    ['a recovery of a machine that begins etcd itself', { recoverFrom, patches: [MachineConfigPatch.fromYaml('machine: {type: init}')] },
      '\'machine.type\' (init) in the machine config would begin an empty etcd before \'recoverFrom\' (the newest snapshot in the claim backups) could: make it controlplane'],
    ['a recovery from a claim without a name', { recoverFrom: EtcdRecovery.claim({ claimName: '' }) }, '\'recoverFrom.claimName\' () is not a DNS name'],
    ['a recovery from another directory', { recoverFrom: EtcdRecovery.claim({ claimName: 'backups', directory: '../globex' }) }, '\'recoverFrom.directory\' (../globex) is not a directory'],
    ['a recovery with credentials in the Secret of its own Job', { recoverFrom: EtcdRecovery.s3({ ...BUCKET, credentialsSecretName: 'acme-recovery' }) },
      '\'recoverFrom.credentialsSecretName\' (acme-recovery) is the name of a Secret that is made at test/cp/Recovery/Talosconfig, and would be overwritten'],
    ['an authority of a bucket in a Secret of the cluster', { recoverFrom: EtcdRecovery.s3({ ...BUCKET, caSecretName: 'acme-kubeconfig' }) },
      '\'recoverFrom.caSecretName\' (acme-kubeconfig) is the name of a Secret that is made at test/cp'],
    ['a snapshot with credentials in the Secret of its own Job', { snapshotTarget: SnapshotTarget.s3({ ...BUCKET, credentialsSecretName: 'acme-upgrade-k8s' }) },
      '\'snapshotTarget.credentialsSecretName\' (acme-upgrade-k8s) is the name of a Secret that is made at test/cp/UpgradeKubernetes/Talosconfig'],
    ['ROLL where the name would be lost', { talosVersion: V1_14_1, configUpdate: ConfigUpdate.ROLL },
      '\'configUpdate\' (ROLL) loses the node\'s name with /system/state on Talos v1.14.1'],
    ['a Kubernetes that is too old', { kubernetesVersion: '1.20.0' }, '\'kubernetesVersion\' (1.20.0)'],
    ['no secrets', { secrets: undefined }, '\'secrets\' is missing, from which the machine config is generated: give TalosSecrets.fromFile(), a ready \'machineConfig\''],
    ['a cluster\'s name that is none', { clusterName: 'Acme' }, '\'clusterName\' (Acme) is not a DNS label'],
    ['the cluster\'s own label', { labels: { 'app.kubernetes.io/part-of': 'b' } },
      '\'labels\' sets app.kubernetes.io/part-of (b), which the construct sets itself: choose another key'],
    ['an endpoint with a port', { endpointHost: 'cp.example.com:6443' },
      '\'endpointHost\' (cp.example.com:6443) is not a host: give an IP address or a DNS name, without a scheme or port'],
    ['a name with a port', { additionalSans: ['cp.example.com:6443'] }, '\'additionalSans\' (cp.example.com:6443) has a port'],
    ['the Talos API by an Ingress', { talosApi: ApiExposure.ingress({ host: 'a.example.com', ingressClassName: 'nginx' }) },
      '\'talosApi\' (ingress) can\'t be exposed like this, because its clients send no server name: use a load balancer or node port'],
    ['the Talos API by a Gateway', { talosApi: ApiExposure.gateway({ host: 'a.example.com', gatewayName: 'edge' }) }, '\'talosApi\' (gateway) can\'t be exposed like this'],
    ['workers outside of a ClusterIP', { externalWorkers: true }, '\'externalWorkers\' need the Kubernetes API (6443) and trustd (50001) at one address, '
      + 'which \'kubernetesApi\' (clusterIp) doesn\'t have: use ApiExposure.loadBalancer({ host }), or give \'endpointHost\' for a load balancer of your own'],
    ['workers outside of an Ingress', { externalWorkers: true, kubernetesApi: ApiExposure.ingress({ host: 'a.example.com', ingressClassName: 'nginx' }) },
      'which \'kubernetesApi\' (ingress) doesn\'t have'],
    ['workers outside of an unknown address', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer() },
      '\'externalWorkers\' need an address that is known in advance: give \'host\' to ApiExposure.loadBalancer(), or \'endpointHost\''],
    ['workers outside of a .svc', { externalWorkers: true, endpointHost: 'acme.tenant.svc' },
      '\'endpointHost\' (acme.tenant.svc) is a name inside the hosting cluster, which \'externalWorkers\' can\'t resolve: give an address that is reachable from outside'],
    ['workers outside of a .svc.cluster.local', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: 'acme.tenant.svc.cluster.local' }) },
      '\'kubernetesApi\' (acme.tenant.svc.cluster.local) is a name inside the hosting cluster'],
    ['pods and Services in one range', { podSubnets: ['172.30.0.0/15'], serviceSubnets: ['172.31.0.0/16'] },
      '\'podSubnets\' (172.30.0.0/15) overlaps \'serviceSubnets\' (172.31.0.0/16): choose another range, for example 172.24.0.0/16'],
    ...([
      ['podSubnets', '10.244.0.0/17', 'pod network (10.244.0.0/16)', '172.24.0.0/16'],
      ['podSubnets', '10.0.0.0/8', 'pod network (10.244.0.0/16)', '172.24.0.0/16'],
      ['podSubnets', '10.96.0.0/12', 'Service network (10.96.0.0/16)', '172.24.0.0/16'],
      ['podSubnets', '192.168.0.0/16', 'node network (192.168.0.0/24)', '172.24.0.0/16'],
      ['podSubnets', '169.254.0.0/16', 'DNS server (169.254.20.10/32)', '172.24.0.0/16'],
      ['serviceSubnets', '10.244.0.0/16', 'pod network (10.244.0.0/16)', '172.25.0.0/16'],
      ['serviceSubnets', '10.96.0.0/12', 'Service network (10.96.0.0/16)', '172.25.0.0/16'],
      ['serviceSubnets', '192.168.0.0/20', 'node network (192.168.0.0/24)', '172.25.0.0/16'],
      ['serviceSubnets', '169.254.20.0/24', 'DNS server (169.254.20.10/32)', '172.25.0.0/16'],
    ] as const).map(([property, cidr, network, example]): [string, Props, string] => [
      `${property} in the ${network}`, { hostingNetwork: HostingNetwork.of(OF_HOST), [property]: [cidr] },
      `'${property}' (${cidr}) overlaps the hosting cluster's ${network}: choose another range, for example ${example}`,
    ]),
    ['the hosting cluster\'s network by a patch', { patches: [MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [10.244.0.0/16]}}')] },
      '\'patches.podSubnets\' (10.244.0.0/16) overlaps the hosting cluster\'s pod network (10.244.0.0/16): choose another range, for example 172.24.0.0/16'],
    ['a network that is none', { podSubnets: ['10.244.0.0'] }, '\'podSubnets\' (10.244.0.0) is not a network'],
    ['no network', { podSubnets: [] }, '\'podSubnets\' is empty: give it a range, or leave it out'],
    ['another address family', { podSubnets: ['fd00:172:24::/56'] }, '\'podSubnets\' (fd00:172:24::/56) has another address family than '
      + 'the hosting cluster\'s pod network (10.244.0.0/16), from which machines have their addresses: choose another range, for example 172.24.0.0/16'],
    ['an image of talosctl with a scheme', { toolImages: { talosctl: 'https://ghcr.io/siderolabs/talosctl:v1.13.9' } },
      '\'toolImages.talosctl\' (https://ghcr.io/siderolabs/talosctl:v1.13.9) is not the name of an image'],
    ['an image of busybox with half a digest', { toolImages: { busybox: 'busybox@sha256:0a' } },
      '\'toolImages.busybox\' (busybox@sha256:0a) is not the name of an image'],
    ['a policy that lets nobody to the exposed Talos API', {
      networkPolicy: {}, talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }),
    }, '\'networkPolicy\' lets no client reach \'talosApi\' (203.0.113.11): list its clients in \'networkPolicy.operators\''],
    ['a policy that keeps workers out', {
      networkPolicy: {}, externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }, '\'networkPolicy\' lets none of the \'externalWorkers\' join: list them in \'networkPolicy.workers\''],
  ])('%s is refused', (_, props, message) => {
    expect(() => synth(props)).toThrow(message);
  });

  test.each(['', '../a.db', 'a/b.db', '.etcd-1.db', 'a b.db', 'it\'s', 'etcd-20261201T000000Z.db.sha256', 'a'.repeat(201)])('a snapshot that is named %p is refused', (snapshot) => {
    expect(() => EtcdRecovery.claim({ claimName: 'backups', snapshot })).toThrow('is not the name of a snapshot: give letters');
    expect(() => EtcdRecovery.s3({ bucket: 'backups', credentialsSecretName: 'credentials', snapshot })).toThrow('is not the name of a snapshot: give letters');
  });

  test('a recovery without the secrets of a machine config that is made elsewhere is refused', () => {
    const of = (props: Props) => () => {
      const chart = newChart();
      return new TalosControlPlane(chart, 'cp', controlPlaneProps({ machineConfig: TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config'), recoverFrom, ...props }));
    };
    expect(of({})).toThrow(
      '\'recoverFrom\' (the newest snapshot in the claim backups) needs the \'secrets\' of the cluster, because \'machineConfig\' (sealed-config) is made elsewhere: '
      + 'give them, or use BootstrapMode.MANUAL and call `talosctl bootstrap --recover-from` yourself');
    expect(of({ secrets })).not.toThrow();
  });

  test('a chart without a namespace is refused', () => {
    expect(() => new TalosControlPlane(Testing.chart(), 'cp', controlPlaneProps())).toThrow(
      '\'namespace\' of the chart is missing, so the machines couldn\'t find each other by name: give the chart one');
  });

  test.each<[string, Props, Props, string]>([
    ['two clusters of one name', {}, {}, '\'clusterName\' (acme) is already the name of the control plane at test/a: give one of them another name'],
    ['two Services of one name', { talosApi: ApiExposure.clusterIp() }, { clusterName: 'acme-talos' },
      '\'name\' (acme-talos) is already the name of the Service at test/a'],
    ['a Service named like another cluster\'s machines', {}, { clusterName: 'acme-control-plane' },
      '\'name\' (acme-control-plane) is already the name of the Service at test/a/Machines'],
  ])('%s in one namespace are refused', (_, first, second, message) => {
    const chart = newChart();
    new TalosControlPlane(chart, 'a', controlPlaneProps(first));
    expect(() => new TalosControlPlane(chart, 'b', controlPlaneProps({ secrets: otherSecrets, ...second }))).toThrow(message);
  });

  test('a Secret without its key is refused', () => {
    expect(() => TalosMachineConfig.fromSecretName(newChart(), 'sealed', 'sealed-config', { secretKey: '' }))
      .toThrow('\'secretKey\' () is not a key of a Secret: use letters, digits, \'-\', \'_\' and \'.\'');
  });

  test('secrets without the key of an authority are refused', () => {
    expect(() => TalosSecrets.fromYaml(secrets.toYaml().replace(/(\n {4}os:\n.*\n) {8}key: .*\n/, '$1'))).toThrow(/os.*key|key.*os/s);
  });

  test('the networks of the hosting cluster are free for those that are declared', () => {
    expect(() => synth({ hostingNetwork, podSubnets: ['10.245.0.0/16'], serviceSubnets: ['10.97.0.0/16'] })).not.toThrow();
  });
});
