import { Chart } from 'cdk8s';
import {
  ApiExposure, Cni, HostingNetwork, MachineConfig, MachineConfigPatch, TalosControlPlane, TalosMachineConfig, TalosNode, TalosPlatform, TalosVersion,
  TalosWorkers,
} from '../../src';
import { controlPlaneProps, hostingNetwork, newChart as emptyChart, RELEASES, secrets, STABLE } from '../support/control-planes';
import { generated } from '../support/machine-configs';
import { warningsOf } from '../support/warnings';

let charts: Chart[];
beforeEach(() => { charts = []; });

function newChart(): Chart {
  const chart = emptyChart();
  charts.push(chart);
  return chart;
}

/** The paths of constructs and the IDs of their warnings, without those about the hosting cluster as a whole. */
const warned = () => charts.flatMap((chart) => warningsOf(chart)).map((warning) => warning.replace(/: .* \[(.*)\]$/s, ' $1'))
  .filter((warning) => !/hosting-network-unknown|release-with-conditions/.test(warning));

const patch = (text: string) => MachineConfigPatch.fromYaml(text);
const plain = MachineConfig.fromYaml(generated('v1.13').controlplane, { talosVersion: TalosVersion.V1_13 });
const ELSEWHERE = patch('machine: {kubelet: {nodeIP: {validSubnets: [192.0.2.0/24]}}}');
const HUGE_PAGES = patch('machine: {sysctls: {vm.nr_hugepages: "1"}}');
const MOUNT = patch('machine: {kubelet: {extraMounts: [{source: /mnt/a, destination: /mnt/a, type: bind}]}}');
const WATCHDOG = patch('{apiVersion: v1alpha1, kind: WatchdogTimerConfig, device: /dev/watchdog0}');
const k3s = HostingNetwork.of({ podCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'] });

describe('a node', () => {
  test('warns of what talosctl generates for machines that aren\'t pods', () => {
    new TalosNode(newChart(), 'node', { machineConfig: plain });
    expect(warned()).toEqual(['test/node/Config talos:default-networks', 'test/node/Config talos:endpoint-without-certificate']);
  });

  test('checks it with the networks of the hosting cluster', () => {
    expect(() => new TalosNode(newChart(), 'node', { machineConfig: plain, hostingNetwork }))
      .toThrow('\'cluster.network.podSubnets[0]\' (10.244.0.0/16) overlaps the hosting cluster\'s pod network (10.244.0.0/16)');
    new TalosNode(newChart(), 'node', { machineConfig: plain.patch(patch('machine: {certSANs: [cp.lab.example.org]}')), hostingNetwork: k3s });
    expect(warned()).toEqual([]);
  });

  test('says what its own construct for the machine config didn\'t say, once', () => {
    const chart = newChart();
    const machineConfig = new TalosMachineConfig(chart, 'config', { config: plain.patch(HUGE_PAGES) });
    expect(warned()).toEqual(['test/config talos:sysctl-of-host']);
    new TalosNode(chart, 'one', { machineConfig });
    new TalosNode(chart, 'two', { machineConfig });
    expect(warned().slice(1)).toEqual(['test/config talos:default-networks', 'test/config talos:endpoint-without-certificate']);
  });

  test('is checked with what is known of it, though another one has the machine config already', () => {
    const chart = newChart();
    const config = new TalosMachineConfig(chart, 'config', { config: plain.patch(ELSEWHERE) });
    new TalosNode(chart, 'one', { machineConfig: config });
    expect(() => new TalosNode(chart, 'two', { machineConfig: config, hostingNetwork: k3s }))
      .toThrow('\'machine.kubelet.nodeIP.validSubnets\' (192.0.2.0/24) has no address of the hosting cluster\'s pods (10.42.0.0/16)');
  });

  test('says nothing of a machine config that isn\'t to be validated', () => {
    const chart = newChart();
    const machineConfig = new TalosMachineConfig(chart, 'config', { config: plain.patch(WATCHDOG, HUGE_PAGES), validate: false });
    new TalosNode(chart, 'node', { machineConfig, hostingNetwork });
    expect(warned()).toEqual([]);
  });

  test('can make the directories of mounts where its root is writable', () => {
    const props = { machineConfig: plain.patch(MOUNT), hostingNetwork: k3s };
    expect(() => new TalosNode(newChart(), 'node', props)).toThrow('\'machine.kubelet.extraMounts[0].source\' (/mnt/a) can\'t be made on the read-only root');
    expect(() => new TalosNode(newChart(), 'node', { ...props, readOnlyRootFilesystem: false })).not.toThrow();
  });
});

test('a machine config with the networks of the hosting cluster is checked at once', () => {
  expect(() => new TalosMachineConfig(newChart(), 'config', { config: plain.patch(ELSEWHERE), hostingNetwork: k3s }))
    .toThrow('\'machine.kubelet.nodeIP.validSubnets\' (192.0.2.0/24) has no address of the hosting cluster\'s pods (10.42.0.0/16)');
  new TalosMachineConfig(newChart(), 'config', { config: plain.patch(ELSEWHERE) });
  expect(warned()).toEqual(['test/config talos:node-ip-elsewhere']);
});

describe('a control plane', () => {
  test.each(RELEASES.map((talosVersion) => [talosVersion.imageTag, talosVersion] as const))('of %s and its pool raise no false alarm', (_, talosVersion) => {
    for (const props of [{}, STABLE, { kubernetesApi: ApiExposure.loadBalancer({ host: 'cp.example.com' }), externalWorkers: true }]) {
      const chart = newChart();
      const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion, ...props }));
      new TalosWorkers(chart, 'workers', { controlPlane, name: 'general' });
    }
    expect(warned().filter((warning) => !warning.endsWith('pool-beside-external-workers'))).toEqual([]);
  });

  test('refuses patches that keep members or workers from starting', () => {
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps());
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ patches: [ELSEWHERE] }))).toThrow('validSubnets');
    expect(() => new TalosWorkers(controlPlane, 'workers', { controlPlane, name: 'general', patches: [ELSEWHERE] })).toThrow('validSubnets');
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ patches: [WATCHDOG] }))).toThrow('/dev/watchdog0');
  });

  test('can make the directories of mounts where its CNI needs a writable root', () => {
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ patches: [MOUNT] }))).toThrow('can\'t be made on the read-only root');
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ patches: [MOUNT], cni: Cni.none() }));
    new TalosWorkers(controlPlane, 'workers', { controlPlane, name: 'general', patches: [MOUNT] });
    expect(warned()).toEqual([]);
  });

  test('checks a ready machine config with its networks', () => {
    const chart = newChart();
    const config = MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://cp.example.com:6443',
      secrets,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
      additionalSans: ['*.acme-control-plane.tenant.svc.cluster.local'],
    }).patch(patch('cluster: {etcd: {advertisedSubnets: [10.96.0.0/16], listenSubnets: [0.0.0.0/0]}}'));
    const machineConfig = new TalosMachineConfig(chart, 'config', { config, hostingNetwork });
    new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...STABLE, machineConfig }));
    expect(warned()).toEqual([]);
    expect(() => new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ machineConfig: config }))).toThrow('\'cluster.etcd.advertisedSubnets\' (10.96.0.0/16)');
  });

  test('gives workers outside what is for machines', () => {
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ kubernetesApi: ApiExposure.loadBalancer({ host: 'cp.example.com' }), externalWorkers: true }));
    const config = controlPlane.externalWorkerConfig({ installDisk: '/dev/sda', patches: [WATCHDOG, HUGE_PAGES, MOUNT, ELSEWHERE] });
    expect(warned()).toEqual([]);
    expect(config.validate({ platform: TalosPlatform.METAL, hostingNetwork })).toEqual({ errors: [], warnings: [], findings: [] });
    expect(config.validate({ hostingNetwork }).findings.map(({ id }) => id)).toEqual(['talos:node-ip-elsewhere', 'talos:watchdog-of-host']);
  });
});
