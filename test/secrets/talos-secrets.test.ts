import { X509Certificate } from 'crypto';
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { inspect } from 'util';
import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { ClientCertificateOptions, MachineConfig, TalosApiRole, TalosSecrets, TalosVersion } from '../../src';
import { generated } from '../support/machine-configs';
import { generateQuickly } from '../support/secrets-fixtures';

generateQuickly();

const text = readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8');
const secrets = TalosSecrets.fromYaml(text);
const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
beforeEach(() => emitWarning.mockClear());

test('a file of talosctl is read and written without a change', () => {
  expect(secrets.toYaml()).toBe(text);
  expect(TalosSecrets.fromYaml(secrets.toYaml()).toYaml()).toBe(text);
  expect(secrets.warnings).toEqual([]);
});

test.each(['v1.7', 'v1.11', 'v1.13', 'v1.14'])('a control-plane config of contract %s gives its secrets back', (contract) => {
  const config = MachineConfig.fromYaml(generated(contract).controlplane, { talosVersion: TalosVersion.of(contract) });
  expect(config.secrets().toYaml()).toBe(text);
});

test('a worker config has no secrets to give', () => {
  expect(() => MachineConfig.fromYaml(generated('v1.13').worker).secrets()).toThrow('\'machine.type\' (worker) is not a control plane');
});

describe('a file', () => {
  const newPath = () => join(mkdtempSync(join(tmpdir(), 'secrets-')), 'secrets.yaml');

  test('is created once, for its owner only, and says so', () => {
    const path = newPath();
    const first = TalosSecrets.fromFile(path, { createIfMissing: true, ephemeralCluster: true });
    expect(statSync(path).mode % 0o1000).toBe(0o600);
    expect(emitWarning).toHaveBeenCalledWith(
      `${path} is new and holds the secrets of a new cluster: keep it in a safe place, and out of Git by the line 'secrets.yaml' in .gitignore [talos:new-secrets-file]`, 'TalosWarning');
    expect(TalosSecrets.fromFile(path, { createIfMissing: true }).toYaml()).toBe(first.toYaml());
    expect(emitWarning).toHaveBeenCalledTimes(1);
  });

  test('that others can read is a warning', () => {
    const path = newPath();
    TalosSecrets.fromFile(path, { createIfMissing: true, ephemeralCluster: true });
    chmodSync(path, 0o644);
    TalosSecrets.fromFile(path);
    expect(emitWarning).toHaveBeenLastCalledWith(expect.stringContaining('can be read or written by others than its owner (mode 0644)'), 'TalosWarning');
  });

  test('with an authority that expires soon is a warning', () => {
    const path = newPath();
    writeFileSync(path, text, { mode: 0o600 });
    jest.useFakeTimers({ now: new Date('2036-11-01') });
    const { warnings } = TalosSecrets.fromFile(path);
    jest.useRealTimers();
    expect(warnings).toHaveLength(4);
    expect(emitWarning.mock.calls).toEqual(warnings.map((warning) => [`${warning} [talos:secrets]`, 'TalosWarning']));
  });

  test('is not created by CI, unless for an ephemeral cluster', () => {
    const env = jest.replaceProperty(process, 'env', { ...process.env, CI: 'true' });
    expect(() => TalosSecrets.fromFile(newPath(), { createIfMissing: true })).toThrow('\'createIfMissing\' creates no file in CI (CI=true)');
    env.restore();
  });

  test('that is missing, or a directory, is refused', () => {
    expect(() => TalosSecrets.fromFile(newPath())).toThrow('does not exist: create it with \'talosctl gen secrets\'');
    expect(() => TalosSecrets.fromFile(tmpdir())).toThrow('is a directory');
  });
});

