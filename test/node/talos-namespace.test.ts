import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { TalosNamespace, TalosNamespaceProps } from '../../src';

function synth(props?: TalosNamespaceProps, chartNamespace?: string): any {
  const chart = new Chart(new App(), 'test', { namespace: chartNamespace });
  new TalosNamespace(chart, 'namespace', props);
  return Testing.synth(chart)[0];
}

test('it admits privileged pods without a warning', () => {
  expect(synth({ name: 'talos' })).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'talos',
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s-talos',
        'pod-security.kubernetes.io/audit': 'privileged',
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/warn': 'privileged',
      },
    },
  });
});

test('the chart\'s namespace is the default name, and never a namespace of the namespace', () => {
  expect(synth(undefined, 'talos').metadata).toMatchObject({ name: 'talos' });
  expect(synth(undefined, 'talos').metadata).not.toHaveProperty('namespace');
});

test('labels and annotations are added', () => {
  const { metadata } = synth({ name: 'talos', labels: { team: 'a' }, annotations: { 'example.com/note': 'x y' } });
  expect(metadata.labels).toMatchObject({ 'team': 'a', 'pod-security.kubernetes.io/enforce': 'privileged' });
  expect(metadata.annotations).toEqual({ 'example.com/note': 'x y' });
});

test('default-deny is a policy in the namespace itself', () => {
  const chart = new Chart(new App(), 'test', { namespace: 'elsewhere' });
  new TalosNamespace(chart, 'namespace', { name: 'talos', defaultDeny: true });
  expect(Testing.synth(chart)[1]).toMatchObject({ kind: 'NetworkPolicy', metadata: { name: 'default-deny', namespace: 'talos' } });
});

test('a JSON patch is wire-level', () => {
  const chart = Testing.chart();
  const namespace = new TalosNamespace(chart, 'namespace', { name: 'talos' });
  ApiObject.of(namespace).addJsonPatch(JsonPatch.add('/spec', { futureField: { a: 1 } }));
  expect(Testing.synth(chart)[0].spec).toEqual({ futureField: { a: 1 } });
});

test.each<[TalosNamespaceProps, string]>([
  [{}, '\'name\' is missing'],
  [{ name: 'Talos' }, '\'name\' (Talos) is not a DNS label'],
  [{ name: 'a'.repeat(64) }, 'has 64 characters, 63 at most'],
  [{ name: 'talos', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } }, 'sets pod-security.kubernetes.io/enforce (baseline)'],
  [{ name: 'talos', labels: { 'a b': 'c' } }, '\'labels\' has the key \'a b\''],
  [{ name: 'talos', labels: { 'pod-security.kubernetes.io/warn-version': '1.30' } }, 'has the value \'1.30\' for pod-security.kubernetes.io/warn-version'],
  [{ name: 'talos', annotations: { '/x': 'c' } }, '\'annotations\' has the key \'/x\''],
])('%j is refused', (props, message) => {
  expect(() => synth(props)).toThrow(message);
});
