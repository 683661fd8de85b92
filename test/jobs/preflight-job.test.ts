import { Testing } from 'cdk8s';
import { PreflightJob, PreflightJobProps, TalosVersion } from '../../src';
import { newChart } from '../support/talos-nodes';

function synth(props: Partial<PreflightJobProps> = {}): any {
  const chart = newChart();
  const { name } = new PreflightJob(chart, 'preflight', { nodes: 3, ...props });
  const [job, ...others] = Testing.synth(chart);
  expect([job.metadata.name, others]).toEqual([name, []]);
  return job;
}

test('the Job has a pod without any rights on each node', () => {
  const job = synth();
  const [container] = job.spec.template.spec.containers;
  // both change with the text of the script
  container.command[3] = job.metadata.name = '…';
  expect(job).toMatchInlineSnapshot(`
{
  "apiVersion": "batch/v1",
  "kind": "Job",
  "metadata": {
    "labels": {
      "app.kubernetes.io/instance": "test-preflight",
      "app.kubernetes.io/managed-by": "cdk8s-talos",
      "app.kubernetes.io/name": "preflight",
    },
    "name": "…",
    "namespace": "talos",
  },
  "spec": {
    "backoffLimitPerIndex": 0,
    "completionMode": "Indexed",
    "completions": 3,
    "parallelism": 3,
    "template": {
      "metadata": {
        "labels": {
          "app.kubernetes.io/instance": "test-preflight",
          "app.kubernetes.io/name": "preflight",
        },
      },
      "spec": {
        "affinity": {
          "podAntiAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": [
              {
                "labelSelector": {
                  "matchLabels": {
                    "app.kubernetes.io/instance": "test-preflight",
                    "app.kubernetes.io/name": "preflight",
                  },
                },
                "topologyKey": "kubernetes.io/hostname",
              },
            ],
          },
        },
        "automountServiceAccountToken": false,
        "containers": [
          {
            "command": [
              "/bin/busybox",
              "sh",
              "-c",
              "…",
            ],
            "env": [
              {
                "name": "NODE_NAME",
                "valueFrom": {
                  "fieldRef": {
                    "fieldPath": "spec.nodeName",
                  },
                },
              },
            ],
            "image": "public.ecr.aws/docker/library/busybox:1.37.0-musl",
            "name": "preflight",
            "resources": {
              "limits": {
                "memory": "32Mi",
              },
              "requests": {
                "cpu": "10m",
                "memory": "16Mi",
              },
            },
            "securityContext": {
              "allowPrivilegeEscalation": false,
              "capabilities": {
                "drop": [
                  "ALL",
                ],
              },
              "readOnlyRootFilesystem": true,
              "runAsGroup": 65532,
              "runAsNonRoot": true,
              "runAsUser": 65532,
              "seccompProfile": {
                "type": "RuntimeDefault",
              },
            },
            "volumeMounts": [
              {
                "mountPath": "/var",
                "name": "var",
              },
            ],
          },
        ],
        "enableServiceLinks": false,
        "restartPolicy": "Never",
        "securityContext": {
          "runAsGroup": 65532,
          "runAsNonRoot": true,
          "runAsUser": 65532,
          "seccompProfile": {
            "type": "RuntimeDefault",
          },
        },
        "volumes": [
          {
            "emptyDir": {},
            "name": "var",
          },
        ],
      },
    },
  },
}
`);
});

test('its pods wait for each other, then do what the init container does', () => {
  const script = synth({ talosVersion: TalosVersion.V1_14 }).spec.template.spec.containers[0].command[3];
  expect(script).toMatch(/^sleep 20\nproc=\/proc sys=\/sys\ntalos=v1\.14\.\d+ linux=6\.13\n/);
  expect(script).toContain('problem "an emptyDir volume of the node is on $filesystem');
  expect(script).not.toContain('sysfs');
});

test('its name stays as long as its task', () => {
  const name = (props: Partial<PreflightJobProps>) => synth(props).metadata.name;
  expect(name({})).toMatch(/^test-preflight-[0-9a-f]{8}$/);
  expect(name({})).toBe(name({ flannel: true, talosVersion: TalosVersion.DEFAULT }));
  const names = [{}, { nodes: 4 }, { flannel: false }, { talosVersion: TalosVersion.V1_14 }, { image: 'a:1' }, { name: 'other' }].map(name);
  expect(new Set(names).size).toBe(names.length);
});

test('it runs where its nodes are, with the credentials of its registry', () => {
  const { spec } = synth({ nodeSelector: { pool: 'talos' }, tolerations: [{ key: 'dedicated', value: 'talos' }], imagePullSecrets: ['registry'] }).spec.template;
  expect(spec).toMatchObject({
    nodeSelector: { pool: 'talos' }, tolerations: [{ key: 'dedicated', value: 'talos' }], imagePullSecrets: [{ name: 'registry' }],
  });
});

test.each<[string, Partial<PreflightJobProps>, string]>([
  ['no nodes', { nodes: 0 }, '\'nodes\' (0)'],
  ['more nodes than Kubernetes supports', { nodes: 5001 }, '\'nodes\' (5001)'],
  ['a name that is too long for the names of its pods', { name: 'n'.repeat(50) }, '\'name\' (nnnn'],
  ['a name that is none', { name: 'Preflight' }, '\'name\' (Preflight) is not a DNS label'],
  ['an image that is none', { image: 'busybox:' }, '\'image\' (busybox:) is not the name of an image'],
  ['a label that is none', { nodeSelector: { 'a b': '' } }, '\'nodeSelector\''],
  ['a toleration of nothing', { tolerations: [{}] }, '\'tolerations\' has one without a key'],
  ['a Secret without a name', { imagePullSecrets: [''] }, '\'imagePullSecrets\''],
  ['a Secret twice', { imagePullSecrets: ['a', 'a'] }, '\'imagePullSecrets\''],
])('%s is refused', (_, props, problem) => {
  expect(() => synth(props)).toThrow(problem);
});

test('the longest name is taken, and the same name twice isn\'t', () => {
  expect(synth({ nodes: 5000, name: 'n'.repeat(49) }).metadata.name).toHaveLength(58);
  const chart = newChart();
  new PreflightJob(chart, 'a', { nodes: 1, name: 'preflight' });
  expect(() => new PreflightJob(chart, 'b', { nodes: 1, name: 'preflight' })).toThrow('already the name of the Job at test/a');
});
