import * as fs from 'node:fs';
import * as path from 'node:path';
import { Parts, isPemPart, PartName } from '../../src/secrets/bundle/parts';
import { SecretsBundle } from '../../src/secrets/bundle/secrets-bundle';
import { parseYamlAsText } from '../../src/secrets/bundle/secrets-yaml';
import { pathsOf, valueAt } from '../../src/secrets/bundle/yaml-mapping';
import { requireBase64 } from '../../src/secrets/x509/base64';

const DIRECTORY = path.join(__dirname, '..', 'fixtures', 'secrets');

/** A time at which the fixtures' certificates are valid. */
export const NOW = new Date('2027-01-01T00:00:00Z');

/** The text of a fixture file. */
export function fixture(name: string): string {
  return fs.readFileSync(path.join(DIRECTORY, name), 'utf8');
}

/** A bundle that talosctl wrote. */
export function bundle(name: 'a' | 'b' | 'c' = 'a'): SecretsBundle {
  return SecretsBundle.parse(fixture(`${name}.yaml`), { now: NOW });
}

/** The parts of a bundle that talosctl wrote. */
export function parts(name: 'a' | 'b' | 'c' = 'a'): Parts {
  const root = parseYamlAsText(fixture(`${name}.yaml`));
  return Object.fromEntries(pathsOf(root).map((part) => {
    const value = valueAt(root, part) as string;
    return [part, isPemPart(part as PartName) ? requireBase64(value).toString() : value];
  }));
}

const SERVICE_ACCOUNT_KEY = bundle().certs.k8sserviceaccount.key;

/** Makes generating quick in a test file: new secrets have the service account key of a fixture. */
export function generateQuickly(): void {
  const generate = SecretsBundle.generate.bind(SecretsBundle);
  jest.spyOn(SecretsBundle, 'generate').mockImplementation((options) => generate({ serviceAccountKey: SERVICE_ACCOUNT_KEY, ...options }));
}

/** A generated bundle, quickly: it has the service account key of a fixture. */
export function generatedBundle(now = NOW): SecretsBundle {
  return SecretsBundle.generate({ now, serviceAccountKey: SERVICE_ACCOUNT_KEY });
}
