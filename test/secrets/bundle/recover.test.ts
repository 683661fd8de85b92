import { parseAllDocuments } from 'yaml';
import { TalosError } from '../../../src/problem';
import { recoverSecrets } from '../../../src/secrets/bundle/recover';
import { bundle, fixture, NOW } from '../../support/secrets-fixtures';

type Document = Record<string, any>;

function documents(name: string): Document[] {
  return parseAllDocuments(fixture(name)).map((document) => document.toJS() as Document);
}

function recover(given: Document[]) {
  return recoverSecrets(given, { now: NOW });
}

const layouts = ['controlplane-1.7.yaml', 'controlplane-1.13.yaml', 'controlplane-1.14.yaml'];

describe.each(layouts)('%s', (name) => {
  test('gives the bundle it was made from', () => {
    const recovered = recover(documents(name));
    expect(recovered.encode()).toBe(fixture('a.yaml'));
    expect(recovered.warnings).toEqual([]);
  });

  test('the order of the documents does not matter', () => {
    expect(recover(documents(name).reverse()).encode()).toBe(fixture('a.yaml'));
  });

  test('a missing key is named with its place', () => {
    const changed = documents(name);
    const main = changed.find((document) => !document.kind)!;
    main.machine.ca.key = '';
    delete main.cluster.etcd;
    expect(() => recover(changed)).toThrow("'certs.os.key' is missing: the machine config has no 'machine.ca.key'");
    expect(() => recover(changed)).toThrow("'certs.etcd.crt' is missing: the machine config has no 'cluster.etcd.ca.crt'");
  });

  test('a redacted key is refused', () => {
    const changed = documents(name);
    changed.find((document) => !document.kind)!.machine.ca.key = '******';
    expect(() => recover(changed)).toThrow("'certs.os.key' is not base64");
  });
});

test('the place in a document of its own is named too', () => {
  const changed = documents('controlplane-1.14.yaml').filter((document) => document.kind !== 'KubeAPIServerCAConfig');
  expect(() => recover(changed)).toThrow(
    "'certs.k8s.key' is missing: the machine config has no 'cluster.ca.key', and KubeAPIServerCAConfig has no 'issuingCA.key'",
  );
});

test('a worker is refused', () => {
  expect(() => recover(documents('worker-1.14.yaml'))).toThrow(new TalosError('talos:invalid-secrets',
    "'machine.type' (worker) is not a control plane, and other machines don't have the cluster's keys: pass the machine config of a control plane",
  ));
});

test('documents without the main one are refused', () => {
  const changed = documents('controlplane-1.14.yaml').filter((document) => document.kind);
  expect(() => recover(changed)).toThrow("'machine' is missing: pass all documents of the machine config");
});

describe('the encryption secret', () => {
  const { secretboxencryptionsecret: secret } = bundle().secrets;
  const secretbox = (name: string) => ({ secretbox: { keys: [{ name, secret }] } });
  const aescbc = { aescbc: { keys: [{ name: 'key1', secret }] } };

  function withProviders(...providers: object[]): Document[] {
    const changed = documents('controlplane-1.14.yaml');
    changed.find((document) => document.kind === 'KubeEtcdEncryptionConfig')!.config.resources = [
      { resources: ['configmaps'], providers: [{ secretbox: { keys: [{ name: 'key9', secret: 'another' }] } }] },
      { resources: ['secrets'], providers },
    ];
    return changed;
  }

  test('of an older cluster stays of its kind', () => {
    const changed = documents('controlplane-1.7.yaml');
    changed[0].cluster.aescbcEncryptionSecret = secret;
    delete changed[0].cluster.secretboxEncryptionSecret;
    expect(recover(changed).secrets.aescbcencryptionsecret).toBe(secret);
    expect(recover(changed).secrets.secretboxencryptionsecret).toBeUndefined();
  });

  test.each([
    ['secretbox', [secretbox('key2')]],
    ['aescbc', [aescbc]],
    ['aescbc', [secretbox('key1')]],
    ['secretbox', [{ identity: {} }, secretbox('mine')]],
  ])('is %s for the providers %j', (kind, providers) => {
    const { secrets } = recover(withProviders(...providers));
    expect(secrets.secretboxencryptionsecret).toBe(kind === 'secretbox' ? secret : undefined);
    expect(secrets.aescbcencryptionsecret).toBe(kind === 'aescbc' ? secret : undefined);
  });

  test('is the one that writes where there are two, with a warning', () => {
    const recovered = recover(withProviders(secretbox('key2'), aescbc));
    expect(recovered.encode()).toBe(fixture('a.yaml'));
    expect(recovered.warnings).toEqual([
      "'secrets.aescbcencryptionsecret' is left out, because a bundle holds one encryption secret: keep it in a patch until no secret in etcd needs it",
    ]);
  });

  test('may not be missing', () => {
    expect(() => recover(withProviders())).toThrow("'cluster.secretboxEncryptionSecret' is missing, and there is no secretbox or aescbc key");
  });
});
