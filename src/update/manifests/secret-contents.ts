import { X509Certificate } from 'crypto';
import { Manifest } from './manifest';
import { MachineConfig } from '../../machine-config/machine-config';
import { readingRelease } from '../../machine-config/reading-release';
import { decodeUserData } from '../../machine-config/user-data';
import { parseBase64 } from '../../secrets/x509/base64';
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

/** The machine config that a text is to one of the releases, the given one first; undefined if it is to none. */
export function machineConfigIn(text: string, talosVersion: TalosVersion = TalosVersion.DEFAULT): MachineConfig | undefined {
  return machineConfigOf(text, talosVersion) ?? ofAnotherRelease(text);
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

/** Until when the certificates of clients in a text are valid: those of a kubeconfig or talosconfig. */
export function validUntil(text: string): Date | undefined {
  const certificates = [...text.matchAll(/LS0tLS1CRUdJTi[A-Za-z0-9+/]+=*/g)].flatMap(([base64]) => {
    try {
      return [new X509Certificate(Buffer.from(base64, 'base64'))];
    } catch {
      return [];
    }
  });
  const ends = certificates.filter(({ ca }) => !ca).map(({ validTo }) => Date.parse(validTo));
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}