describe('credentials', () => {
  test('a talosconfig has the least that its holder needs', () => {
    const options = { clusterName: 'lab', endpoints: ['lab.example.com'], nodes: ['10.0.0.2'], roles: [TalosApiRole.READER] };
    const { context, contexts } = parse(secrets.talosconfig(options));
    expect(context).toBe('lab');
    expect(contexts.lab).toMatchObject({ endpoints: ['lab.example.com'], nodes: ['10.0.0.2'] });
    expect(Object.keys(contexts.lab)).toEqual(['endpoints', 'nodes', 'ca', 'crt', 'key']);
    expect(secrets.talosconfig(options)).toBe(secrets.talosconfig(options));
    expect(secrets.talosconfig(options)).not.toBe(secrets.talosconfig({ ...options, roles: [TalosApiRole.ADMIN] }));
  });

  test('a kubeconfig names its user as talosctl does', () => {
    const kubeconfig = parse(secrets.kubeconfig({ clusterName: 'lab', endpoint: 'https://lab.example.com:6443', user: 'ci', groups: ['deployers'] }));
    expect(kubeconfig['current-context']).toBe('ci@lab');
    expect(kubeconfig.clusters[0].cluster.server).toBe('https://lab.example.com:6443');
  });

  describe('end', () => {
    const talosconfig = { clusterName: 'lab', endpoints: ['a'] };
    const kubeconfig = { clusterName: 'lab', endpoint: 'https://a' };
    const talosCertificate = (terms: ClientCertificateOptions) => {
      const { crt } = parse(secrets.talosconfig({ ...talosconfig, ...terms })).contexts.lab;
      return new X509Certificate(Buffer.from(crt, 'base64'));
    };
    const kubernetesCertificate = (terms: ClientCertificateOptions) => {
      const [{ user }] = parse(secrets.kubeconfig({ ...kubeconfig, ...terms })).users;
      return new X509Certificate(Buffer.from(user['client-certificate-data'], 'base64'));
    };

    beforeEach(() => { process.env.SOURCE_DATE_EPOCH = String(Date.parse('2029-08-20T00:00:00Z') / 1000); });
    afterEach(() => { delete process.env.SOURCE_DATE_EPOCH; });

    test.each([['Talos', talosCertificate], ['Kubernetes', kubernetesCertificate]])('after a year, for %s', (_, certificate) => {
      const { validFrom, validTo } = certificate({});
      expect([validFrom, validTo]).toEqual(['May 25 02:41:10 2029 GMT', 'May 25 02:41:10 2030 GMT']);
    });

    test.each([['Talos', talosCertificate], ['Kubernetes', kubernetesCertificate]])('early where that is asked for, for %s', (_, certificate) => {
      const dates = (terms: ClientCertificateOptions) => [certificate(terms).validFrom, certificate(terms).validTo];
      expect(dates({ validity: Duration.days(30) })).toEqual(['Aug 10 14:41:10 2029 GMT', 'Sep  9 14:41:10 2029 GMT']);
      expect(dates({ validity: Duration.days(30), notBefore: new Date('2027-01-01T00:00:00Z') }))
        .toEqual(['Jan  1 00:00:00 2027 GMT', 'Jan 31 00:00:00 2027 GMT']);
    });

    test('with a new key at each renewal and for each generation', () => {
      const first = secrets.talosconfig(talosconfig);
      expect(secrets.talosconfig({ ...talosconfig, generation: 1 })).toBe(first);
      expect(secrets.talosconfig({ ...talosconfig, generation: 2 })).not.toBe(first);
      process.env.SOURCE_DATE_EPOCH = String(Date.parse('2029-11-23T14:41:09Z') / 1000);
      expect(secrets.talosconfig(talosconfig)).toBe(first);
      process.env.SOURCE_DATE_EPOCH = String(Date.parse('2029-11-23T14:41:10Z') / 1000);
      expect(secrets.talosconfig(talosconfig)).not.toBe(first);
    });

    test.each<[string, () => unknown, string]>([
      ['a start before the authority', () => secrets.talosconfig({ ...talosconfig, notBefore: new Date('2020-01-01') }), '\'notBefore\' (2020-01-01T00:00:00.000Z)'],
      ['a start in text', () => secrets.kubeconfig({ ...kubeconfig, notBefore: '2030-01-01' as any }), '\'notBefore\' is a string: give a Date'],
      ['no time', () => secrets.kubeconfig({ ...kubeconfig, validity: Duration.days(0) }), '\'validity\' (0 days)'],
      ['the generation 0', () => secrets.talosconfig({ ...talosconfig, generation: 0 }), '\'generation\' (0) is not a whole number'],
    ])('%s is refused', (_, action, message) => {
      expect(action).toThrow(message);
    });
  });

  test.each<[string, () => unknown, string]>([
    ['an endpoint that is a URL', () => secrets.talosconfig({ clusterName: 'lab', endpoints: ['https://a'] }), '\'endpoints\' (https://a) is a URL'],
    ['no role', () => secrets.talosconfig({ clusterName: 'lab', endpoints: ['a'], roles: [] }), '\'roles\' is empty'],
    ['no name', () => secrets.kubeconfig({ clusterName: '', endpoint: 'https://a' }), '\'clusterName\''],
    ['plain http', () => secrets.kubeconfig({ clusterName: 'lab', endpoint: 'http://a:6443' }), 'is not an HTTPS URL'],
  ])('%s is refused', (_, action, message) => {
    expect(action).toThrow(message);
  });
});

test('secrets don\'t show when they are printed', () => {
  for (const shown of [`${secrets}`, inspect(secrets, { depth: 9 }), JSON.stringify(secrets)]) {
    expect(shown).not.toMatch(/PRIVATE|LS0t|[0-9a-z]{6}\.[0-9a-z]{16}/);
  }
});
