import { App, Chart } from 'cdk8s';
import { MachineConfig, MachineConfigPatch, TalosMachineConfig, TalosNamespace, TalosNode, TalosVersion } from 'cdk8s-talos';

const talosVersion = TalosVersion.of('v1.13.9');
const host = 'talos-control-plane.talos.svc.cluster.local';

const app = new App();
const chart = new Chart(app, 'talos', { namespace: 'talos' });
new TalosNamespace(chart, 'namespace');

// controlplane.yaml was made by `talosctl gen config lab https://cp.lab.example.org:6443`
const config = MachineConfig.fromFile('controlplane.yaml', { talosVersion }).patch(
  MachineConfigPatch.hostDns(talosVersion),
  MachineConfigPatch.fromYaml('machine: {kubelet: {extraArgs: {v: "2"}}}'),
  MachineConfigPatch.of({
    machine: { certSANs: [host] },
    cluster: {
      controlPlane: { endpoint: `https://${host}:6443` },
      // the hosting cluster's own networks must be others than these
      network: { podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'] },
    },
  }),
);

new TalosNode(chart, 'control-plane', {
  talosVersion,
  machineConfig: new TalosMachineConfig(chart, 'config', { config }),
});

app.synth();
