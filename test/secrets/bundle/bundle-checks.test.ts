import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { TalosError } from '../../../src/problem';
import { issueClientCertificate } from '../../../src/secrets/bundle/client-certificate';
import { PartName, AUTHORITY_NAMES, PART_NAMES } from '../../../src/secrets/bundle/parts';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { decodeCertificate } from '../../../src/secrets/x509/certificate';
import { encodePrivateKey, generatePrivateKey } from '../../../src/secrets/x509/keys';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
import { privateKeyOf } from '../../../src/secrets/x509/private-key-reader';
import { openssl } from '../../support/openssl';
import { runs } from '../../support/releases';
import { bundle, fixture, NOW, parts } from '../../support/secrets-fixtures';

const whole = parts();
const { certs } = bundle();

function warningsWith(changed: Partial<Record<PartName, string>>, now = NOW): readonly string[] {
  return SecretsBundle.fromParts({ ...whole, ...changed }, { now }).warnings;
}

function problemWith(changed: Partial<Record<PartName, string>>, now = NOW): string {
  try {
    warningsWith(changed, now);
  } catch (error) {
    expect(error).toBeInstanceOf(TalosError);
    return (error as TalosError).text;
  }
  throw new Error('no problem was found');
}

function lines(text: string, change: (line: string) => string | undefined): string {
  return text.split('\n').map(change).filter((line) => line !== undefined).join('\n');
}

describe('the file', () => {
  const parse = (text: string) => SecretsBundle.parse(text, { now: NOW });

  test.each([
    ['', "'secrets bundle' is not a YAML mapping: pass the text that 'talosctl gen secrets' writes"],
    ['- a', "'secrets bundle' is not a YAML mapping"],
    ['a: 1\n---\nb: 2', "'secrets bundle' has several YAML documents, the second from line 2: keep the one that 'talosctl gen secrets' wrote"],
    ['cluster:\n  id: x\n  id: y', "'secrets bundle' is not valid YAML: line 3: duplicate key"],
    ['cluster: *nothing', "'secrets bundle' is not valid YAML: an alias (\"*\") refers to no anchor"],
    ['cluster: [', "'secrets bundle' is not valid YAML: line 1"],
    ['cluster:\n  id: ENC[AES256_GCM,data:x]\nsops: {}', "'secrets bundle' is encrypted by sops: decrypt it (`sops --decrypt`), and give the text to TalosSecrets.fromYaml()"],
    ['machine: {}', "'secrets bundle' is a machine config: read it with MachineConfig.fromYaml() or MachineConfig.fromFile() and use its secrets()"],
    ['cluster:\n  id: [a]', "'cluster.id' is not a text: write it as one line"],
    ['certs:\n  os:\n    crt: "*"', "'certs.os.crt' is not base64: copy the value again"],
  ])('%p is refused', (text, problem) => {
    expect(() => parse(text)).toThrow(TalosError);
    expect(() => parse(text)).toThrow(problem);
  });

  test('broken yaml is reported without the text around it', () => {
    const text = fixture('a.yaml').replace('trustdinfo:', '  trustdinfo:');
    expect(() => parse(text)).toThrow(/^'secrets bundle' is not valid YAML: line \d+: [a-z ]+ \[talos:invalid-secrets\]$/);
  });

  test('a file cut at the end of any line is refused with the names of what is missing', () => {
    const all = fixture('a.yaml').trimEnd().split('\n');
    for (let count = 1; count < all.length; count++) {
      expect(() => parse(all.slice(0, count).join('\n'))).toThrow("'certs.os.key' is missing: take the whole file that talosctl wrote");
    }
  });

  test('a file cut within a line is refused', () => {
    const text = fixture('a.yaml').trimEnd();
    fc.assert(fc.property(fc.integer({ min: 1, max: text.length - 1 }), (length) => {
      expect(() => parse(text.slice(0, length))).toThrow(TalosError);
    }));
  });

  test('what does not belong to a bundle is reported and left out', () => {
    const read = parse(`${fixture('a.yaml')}    admin:\n        crt: aGVsbG8=\nnotes: [x]\n`);
    expect(read.warnings).toEqual([
      "'certs.admin.crt' is not a part of a secrets bundle: it is ignored",
      "'notes' is not a part of a secrets bundle: it is ignored",
    ]);
    expect(read.encode()).toBe(fixture('a.yaml'));
  });
});

