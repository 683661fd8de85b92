import { constants, createDecipheriv, privateDecrypt } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';

const folder = join(__dirname, '..', 'fixtures', 'sealing');

export function sealingFixture(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

const SCOPES: { readonly [annotation: string]: (metadata: any) => string } = {
  'sealedsecrets.bitnami.com/cluster-wide': () => '',
  'sealedsecrets.bitnami.com/namespace-wide': ({ namespace }) => namespace,
};

/** The Secret that the controller makes of a SealedSecret: with OpenSSL's own OAEP, and the scope that the annotations say. */
export function unseal({ apiVersion, kind, metadata, spec }: any, privateKey: string = sealingFixture('controller.key')): any {
  expect([apiVersion, kind]).toEqual(['bitnami.com/v1alpha1', 'SealedSecret']);
  const loosened = Object.keys(SCOPES).find((annotation) => metadata.annotations?.[annotation] === 'true');
  const label = loosened ? SCOPES[loosened](metadata) : `${metadata.namespace}/${metadata.name}`;
  const values = Object.entries<string>(spec.encryptedData).map(([key, text]) => [key, unsealValue(text, label, privateKey).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...spec.template.metadata, name: metadata.name, ...metadata.namespace && { namespace: metadata.namespace } },
    type: spec.template.type,
    data: Object.fromEntries(values),
  };
}

/** One value. */
export function unsealValue(text: string, label: string, privateKey: string): Buffer {
  const { sessionKey, rest } = openSealed(text, label, privateKey);
  const decipher = createDecipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
  decipher.setAuthTag(rest.subarray(-16));
  return Buffer.concat([decipher.update(rest.subarray(0, -16)), decipher.final()]);
}

/** The session key of a value, and what it encrypts. */
export function openSealed(text: string, label: string, key: string): { readonly sessionKey: Buffer; readonly rest: Buffer } {
  const bytes = Buffer.from(text, 'base64');
  const end = 2 + bytes.readUInt16BE();
  const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(label) };
  return { sessionKey: privateDecrypt(options, bytes.subarray(2, end)), rest: bytes.subarray(end) };
}
