import { App, Chart, Testing } from 'cdk8s';
import { ApiExposure, ConfigUpdate, MemberAddresses, TalosControlPlane, TalosControlPlaneProps } from '../../src';
import { controlPlaneProps, otherSecrets } from '../support/control-planes';
import { RULES } from '../support/manifest-rules';
import { exampleNames, exampleObjects, synthesizeExample } from '../support/synthesize-example';

const rules = Object.entries(RULES);

/** Everything that a control plane can have, with the longest name that is asked for. */
const FULL: Partial<TalosControlPlaneProps> = {
  clusterName: 'a'.repeat(30),
  replicas: 5,
  scaleDownFrom: 7,
  memberAddresses: MemberAddresses.STABLE,
  configUpdate: ConfigUpdate.APPLY_JOB,
  kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }),
  talosApi: ApiExposure.clusterIp(),
  networkPolicy: {},
  notes: true,
};

function synthControlPlanes(...all: [string, Partial<TalosControlPlaneProps>][]): any[] {
  const chart = new Chart(new App(), 'test', { namespace: 'tenant' });
  all.forEach(([id, props]) => new TalosControlPlane(chart, id, controlPlaneProps(props)));
  return Testing.synth(chart);
}

describe.each(exampleNames)('the example %s', (name) => {
  const files = synthesizeExample(name);
  const objects = exampleObjects(files);

  test.each(rules)('keeps the rule %s', (_, rule) => {
    expect(rule(objects)).toEqual([]);
  });

  test('is byte-identical when it is synthesized again', () => {
    expect(synthesizeExample(name)).toEqual(files);
  });
});

describe('a control plane with everything', () => {
  const objects = synthControlPlanes(['a', FULL], ['b', { clusterName: 'globex', secrets: otherSecrets }]);

  test.each(rules)('keeps the rule %s', (_, rule) => {
    expect(rule(objects)).toEqual([]);
  });
});

describe('a cluster', () => {
  const first: [string, Partial<TalosControlPlaneProps>] = ['a', { ...FULL, clusterName: 'acme' }];
  const second: [string, Partial<TalosControlPlaneProps>] = ['b', { ...FULL, clusterName: 'globex', secrets: otherSecrets }];

  test('is the same when another is added, before or after it', () => {
    const alone = synthControlPlanes(first);
    const isOf = (cluster: string) => ({ metadata }: any) => metadata.name.startsWith(cluster);
    expect(synthControlPlanes(first, second).filter(isOf('acme'))).toEqual(alone);
    expect(synthControlPlanes(second, first).filter(isOf('acme'))).toEqual(alone);
    expect(alone.every(isOf('acme'))).toBe(true);
  });

  test('is byte-identical in its own file when a chart is added', () => {
    const [alone, together] = [[first], [first, second]].map((clusters) => {
      const app = new App();
      const [chart] = clusters.map(([id, props]) => {
        const own = new Chart(app, id, { namespace: id });
        new TalosControlPlane(own, 'cp', controlPlaneProps(props));
        return own;
      });
      return { chart, text: app.synthYaml() };
    });
    expect(together.text.startsWith(alone.text.trimEnd())).toBe(true);
    expect(Testing.synth(together.chart)).toEqual(Testing.synth(alone.chart));
  });
});

describe('the rules', () => {
  const sound = () => JSON.parse(JSON.stringify(synthControlPlanes(['a', { replicas: 3, memberAddresses: MemberAddresses.STABLE }])));
  const find = (objects: any[], kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name.startsWith(name));
  const pod = (objects: any[]) => find(objects, 'StatefulSet', 'acme').spec.template;

  test.each<[string, string, (objects: any[]) => void, string]>([
    ['a Service of the wrong pods', 'selectorsMatch', (objects) => { find(objects, 'Service', 'acme').spec.selector = { a: 'b' }; }, 'Service acme'],
    ['a Service of every pod', 'selectorsMatch', (objects) => { find(objects, 'Service', 'acme').spec.selector = {}; }, 'acme-bootstrap'],
    ['a budget of nothing', 'selectorsMatch', (objects) => { find(objects, 'PodDisruptionBudget', 'acme').spec.selector.matchLabels.a = 'b'; },
      'PodDisruptionBudget acme-control-plane selects nothing'],
    ['a Service of another member', 'selectorsMatch', (objects) => {
      find(objects, 'Service', 'acme-control-plane-1').spec.selector['statefulset.kubernetes.io/pod-name'] = 'acme-control-plane-2';
    }, 'Service acme-control-plane-1 selects acme-control-plane-2 instead of acme-control-plane-1'],
    ['a spread over others', 'selectorsMatch', (objects) => {
      pod(objects).spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector = {};
    }, 'spread'],
    ['a claim that isn\'t mounted', 'claimsAreMounted', (objects) => {
      pod(objects).spec.containers[0].volumeMounts = [];
    }, 'acme-control-plane-0 doesn\'t mount its claim data'],
    ['a mount without a volume', 'mountsHaveVolumes', (objects) => { pod(objects).spec.volumes.pop(); }, 'acme-control-plane-0 mounts system-state'],
    ['a volume without a mount', 'mountsHaveVolumes', (objects) => { pod(objects).spec.volumes.push({ name: 'idle' }); }, 'has idle'],
    ['a Secret that isn\'t there', 'referencesExist', (objects) => {
      objects.splice(objects.indexOf(find(objects, 'Secret', 'acme-bootstrap')), 1);
    }, 'refers to the Secret acme-bootstrap'],
    ['a key that isn\'t there', 'referencesExist', (objects) => { find(objects, 'Secret', 'acme-control-plane-config').data = {}; },
      'asks the Secret acme-control-plane-config for userdata'],
    ['a file that isn\'t there', 'referencesExist', (objects) => { find(objects, 'Secret', 'acme-bootstrap').data = { other: '' }; },
      'asks the Secret acme-bootstrap for talosconfig'],
    ['a port without a name', 'servicePortsAreNamed', (objects) => { delete pod(objects).spec.containers[0].ports[1].name; }, 'leads to k8s-api'],
    ['a port that isn\'t there', 'servicePortsAreNamed', (objects) => { find(objects, 'Service', 'acme').spec.ports[0].targetPort = 1; }, 'leads to 1'],
    ['an object twice', 'objectsAreUnique', (objects) => { objects.push(objects[0]); }, 'is there twice'],
    ['a long name', 'namesAreWithinLimits', (objects) => { find(objects, 'StatefulSet', 'acme').metadata.name = 'a'.repeat(53); },
      'has 53 characters, 52 at most'],
  ])('see %s', (_, name, breakIt, problem) => {
    const objects = sound();
    expect(RULES[name](objects)).toEqual([]);
    breakIt(objects);
    expect(RULES[name](objects).join('\n')).toContain(problem);
  });
});
