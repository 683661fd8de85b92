import { App, Chart } from 'cdk8s';
import {
  ApiExposure, MachineConfig, PreflightJob, TalosCluster, TalosControlPlane, TalosMachineConfig, TalosNode, TalosNodeProps, TalosVersion,
  TalosWorkers,
} from '../../src';
import { controlPlaneProps, newChart, secrets } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

const UNKNOWN = TalosVersion.of('v1.13.99');
const LIKE = TalosVersion.of('v1.15.0', { like: TalosVersion.V1_14 });
const ID = /\[talos:unknown-release\]$/;

const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();

function workerConfig(talosVersion: TalosVersion): MachineConfig {
  return MachineConfig.worker({ clusterName: 'lab', endpoint: 'https://cp.example.org:6443', secrets, talosVersion });
}

function warningsOfNode(props: TalosNodeProps): string[] {
  return warningsOf(new TalosNode(newChart(), 'node', props));
}

describe('a release that is not known', () => {
  test('is told, with the one that it is treated like', () => {
    expect(warningsOfNode({ talosVersion: UNKNOWN })).toEqual(['test/node: \'talosVersion\' (v1.13.99) isn\'t known to this version of cdk8s-talos: it is treated like v1.13.10, '
      + 'and its default Kubernetes is 1.36.4; update cdk8s-talos if a newer version knows it [talos:unknown-release]']);
    expect(warningsOfNode({ talosVersion: LIKE }).filter((warning) => ID.test(warning)))
      .toEqual([expect.stringContaining('\'talosVersion\' (v1.15.0) isn\'t known to this version of cdk8s-talos: it is treated like v1.14.2, and its default Kubernetes is 1.37.1')]);
    expect(warningsOfNode({ talosVersion: TalosVersion.of('v1.13.10') })).toEqual([]);
  });

  test.each<[string, (chart: Chart, talosVersion: TalosVersion) => void, string[]]>([
    ['a machine config', (chart, version) => new TalosMachineConfig(chart, 'config', { config: workerConfig(version) }), ['test/config']],
    ['a node with a machine config', (chart, version) => new TalosNode(chart, 'node', { machineConfig: workerConfig(version) }), ['test/node/Config']],
    ['a node with a machine config of another release', (chart, talosVersion) => {
      new TalosNode(chart, 'node', { machineConfig: workerConfig(TalosVersion.of(talosVersion === LIKE ? 'v1.14.2' : 'v1.13.10')), talosVersion });
    }, ['test/node']],
    ['a node with a Secret that is made elsewhere', (chart, talosVersion) => {
      new TalosNode(chart, 'node', { machineConfig: TalosMachineConfig.fromSecretName(chart, 'config', 'a'), talosVersion });
    }, ['test/node']],
    ['a control plane', (chart, talosVersion) => new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion })), ['test/cp/Config']],
    ['a pool', (chart, talosVersion) => {
      const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion: talosVersion === LIKE ? TalosVersion.V1_14 : TalosVersion.V1_13 }));
      new TalosWorkers(chart, 'pool', { controlPlane, name: 'a', talosVersion });
    }, ['test/pool/Config']],
    ['a cluster', (chart, talosVersion) => {
      const { clusterName, ...controlPlane } = controlPlaneProps();
      new TalosCluster(chart, 'cluster', { clusterName, secrets, talosVersion, controlPlane: { hostingNetwork: controlPlane.hostingNetwork }, workerPools: [{ name: 'a' }] });
    }, ['test/cluster/ControlPlane/Config', 'test/cluster/Workers-a/Config']],
    ['a preflight Job', (chart, talosVersion) => new PreflightJob(chart, 'preflight', { nodes: 3, talosVersion }), ['test/preflight']],
    ['an external worker', (chart, talosVersion) => {
      const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({
        talosVersion: talosVersion === LIKE ? TalosVersion.V1_14 : TalosVersion.V1_13,
        kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
        externalWorkers: true,
      }));
      const installed = controlPlane.externalWorkerConfig({ installDisk: '/dev/sda', talosVersion });
      expect(installed.toYaml()).toContain(`:${talosVersion.imageTag}`);
    }, ['test/cp']],
  ])('is told once by %s', (_, create, paths) => {
    for (const talosVersion of [UNKNOWN, LIKE]) {
      const chart = newChart();
      create(chart, talosVersion);
      expect(warningsOf(chart).filter((warning) => ID.test(warning)).map((warning) => warning.split(': ')[0])).toEqual(paths);
    }
  });
});

describe('an image of another release', () => {
  test.each<[string, TalosVersion | undefined]>([
    ['v1.12.5', undefined],
    ['v1.13.9', TalosVersion.of('v1.13.10')],
    ['1.13.9-acme', TalosVersion.of('v1.13.10')],
    ['v1.13.9-rc.0', TalosVersion.of('v1.13.9')],
    ['v1.14.0-rc.0', TalosVersion.of('v1.14.0-rc.1')],
  ])('is told: %s for %s', (tag, talosVersion) => {
    const { imageTag } = talosVersion ?? TalosVersion.DEFAULT;
    expect(warningsOfNode({ talosVersion, image: { tag } })).toContainEqual(`test/node: 'image.tag' (${tag}) is another release than 'talosVersion' (${imageTag}), `
      + 'by whose rules the machine config and the pod are made: give the same release to both [talos:image-of-another-release]');
  });

  test.each<[string, TalosVersion]>([
    ['v1.13.9', TalosVersion.of('v1.13.9')],
    ['1.13.9', TalosVersion.of('v1.13.9')],
    ['v1.13.9-acme', TalosVersion.of('v1.13.9')],
    ['v1.13.9-dirty.2', TalosVersion.of('v1.13.9')],
    ['stable', TalosVersion.of('v1.13.9')],
    ['v1.13', TalosVersion.of('v1.13.9')],
  ])('is not told where it may be the same: %s for %s', (tag, talosVersion) => {
    expect(warningsOfNode({ talosVersion, image: { tag } })).toEqual([]);
  });

  test('is told of the installer', () => {
    const exposed = { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), externalWorkers: true };
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ ...exposed, talosVersion: TalosVersion.of('v1.13.9') }));
    ['ghcr.io/siderolabs/installer', 'registry.example.com:5000/installer:v1.13.9', 'registry.example.com:5000/installer:v1.13.8']
      .forEach((installImage) => controlPlane.externalWorkerConfig({ installDisk: '/dev/sda', installImage }));
    expect(warningsOf(controlPlane)).toEqual([expect.stringContaining('\'installImage\' (v1.13.8) is another release than \'talosVersion\' (v1.13.9)')]);
  });
});

test.each([
  [TalosVersion.V1_14, true],
  [TalosVersion.of('v1.14'), true],
  [TalosVersion.of('v1.14.2'), false],
])('the first warning of an app says whether %s moves with the library: %s', (talosVersion, moves) => {
  emitWarning.mockClear();
  const app = new App();
  ['a', 'b'].forEach((id) => new TalosNode(new Chart(app, id, { namespace: id }), 'node', { talosVersion }));
  app.synthYaml();
  const printed = emitWarning.mock.calls.map(([text]) => String(text).includes('pin it: \'talosVersion\': TalosVersion.of(\'v1.14.2\')'));
  expect(printed).toEqual([moves, false]);
});
