import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { openssl } from '../../support/openssl';
import { generatedBundle, NOW } from '../../support/secrets-fixtures';

const AUTHORITIES = ['etcd', 'k8s', 'k8saggregator', 'os'] as const;

test('200 generated bundles pass our own checks and those of openssl', () => {
  const serials = new Set<string>();
  for (let count = 0; count < 200; count++) {
    const bundle = SecretsBundle.parse(generatedBundle().encode(), { now: NOW });
    expect(bundle.warnings).toEqual([]);
    const files = Object.fromEntries(AUTHORITIES.map((name) => [name, bundle.certs[name].crt]));
    for (const name of AUTHORITIES) {
      const args = ['verify', '-x509_strict', '-check_ss_sig', '-attime', String(NOW.getTime() / 1000), '-CAfile', name, name];
      expect(openssl(args, files)).toBe(`${name}: OK\n`);
    }
    serials.add(openssl(['x509', '-in', 'os', '-noout', '-serial'], files));
  }
  expect(serials.size).toBe(200);
}, 300_000);

test('generated service account keys are RSA keys of 4096 bits that openssl finds consistent', () => {
  for (let count = 0; count < 3; count++) {
    const { key } = SecretsBundle.generate().certs.k8sserviceaccount;
    expect(key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    const text = openssl(['rsa', '-in', 'key', '-check', '-noout', '-text'], { key });
    expect(text).toContain('4096 bit');
    expect(text).toContain('RSA key ok');
  }
}, 300_000);
