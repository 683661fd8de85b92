import * as fs from 'node:fs';
import * as path from 'node:path';
import { Parts, SecretsBundle } from '../../src/pki';
import { decodeBase64 } from '../../src/pki/base64';
import { pathsOf, valueAt } from '../../src/pki/mapping';
import { isPemPart, PartName } from '../../src/pki/parts';
import { parseYamlAsText } from '../../src/pki/yaml';

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
    return [part, isPemPart(part as PartName) ? decodeBase64(value).toString() : value];
  }));
}

const SERVICE_ACCOUNT_KEY = bundle().certs.k8sserviceaccount.key;

/** A generated bundle, quickly: it has the service account key of a fixture. */
export function generatedBundle(now = NOW): SecretsBundle {
  return SecretsBundle.generate({ now, serviceAccountKey: SERVICE_ACCOUNT_KEY });
}
