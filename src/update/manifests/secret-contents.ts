import { X509Certificate } from 'crypto';
import { Manifest } from './manifest';
import { readableTemplate } from '../../machine-config/config-template';
import { MachineConfig } from '../../machine-config/machine-config';
import { readingRelease } from '../../machine-config/reading-release';
import { decodeUserData } from '../../machine-config/user-data';
import { ClusterIdentity, identityIn, identityInDocuments } from '../../secrets/bundle/cluster-identity';
import { parseBase64 } from '../../secrets/x509/base64';
import { canBeMachineConfig } from '../../talos/recognized-text';
import { RELEASES } from '../../talos/release';
import { TalosVersion } from '../../talos/talos-version';

/** The text in a key of a Secret or ConfigMap; USERDATA is base64 once more. Undefined if it can't be read, for example if it is encrypted. */
export function textIn(secret: Manifest, key: string): string | undefined {
  if (secret.kind === 'ConfigMap') {
    return secret.data?.[key] === undefined ? undefined : String(secret.data[key]);
  }
  const plain = secret.stringData?.[key];
  const content = plain === undefined ? parseBase64(String(secret.data?.[key] ?? ''))?.toString('utf8') : String(plain);
  try {
    return content && (parseBase64(content) ? decodeUserData(content) : content);
  } catch {
    return undefined;
  }
}

/** The keys of a Secret. */
export function keysOf(secret: Manifest): string[] {
  return [...new Set([...Object.keys(secret.data ?? {}), ...Object.keys(secret.stringData ?? {})])];
}

/** What has been read of a key of an object, by what it was read as. */
const contents = new WeakMap<Manifest, Map<string, unknown>>();

/** Reads a key of an object once, because many machines can name it. */
function remembered<T>(object: Manifest, as: string, read: () => T): T {
  const known = contents.get(object) ?? new Map<string, unknown>();
  contents.set(object, known);
  if (!known.has(as)) {
    known.set(as, read());
  }
  return known.get(as) as T;
}

/** The machine config in a key of an object to one of the releases, the given one first; undefined if there is none. */
export function machineConfigAt(object: Manifest, key: string, talosVersion: TalosVersion = TalosVersion.DEFAULT): MachineConfig | undefined {
  return remembered(object, `machine config of ${talosVersion._release} in ${key}`, () => {
    const text = textIn(object, key);
    return text === undefined ? undefined : machineConfigIn(readableTemplate(text), talosVersion);
  });
}

/** What has been compared: many machines can have the same two machine configs. */
const compared = new WeakMap<MachineConfig, WeakMap<MachineConfig, readonly string[]>>();

/** A line for each difference between two machine configs. */
export function configDifferences(before: MachineConfig, now: MachineConfig): readonly string[] {
  const known = compared.get(before) ?? new WeakMap<MachineConfig, readonly string[]>();
  const lines = known.get(now) ?? before.diff(now);
  compared.set(before, known.set(now, lines));
  return lines;
}

/** What identifies the cluster of the machine config in a key of an object, which no release may know; undefined if it can't be read. */
export function identityAt(object: Manifest, key: string, config?: MachineConfig): ClusterIdentity | undefined {
  return remembered(object, `identity in ${key}`, () => {
    if (config) {
      return identityInDocuments(config._documents.plain);
    }
    const text = textIn(object, key);
    return text === undefined ? undefined : identityIn(readableTemplate(text));
  });
}

function machineConfigIn(text: string, talosVersion: TalosVersion): MachineConfig | undefined {
  return canBeMachineConfig(text) ? machineConfigOf(text, talosVersion) ?? ofAnotherRelease(text) : undefined;
}

/** Another release may know its fields. */
function ofAnotherRelease(text: string): MachineConfig | undefined {
  const release = readingRelease(text, [...RELEASES].reverse());
  return release && machineConfigOf(text, TalosVersion.of(release));
}

function machineConfigOf(text: string, talosVersion: TalosVersion): MachineConfig | undefined {
  try {
    return MachineConfig.fromYaml(text, { talosVersion });
  } catch {
    return undefined;
  }
}

/** The most certificates of a text that are looked at; OpenSSL takes its time to refuse what is none. */
const MOST_CERTIFICATES = 1000;

/** Until when the certificates of clients in a text are valid: those of a kubeconfig or talosconfig. */
export function validUntil(text: string): Date | undefined {
  const certificates = [...text.matchAll(/LS0tLS1CRUdJTi[A-Za-z0-9+/]+=*/g)].slice(0, MOST_CERTIFICATES).flatMap(([base64]) => {
    try {
      return [new X509Certificate(Buffer.from(base64, 'base64'))];
    } catch {
      return [];
    }
  });
  const ends = certificates.filter(({ ca }) => !ca).map(({ validTo }) => Date.parse(validTo));
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}
