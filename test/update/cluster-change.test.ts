import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { parse, stringify } from 'yaml';
import {
  ExternalMachineConfigSecret, MachineConfig, MachineConfigPatch, TalosControlPlane, TalosControlPlaneProps, TalosSecrets, TalosVersion, TalosWorkers,
} from '../../src';
import { controlPlaneProps, otherSecrets, RELEASES, secrets } from '../support/control-planes';
import { updateOf } from '../support/updates';

describe('the cluster of a machine config', () => {
  const controlPlane = (props: Partial<TalosControlPlaneProps> = {}) => (chart: Chart) => {
    new TalosControlPlane(chart, 'cp', controlPlaneProps(props));
  };
  const AUTHORITIES = ['machine.ca', 'cluster.ca', 'cluster.etcd.ca'].map((field) => `'${field}' (sha256:[0-9a-f]{64}, applied sha256:[0-9a-f]{64})`
    .replace(/[().]/g, '\\$&'));
  const REMEDY = 'machines keep the state of their cluster and can\'t join another one. Read the secrets of the applied cluster; '
    + 'to replace it, delete its objects and claims first, and leave its manifests out of \'applied\'';
  const messageOf = (apply: () => void): string => {
    try {
      apply();
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  test.each(RELEASES)('is kept by a control plane of $tag', (talosVersion) => {
    expect(updateOf(controlPlane({ talosVersion }), controlPlane({ talosVersion, additionalSans: ['acme.example.com'] }))).not.toThrow();
    const message = messageOf(updateOf(controlPlane({ talosVersion }), controlPlane({ talosVersion, secrets: otherSecrets })));
    expect(message).toMatch(new RegExp(`'cluster\\.id', ${AUTHORITIES.join(', ')}, the secret that encrypts etcd of the Secret acme-control-plane-config can't change once it is applied: `));
    expect(message).toContain(REMEDY);
  });

  test('is kept by an update of Talos that moves it into other documents', () => {
    const [before, after] = [TalosVersion.V1_13, TalosVersion.V1_14].map((talosVersion) => ({ talosVersion }));
    expect(updateOf(controlPlane(before), controlPlane(after))).not.toThrow();
    expect(updateOf(controlPlane(before), controlPlane({ ...after, secrets: otherSecrets }))).toThrow('\'cluster.id\', \'machine.ca\'');
  });

  test.each(RELEASES)('is kept by workers of $tag', (talosVersion) => {
    const workers = (secretsOfAll: TalosSecrets) => (chart: Chart) => {
      const { machineConfig } = new TalosWorkers(chart, 'workers', {
        name: 'general', controlPlane: new TalosControlPlane(chart, 'cp', controlPlaneProps({ talosVersion, secrets: secretsOfAll })),
      });
      expect(machineConfig.secretName).toBe('acme-general-config');
    };
    expect(updateOf(workers(secrets), workers(secrets))).not.toThrow();
    const message = messageOf(updateOf(workers(secrets), workers(otherSecrets)));
    expect(message).toMatch(new RegExp(`'cluster\\.id', ${AUTHORITIES.slice(0, 2).join(', ')} of the Secret acme-general-config`));
  });

  test('is found in user data with gzip, and in YAML for machines outside', () => {
    const large = MachineConfigPatch.fromDocuments({ cluster: { inlineManifests: [{ name: 'large', contents: `# ${'x'.repeat(100_000)}` }] } });
    expect(updateOf(controlPlane(), controlPlane({ patches: [large] }))).not.toThrow();
    expect(updateOf(controlPlane({ patches: [large] }), controlPlane({ secrets: otherSecrets, patches: [large] }))).toThrow('\'machine.ca\'');
    const external = (secretsOfAll: TalosSecrets) => (chart: Chart) => {
      const config = MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://acme.example.com:6443', secrets: secretsOfAll, installDisk: '/dev/sda' });
      new ExternalMachineConfigSecret(chart, 'external', { config });
    };
    expect(updateOf(external(secrets), external(secrets))).not.toThrow();
    expect(updateOf(external(secrets), external(otherSecrets))).toThrow('of the Secret talos-external can\'t change');
  });

  test('is another one by its id alone, which isn\'t shown', () => {
    const { cluster: { id } } = parse(secrets.toYaml());
    const otherId = TalosSecrets.fromYaml(secrets.toYaml().replace(id, otherSecrets._bundle.cluster.id));
    const message = messageOf(updateOf(controlPlane(), controlPlane({ secrets: otherId })));
    expect(message).toContain(`'cluster.id' of the Secret acme-control-plane-config can't change once it is applied: ${REMEDY}`);
    expect(message).not.toContain(id);
  });

  test.each(RELEASES)('is lost with the secret that encrypts etcd of $tag, which isn\'t shown', (talosVersion) => {
    const { secrets: { secretboxencryptionsecret: secret } } = parse(secrets.toYaml());
    const otherSecret = TalosSecrets.fromYaml(secrets.toYaml().replace(secret, parse(otherSecrets.toYaml()).secrets.secretboxencryptionsecret));
    const message = messageOf(updateOf(controlPlane({ talosVersion }), controlPlane({ talosVersion, secrets: otherSecret })));
    expect(message).toContain(`the secret that encrypts etcd of the Secret acme-control-plane-config can't change once it is applied: ${REMEDY}`);
    expect(message).not.toContain(secret);
  });

  test('is found in the machine configs of single machines', () => {
    const patches = [MachineConfigPatch.fromDocuments({ machine: { sysctls: { 'net.a': '1' } } })];
    const members = (secretsOfAll: TalosSecrets) => controlPlane({ secrets: secretsOfAll, memberPatches: [{ ordinal: 0, patches }] });
    expect(updateOf(controlPlane(), members(secrets))).not.toThrow();
    const message = messageOf(updateOf(members(secrets), members(otherSecrets)));
    expect(message).toMatch(new RegExp(`'cluster\\.id', ${AUTHORITIES.join(', ')}, the secret that encrypts etcd of the Secret acme-control-plane-config can't change`));
    expect(message.match(/'cluster\.id'/g)).toHaveLength(1);
    const withoutCommon = (secretsOfAll: TalosSecrets) => (chart: Chart) => {
      members(secretsOfAll)(chart);
      chart.node.findAll().filter((construct): construct is ApiObject => construct instanceof ApiObject && construct.name === 'acme-control-plane-config')
        .forEach((secret) => secret.addJsonPatch(JsonPatch.remove('/data/userdata')));
    };
    expect(updateOf(withoutCommon(secrets), withoutCommon(otherSecrets))).toThrow('\'cluster.id\'');
  });

  test('stays the same while its authorities are rotated', () => {
    const { certs: ours } = parse(secrets.toYaml());
    const { certs: others } = parse(otherSecrets.toYaml());
    const rotated = parse(secrets.toYaml());
    Object.assign(rotated.certs, { os: others.os, k8s: others.k8s });
    const swapped = TalosSecrets.fromYaml(stringify(rotated));
    const accepting = MachineConfigPatch.fromDocuments({
      machine: { acceptedCAs: [{ crt: ours.os.crt }] }, cluster: { acceptedCAs: [{ crt: ours.k8s.crt }] },
    });
    expect(updateOf(controlPlane(), controlPlane({ secrets: swapped, patches: [accepting] }))).not.toThrow();
    expect(updateOf(controlPlane({ secrets: swapped, patches: [accepting] }), controlPlane({ secrets: swapped }))).not.toThrow();
    expect(messageOf(updateOf(controlPlane(), controlPlane({ secrets: swapped })))).toMatch(new RegExp(AUTHORITIES.slice(0, 2).join(', ')));
  });

  test.each(['', 'ENC[AES256_GCM,data:abc=]', Buffer.from('a: [').toString('base64'), Buffer.from('H4sIAAAA').toString('base64')])(
    'isn\'t compared where the applied value is %p', (value) => {
      const unreadable = (chart: Chart) => {
        new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-control-plane-config' }, data: { userdata: value } });
      };
      expect(updateOf(unreadable, controlPlane())).not.toThrow();
    });

  test('is refused without a secret in the message', () => {
    const message = messageOf(updateOf(controlPlane(), controlPlane({ secrets: otherSecrets })));
    const values = [secrets, otherSecrets].flatMap((each) => [...each.toYaml().matchAll(/: (\S{16,})$/gm)].map(([, value]) => value));
    expect(values.length).toBeGreaterThan(20);
    expect(values.filter((value) => message.includes(value))).toEqual([]);
  });
});