describe('each part', () => {
  const required = PART_NAMES.filter((name) => !name.includes('encryptionsecret'));

  test.each(required)('%s may not be missing or empty', (name) => {
    expect(problemWith({ [name]: undefined })).toBe(`'${name}' is missing: take the whole file that talosctl wrote`);
    expect(problemWith({ [name]: '' })).toBe(`'${name}' is missing: take the whole file that talosctl wrote`);
  });

  test.each(PART_NAMES.filter((name) => name.startsWith('certs.')))('%s may not be something else', (name) => {
    expect(problemWith({ [name]: 'something else' })).toBe(`'${name}' holds no PEM block: expected "-----BEGIN …-----"`);
    expect(problemWith({ [name]: encodePem({ label: 'X509 CRL', der: Buffer.from('x') }) })).toContain(`'${name}' has the PEM label "X509 CRL": expected `);
  });

  test.each<[PartName, string, string]>([
    ['cluster.secret', 'c2hvcnQ=', 'holds 5 bytes: expected the base64 text of 32 bytes'],
    ['cluster.secret', 'c2hvcnQ', 'is cut short: its base64 text is not a multiple of four characters long'],
    ['secrets.bootstraptoken', 'abcdef', 'is not a token: expected 6 and 16 characters of 0-9 and a-z with a dot between them'],
    ['trustdinfo.token', 'ABCDEF.0123456789abcdef', 'is not a token: expected 6 and 16 characters of 0-9 and a-z with a dot between them'],
    ['secrets.secretboxencryptionsecret', 'AAAAAAAAAAAAAAAAAAAAAA==', 'holds 16 bytes: expected the base64 text of 32 bytes'],
  ])('%s may not be %s', (name, value, problem) => {
    expect(problemWith({ [name]: value })).toBe(`'${name}' ${problem}`);
  });

  test('all problems are told at once', () => {
    const problems = problemWith({ 'cluster.id': '', 'trustdinfo.token': 'x', 'certs.os.key': certs.etcd.key }).split('\n');
    expect(problems).toEqual([
      "'cluster.id' is missing: take the whole file that talosctl wrote",
      "'trustdinfo.token' is not a token: expected 6 and 16 characters of 0-9 and a-z with a dot between them",
      "'certs.os.crt' does not belong to 'certs.os.key': take both from the same bundle",
    ]);
  });

  test('an unusual cluster id is accepted with a warning, either alphabet of base64 without', () => {
    expect(warningsWith({ 'cluster.id': 'my-cluster' })).toEqual([
      "'cluster.id' is not the base64 text of 32 bytes that talosctl writes: check that it is complete",
    ]);
    expect(warningsWith({ 'cluster.id': whole['cluster.secret'] })).toEqual([]);
  });
});

describe('the encryption secret', () => {
  const [secretbox, aescbc] = ['secrets.secretboxencryptionsecret', 'secrets.aescbcencryptionsecret'] as const;

  test('of an older cluster is read and written', () => {
    const text = fixture('a.yaml').replace('secretboxencryptionsecret', 'aescbcencryptionsecret');
    const read = SecretsBundle.parse(text, { now: NOW });
    expect(read.secrets.aescbcencryptionsecret).toBe(whole[secretbox]);
    expect(read.secrets.secretboxencryptionsecret).toBeUndefined();
    expect(read.encode()).toBe(text);
  });

  test('must be one of the two', () => {
    expect(problemWith({ [secretbox]: undefined })).toContain(`'${secretbox}' is missing: take it (or '${aescbc}'`);
    expect(problemWith({ [aescbc]: whole[secretbox] })).toBe(`'${secretbox}' and '${aescbc}' are both set: keep the one with which the cluster encrypts its secrets`);
  });

  test.each([16, 24, 32])('for aescbc may be %d bytes long', (size) => {
    expect(warningsWith({ [secretbox]: undefined, [aescbc]: Buffer.alloc(size, 1).toString('base64') })).toEqual([]);
  });
});

