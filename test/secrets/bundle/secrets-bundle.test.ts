import { format, inspect } from 'node:util';
import * as fc from 'fast-check';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { bundle, fixture, generatedBundle, NOW, parts } from '../../support/secrets-fixtures';

describe('reading and writing', () => {
  test.each(['a', 'b', 'c'] as const)('%s.yaml of talosctl is written as it was read', (name) => {
    expect(bundle(name).encode()).toBe(fixture(`${name}.yaml`));
    expect(bundle(name).warnings).toEqual([]);
  });

  test('the parts are those of the file', () => {
    const { cluster, secrets, trustdinfo, certs } = bundle();
    expect(cluster.id).toBe('hy4vUXs3KyclfwGslatLQhuQuV38QUMSw5q77ilSIWc=');
    expect(cluster.secret).toBe('9g+qpk6pjYLRjNd66tXbSQvxYERqrkbVWPJsf/owQPE=');
    expect(secrets.bootstraptoken).toBe('bac2wh.agyt4d5v67i95ec4');
    expect(secrets.secretboxencryptionsecret).toBe('uRe1bP9KCe0oH2JJ/d+veGxMhz5eiVO+Yc4NpcOveZQ=');
    expect(secrets.aescbcencryptionsecret).toBeUndefined();
    expect(trustdinfo.token).toBe('866b4h.79fnt4ykc5pieefg');
    const file = fixture('a.yaml');
    for (const pem of [certs.etcd, certs.k8s, certs.k8saggregator, certs.os].flatMap(({ crt, key }) => [crt, key])) {
      expect(file).toContain(` ${Buffer.from(pem).toString('base64')}\n`);
    }
    expect(file).toContain(` ${Buffer.from(certs.k8sserviceaccount.key).toString('base64')}\n`);
  });

  test('the style of the yaml does not matter', () => {
    const other = `# kept by hand\n${fixture('a.yaml').replace(/^( +)/gm, (spaces) => ' '.repeat(spaces.length / 2)).replace(/: (\S+)$/gm, ": '$1'")}`;
    expect(SecretsBundle.parse(other, { now: NOW }).encode()).toBe(fixture('a.yaml'));
  });

  const base64 = (alphabet: 'base64' | 'url') => fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
    const text = Buffer.from(bytes).toString('base64');
    return alphabet === 'url' ? text.replace(/\+/g, '-').replace(/\//g, '_') : text;
  });
  // digits alone, and digits around one "e", would be numbers if written without quotes
  const token = fc.tuple(
    fc.stringMatching(/^[0-9a-z]{6}$|^[0-9]{6}$/),
    fc.stringMatching(/^[0-9a-z]{16}$|^[0-9]{16}$|^[0-9]{13}e[0-9]{2}$/),
  ).map((halves) => halves.join('.'));

  test('any values survive being written and read', () => {
    const values = fc.record({
      'cluster.id': base64('url'),
      'cluster.secret': base64('base64'),
      'secrets.bootstraptoken': token,
      'secrets.secretboxencryptionsecret': base64('base64'),
      'trustdinfo.token': token,
    });
    fc.assert(fc.property(values, (changed) => {
      const text = SecretsBundle.fromParts({ ...parts(), ...changed }, { now: NOW }).encode();
      const { cluster, secrets, trustdinfo } = SecretsBundle.parse(text, { now: NOW });
      expect(cluster.id).toBe(changed['cluster.id']);
      expect(cluster.secret).toBe(changed['cluster.secret']);
      expect(secrets.bootstraptoken).toBe(changed['secrets.bootstraptoken']);
      expect(secrets.secretboxencryptionsecret).toBe(changed['secrets.secretboxencryptionsecret']);
      expect(trustdinfo.token).toBe(changed['trustdinfo.token']);
    }), { numRuns: 10 });
  });

  test('a token that looks like a number is quoted', () => {
    const text = SecretsBundle.fromParts({ ...parts(), 'trustdinfo.token': '123456.1234567890123456' }, { now: NOW }).encode();
    expect(text).toContain('token: "123456.1234567890123456"\n');
  });
});

describe('generating', () => {
  const generated = generatedBundle();

  test('the file has the parts of that of talosctl in the same form', () => {
    const shape = (text: string) => text.replace(/: \S+$/gm, ':');
    expect(shape(generated.encode())).toBe(shape(fixture('a.yaml')));
    expect(generated.warnings).toEqual([]);
    expect(generated.cluster.id).toMatch(/^[A-Za-z0-9_-]{43}=$/);
  });

  test('nothing is the same in two bundles', () => {
    const lines = (text: string) => text.split('\n').filter((line) => /: \S/.test(line));
    const other = new Set(lines(generatedBundle().encode()));
    const common = lines(generated.encode()).filter((line) => other.has(line));
    expect(common).toHaveLength(1); // the service account key, which both were given
    expect(common[0]).toContain(Buffer.from(generated.certs.k8sserviceaccount.key).toString('base64'));
  });

  test('a damaged service account key is refused', () => {
    expect(() => SecretsBundle.generate({ serviceAccountKey: 'no key' })).toThrow("'certs.k8sserviceaccount.key' holds no PEM block");
  });
});

describe('immutability', () => {
  test('changing the parts it was made of changes nothing', () => {
    const given: Record<string, string> = { ...parts() };
    const made = SecretsBundle.fromParts(given, { now: NOW });
    given['trustdinfo.token'] = 'aaaaaa.bbbbbbbbbbbbbbbb';
    expect(made.encode()).toBe(fixture('a.yaml'));
  });

  test('its properties can not be set', () => {
    expect(() => Object.assign(bundle().trustdinfo, { token: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(bundle(), { warnings: [] })).toThrow(TypeError);
  });
});

describe('masking', () => {
  const whole = bundle();
  const values = Object.entries(parts()).filter(([name]) => name !== 'cluster.id').flatMap(([, value]) => [
    value.slice(30, 60),
    Buffer.from(value).toString('base64').slice(40, 80),
  ]).filter((text) => text.length > 0);

  const prints: ((value: unknown) => string)[] = [
    (value) => `${value}`,
    (value) => JSON.stringify({ value }),
    (value) => format(value),
    (value) => format('%s %j %o %O', value, value, value, value),
    (value) => inspect({ deep: [value] }, { depth: null }),
    (value) => inspect(value, { showHidden: true, depth: null }),
    (value) => inspect(value, { customInspect: false, showHidden: true, depth: null }),
    (value) => inspect({ ...value as object }, { depth: null }),
  ];

  const objects: [string, unknown][] = [
    ['the bundle', whole],
    ['cluster', whole.cluster],
    ['secrets', whole.secrets],
    ['trustdinfo', whole.trustdinfo],
    ['certs', whole.certs],
    ['certs.os', whole.certs.os],
    ['certs.k8sserviceaccount', whole.certs.k8sserviceaccount],
  ];

  test.each(objects)('no way to print %s shows a secret', (_, value) => {
    for (const print of prints) {
      const printed = print(value);
      expect(values.filter((secret) => printed.includes(secret))).toEqual([]);
    }
  });

  test('a bundle prints which cluster it is of', () => {
    expect(String(whole)).toBe('SecretsBundle(cluster hy4vUXs3KyclfwGslatLQhuQuV38QUMSw5q77ilSIWc=)');
    expect(inspect(whole)).toBe(String(whole));
    expect(JSON.stringify(whole)).toBe(JSON.stringify(String(whole)));
  });
});
