import { readFileSync } from 'fs';
import { join } from 'path';
import { performance } from 'perf_hooks';
import { MachineConfig, MachineConfigPatch } from 'cdk8s-talos';

/**
 * How long it takes to load a machine config, patch it three times and render it: `npm run benchmark config`.
 */
const text = readFileSync(join(__dirname, '..', 'examples', 'single-node', 'controlplane.yaml'), 'utf8');

function process(base: string, index: number): number {
  return MachineConfig.fromYaml(base).patch(
    MachineConfigPatch.fromYaml(`machine: {nodeLabels: {index: "${index}"}, kubelet: {extraArgs: {v: "2"}}}`),
    MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [172.24.0.0/16], serviceSubnets: [172.25.0.0/16]}}'),
    MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: 1400\n'),
  ).toYaml().length;
}

function measure(name: string, count: number, base: string): void {
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    process(base, index);
  }
  const total = performance.now() - start;
  console.log(`${name}: ${total.toFixed(1)} ms, ${(total / count).toFixed(2)} ms each`);
}

measure('the first config of a process', 1, text);
measure('warming up', 100, text);
for (const count of [1, 10, 100, 1000]) {
  measure(`${count} configs of ${Math.round(text.length / 1024)} KiB`, count, text);
}
for (const kibibytes of [64, 256, 1024]) {
  const contents = 'kind: ConfigMap\n'.repeat(kibibytes * 64).slice(0, kibibytes * 1024 - text.length);
  const large = MachineConfig.fromYaml(text).patch(MachineConfigPatch.fromDocuments({ cluster: { inlineManifests: [{ name: 'large', contents }] } })).toYaml();
  measure(`a config of ${Math.round(large.length / 1024)} KiB`, 3, large);
}
