import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { NodeStorage, TalosNamespace, TalosNode, TalosWorkload } from '../../src';
import { walks } from '../support/walks';

/** An app with namespaces, each with a machine, in charts of their own. */
function appOf(charts: number): { readonly app: App; readonly nodes: TalosNode[] } {
  const app = new App();
  const nodes = Array.from({ length: charts }, (_, index) => {
    const chart = new Chart(app, `chart-${index}`, { namespace: `talos-${index}` });
    new TalosNamespace(chart, 'namespace', { admissionPolicy: {}, resourceQuota: { pods: 1 } });
    return new TalosNode(chart, 'node', { workload: TalosWorkload.POD, storage: NodeStorage.ephemeral() });
  });
  return { app, nodes };
}

test.each([1, 2, 8])('the policies and quotas of %s charts walk through the app once each time that cdk8s validates it', (charts) => {
  expect(walks(appOf(charts).app)).toBe(charts + 1);
});

test('each validation sees what has changed since the last one', () => {
  const { app, nodes: [node] } = appOf(1);
  app.synthYaml();
  const image = (value: string) => ApiObject.of(node.node.findAll().find((construct) => ApiObject.isApiObject(construct) && construct.kind === 'Pod')!)
    .addJsonPatch(JsonPatch.replace('/spec/containers/0/image', value));
  image('registry.example.com/evil');
  expect(() => app.synthYaml()).toThrow('[chart-0/namespace] \'admissionPolicy.images\' doesn\'t have registry.example.com/evil, which Pod ');
  image('ghcr.io/siderolabs/talos:v1.13.9');
  app.synthYaml();
  new TalosNode(node, 'other', { workload: TalosWorkload.POD, storage: NodeStorage.ephemeral() });
  expect(() => app.synthYaml()).toThrow('\'resourceQuota.pods\' (1) is less than the 2 pods of the app');
});