describe.each(AUTHORITY_NAMES)('%s', (name) => {
  const [crt, key] = [`${name}.crt`, `${name}.key`] as const;
  const { notBefore, notAfter } = decodeCertificate(whole[crt]!);
  const daysBeforeEnd = (days: number) => new Date(notAfter.getTime() - days * 24 * 3_600_000);

  test('with the key of another one is refused', () => {
    for (const other of AUTHORITY_NAMES.filter((authority) => authority !== name)) {
      expect(problemWith({ [key]: whole[`${other}.key`] })).toBe(`'${crt}' does not belong to '${key}': take both from the same bundle`);
    }
    expect(problemWith({ [key]: parts('b')[key] })).toBe(`'${crt}' does not belong to '${key}': take both from the same bundle`);
  });

  test('that has expired is refused', () => {
    const problems = problemWith({}, notAfter).split('\n');
    expect(problems).toContain(`'${crt}' expired at ${notAfter.toISOString()}: rotate this certificate authority and use the new bundle`);
    expect(warningsWith({}, new Date(notAfter.getTime() - 1))).toHaveLength(AUTHORITY_NAMES.length);
  });

  test('that expires in less than 90 days is warned of', () => {
    const about = (now: Date) => warningsWith({}, now).filter((warning) => warning.startsWith(`'${crt}'`));
    expect(about(daysBeforeEnd(90))).toEqual([]);
    expect(about(daysBeforeEnd(89.5))).toEqual([
      `'${crt}' expires in 89 days, at ${notAfter.toISOString()}: rotate this certificate authority soon`,
    ]);
  });

  test('that is not valid yet is warned of', () => {
    expect(warningsWith({}, new Date(notBefore.getTime() - 1))).toContain(
      `'${crt}' is not valid before ${notBefore.toISOString()}: check this machine's clock`,
    );
  });

  // validation.slow.ts damages every other byte too
  test('with a damaged signature or key is refused', () => {
    const damagedEnd = (part: PartName) => {
      const { label, der } = decodePem(whole[part]!);
      der[der.length - 1] = (der[der.length - 1] + 1) % 256;
      return encodePem({ label, der });
    };
    expect(problemWith({ [crt]: damagedEnd(crt) })).toBe(`'${crt}' is damaged: its signature does not match its contents`);
    expect(problemWith({ [key]: damagedEnd(key) })).toMatch(new RegExp(`'${key}' is damaged|'${crt}' does not belong to '${key}'`));
  });

  test('that is no certificate at all is refused', () => {
    const pem = encodePem({ label: 'CERTIFICATE', der: Buffer.from('something else') });
    expect(problemWith({ [crt]: pem })).toBe(`'${crt}' is damaged: its PEM block does not hold a certificate`);
  });

  test('that is no authority is refused', () => {
    const client = issueClientCertificate({ crt: whole[crt]!, key: whole[key]! }, { subject: { organizations: ['x'] } });
    expect(problemWith({ [crt]: client.crt, [key]: client.key })).toContain(`'${crt}' is not a certificate authority`);
  });
});

describe('the service account key', () => {
  const name = 'certs.k8sserviceaccount.key';

  test('of clusters before talos 1.7 is an EC key', () => {
    expect(warningsWith({ [name]: encodePrivateKey(generatePrivateKey('P-256')) })).toEqual([]);
  });

  test('may not be an Ed25519 key', () => {
    expect(problemWith({ [name]: certs.os.key })).toBe(`'${name}' is a key of type ed25519: Kubernetes signs service account tokens with an RSA or EC key`);
  });
});

describe('bundles of other origin', () => {
  test('a key under the general label is accepted with a warning', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    expect(warningsWith({ 'certs.k8sserviceaccount.key': pem })).toEqual([
      '\'certs.k8sserviceaccount.key\' has the PEM label "PRIVATE KEY", which Talos 1.9 and older refuse: use the label of the key\'s type for such machines',
    ]);
  });

  test('an RSA authority as kubeadm makes it, with text around it, is accepted', () => {
    const key = encodePrivateKey(privateKeyOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
    const crt = openssl(['req', '-x509', '-key', 'key', '-subj', '/CN=kubernetes', '-days', '3650', '-text'], { key });
    expect(crt).toMatch(/^Certificate:\n/);
    expect(warningsWith({ 'certs.k8s.crt': crt, 'certs.k8s.key': key }, new Date())).toEqual([]);
  });

  test('an authority that another one issued is accepted with a warning', () => {
    const files = { 'root.crt': certs.k8s.crt, 'root.key': certs.k8s.key, 'key': certs.etcd.key };
    const crt = openssl(['req', '-x509', '-CA', 'root.crt', '-CAkey', 'root.key', '-key', 'key', '-subj', '/CN=intermediate', '-days', '3650'], files);
    expect(warningsWith({ 'certs.etcd.crt': crt })).toContain(
      "'certs.etcd.crt' is issued by another certificate authority, which many clients need too: prefer a self-signed one",
    );
  });
});

test('no message shows a secret', () => {
  const secretsOf = (text: string) => [...text.matchAll(/: (\S{12,})$/gm)].map(([, value]) => value.slice(8, 24));
  const text = fixture('a.yaml');
  const secrets = secretsOf(text);
  expect(secrets.length).toBe(14);
  fc.assert(fc.property(fc.nat(text.split('\n').length - 2), fc.constantFrom('cut', 'twist', 'drop'), (index, damage) => {
    let at = 0;
    const damaged = lines(text, (line) => {
      if (at++ !== index) {
        return line;
      }
      return { cut: line.slice(0, -3), twist: line.split('').reverse().join(''), drop: undefined }[damage];
    });
    try {
      SecretsBundle.parse(damaged, { now: NOW });
    } catch (error) {
      const message = (error as TalosError).text;
      expect(secrets.filter((secret) => message.includes(secret))).toEqual([]);
      expect(message).toMatch(/^'/);
    }
  }), runs(25));
});
