import { App, Chart } from 'cdk8s';
import { ConfigUpdate, MachineConfigPatch, SecretDelivery, SecretText, TalosMachineConfig, TalosNode, TalosNodeProps, TalosRole, TalosVersion, UpdatePlan } from '../../src';
import { standInSecrets } from '../../src/secrets/stand-in';
import { otherSecrets, secrets } from '../support/control-planes';
import { generatedConfig } from '../support/stand-ins';

const { V1_13, V1_14 } = TalosVersion;
const label = (rack: string) => MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { rack } } });
const proxy = (password: string) => MachineConfigPatch.fromDocuments({ machine: { env: { https_proxy: `http://acme:${password}@proxy.example.com` } } });

interface State {
  readonly delivery?: SecretDelivery;
  readonly role?: TalosRole;
  readonly patches?: MachineConfigPatch[];
  readonly talosVersion?: TalosVersion;
  readonly node?: TalosNodeProps;
  readonly keys?: 'a' | 'b';
}

/** The objects of a control plane, whose keys are in a Secret of its own unless a delivery is given. */
function objects({ delivery, role = TalosRole.CONTROL_PLANE, patches = [], talosVersion = V1_13, node = {}, keys = 'a' }: State): any[] {
  const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
  const config = generatedConfig(delivery ? standInSecrets() : keys === 'a' ? secrets : otherSecrets, talosVersion, role, patches);
  const machineConfig = new TalosMachineConfig(chart, 'config', { config, name: `${node.name ?? 'acme'}-config`, secretDelivery: delivery });
  new TalosNode(chart, 'node', { name: 'acme', machineConfig, replicas: 3, configUpdate: ConfigUpdate.ROLL, ...node });
  return chart.toJson();
}

const keyless = (options: State = {}) => objects({ delivery: SecretDelivery.existing(), ...options });
const plan = (before: any[], after: any[]) => UpdatePlan._of(before, after, []);

test('nothing changes where nothing does', () => {
  expect(plan(keyless(), keyless())).toMatchObject({ risks: [], machines: [], notes: [], hasChanges: false });
});

test('a change of the machine config is read from the templates', () => {
  const change = plan(keyless({ patches: [label('a'), proxy('b')] }), keyless({ patches: [label('c'), proxy('b')] }));
  expect(change).toMatchObject({ risks: [], notes: [], machines: ['StatefulSet acme: 3 pods are replaced one by one, the Kubernetes API stays; claims stay'] });
  expect(change.toString()).toContain('~ ConfigMap acme-config (talos)\n      ~ data.config.yaml: v1alpha1 machine.nodeLabels.rack: "a" -> "c"');
});

test('running machines keep theirs unless they roll', () => {
  const [before, after] = ['a', 'b'].map((rack) => keyless({ patches: [label(rack)], node: { configUpdate: ConfigUpdate.INITIAL } }));
  expect(plan(before, after).machines).toEqual([expect.stringContaining('running machines keep theirs until `talosctl apply-config`')]);
});

test('releases are read from the templates too', () => {
  const change = plan(keyless(), keyless({ talosVersion: V1_14 }));
  expect(change.machines.join()).toContain('Talos 1.13.10 -> 1.14.2; Kubernetes 1.36.4 -> 1.37.1');
});

test('a kubelet that would be newer than the Kubernetes API is found', () => {
  const pool = (talosVersion: TalosVersion) => keyless({ talosVersion, role: TalosRole.WORKER, node: { name: 'acme-general' } });
  const both = [...keyless(), ...pool(V1_13)];
  expect(plan(both, [...keyless(), ...pool(V1_14)]).risks.map(({ problem }) => problem).join()).toContain('is newer than the Kubernetes API of its cluster (1.36.4)');
});

describe('the keys get to the machines in another way', () => {
  test('from manifests to a Secret: one roll, and the Secret must be there first', () => {
    const change = plan(objects({}), keyless());
    expect(change.risks).toEqual([]);
    expect(change.machines).toEqual(['StatefulSet acme: 3 pods are replaced one by one, the Kubernetes API stays; '
      + 'its keys come from the Secret acme-secrets from now on: it must be there first, with the keys that the machines have; claims stay']);
  });

  test('and back', () => {
    expect(plan(keyless(), objects({})).machines).toEqual([expect.stringContaining('its keys are in the manifests from now on: they must be those in the Secret acme-secrets')]);
  });

  test('from another Secret', () => {
    const other = keyless({ delivery: SecretDelivery.existing({ secretName: 'keys' }) });
    expect(plan(keyless(), other).machines).toEqual([expect.stringContaining('its keys come from the Secret keys from now on')]);
  });
});

describe('a SecretText with the keys in the manifests', () => {
  const text = [proxy(SecretText.fromSecret('acme-proxy', 'password').placeholder)];

  test('is one roll', () => {
    expect(plan(objects({}), objects({ patches: text }))).toMatchObject({
      risks: [], notes: [], machines: ['StatefulSet acme: 3 pods are replaced one by one, the Kubernetes API stays; claims stay'],
    });
  });

  test('doesn\'t hide another cluster', () => {
    for (const before of [objects({}), objects({ patches: text })]) {
      expect(plan(before, objects({ patches: text, keys: 'b' })).risks.map(({ problem }) => problem).join()).toContain('\'machine.ca\'');
    }
  });
});

test('a template that isn\'t there is said', () => {
  const without = keyless().filter(({ kind }) => kind !== 'ConfigMap');
  expect(plan(without, without).notes).toEqual([expect.stringContaining('isn\'t known, as they are missing, encrypted or made elsewhere: ConfigMap acme-config')]);
});
