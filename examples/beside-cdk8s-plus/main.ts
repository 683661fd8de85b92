import { App, Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { MachineConfig, MachineConfigPatch, TalosMachineConfig, TalosNamespace, TalosNode, TalosSecrets, TalosVersion } from 'cdk8s-talos';

const app = new App();
const chart = new Chart(app, 'lab', { namespace: 'lab' });
new TalosNamespace(chart, 'namespace');

// an object of cdk8s-plus, which the pods of the worker mount by its name
const fluentBit = new ConfigMap(chart, 'fluent-bit', {
  data: {
    'fluent-bit.conf': `\
[SERVICE]
    HTTP_Server  On
    HTTP_Port    2020
    Health_Check On
[INPUT]
    Name   tcp
    Listen 127.0.0.1
    Port   5170
    Format json
[OUTPUT]
    Name   stdout
    Match  *
    Format json_lines
`,
  },
});

// Talos sends its logs to the sidecar, which prints them for `kubectl logs`
const config = MachineConfig.worker({
  clusterName: 'lab',
  endpoint: 'https://lab.example.com:6443',
  secrets: TalosSecrets.fromFile('secrets.yaml'),
  talosVersion: TalosVersion.of('v1.13.9'),
  podSubnets: ['172.24.0.0/16'],
  serviceSubnets: ['172.25.0.0/16'],
}).patch(MachineConfigPatch.fromDocuments({ machine: { logging: { destinations: [{ endpoint: 'tcp://127.0.0.1:5170', format: 'json_lines' }] } } }));

new TalosNode(chart, 'worker', {
  machineConfig: new TalosMachineConfig(chart, 'config', { config }),
  volumes: [{ name: 'fluent-bit', configMap: { name: fluentBit.name } }],
  containers: [{
    name: 'fluent-bit',
    image: 'docker.io/fluent/fluent-bit:3.2.10',
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    volumeMounts: [{ name: 'fluent-bit', mountPath: '/fluent-bit/etc', readOnly: true }],
    livenessProbe: { httpGet: { path: '/api/v1/health', port: 2020 } },
  }],
});

app.synth();
