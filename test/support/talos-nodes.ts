import { App, Chart, Testing } from 'cdk8s';
import { generated } from './machine-configs';
import { MachineConfig, TalosMachineConfig, TalosNode, TalosNodeProps, TalosVersion } from '../../src';

export function newChart(): Chart {
  return new Chart(new App(), 'test', { namespace: 'talos' });
}

export function machineConfig(chart: Chart, type: 'controlplane' | 'worker' = 'controlplane', version = TalosVersion.V1_13): TalosMachineConfig {
  const config = MachineConfig.fromYaml(generated(`v${version.minor}`)[type], { talosVersion: version });
  return new TalosMachineConfig(chart, 'config', { config });
}

export interface Manifests { readonly workload: any; readonly service: any; readonly claims: any[]; readonly pod: any; readonly talos: any }

export function manifests(chart: Chart): Manifests {
  const objects: any[] = Testing.synth(chart);
  const ofKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
  const [workload] = ofKind('StatefulSet', 'Deployment', 'Pod');
  const pod = workload.kind === 'Pod' ? workload : workload.spec.template;
  return { workload, service: ofKind('Service')[0], claims: ofKind('PersistentVolumeClaim'), pod, talos: pod.spec.containers[0] };
}

export function synth(props: TalosNodeProps = {}): Manifests {
  const chart = newChart();
  new TalosNode(chart, 'node', props);
  return manifests(chart);
}

export function synthConfigured(type: 'controlplane' | 'worker', props: TalosNodeProps = {}, version = TalosVersion.V1_13): Manifests {
  const chart = newChart();
  new TalosNode(chart, 'node', { ...props, machineConfig: machineConfig(chart, type, version) });
  return manifests(chart);
}
