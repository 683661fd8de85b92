import { gunzipSync, gzipSync } from 'fflate';

/** Linux takes 128 KiB for one environment variable: `USERDATA=`, the value and a final zero byte. */
const LONGEST_USER_DATA = 131072 - 'USERDATA='.length - 1;

/**
 * A machine config as the environment variable `USERDATA` carries it: base64 of the text, or of its gzip where the plain form is too long.
 * The compression is the same on every machine, so that manifests don't change without need.
 *
 * @throws if it is too long in either form
 */
export function encodeUserData(yaml: string): string {
  const bytes = Buffer.from(yaml, 'utf8');
  const plain = bytes.toString('base64');
  if (plain.length <= LONGEST_USER_DATA) {
    return plain;
  }
  const compressed = Buffer.from(gzipSync(bytes, { level: 9, mtime: 0 })).toString('base64');
  if (compressed.length <= LONGEST_USER_DATA) {
    return compressed;
  }
  throw new Error(`'config' has ${bytes.length} bytes, which make ${plain.length} characters of USERDATA and ${compressed.length} with gzip, `
    + `${LONGEST_USER_DATA} at most: move inline manifests out of the machine config, for example to 'cluster.extraManifests'`);
}

/**
 * The text of a machine config in the form that `encodeUserData` makes.
 *
 * @throws if its gzip is damaged
 */
export function decodeUserData(userData: string): string {
  const bytes = Buffer.from(userData, 'base64');
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return Buffer.from(isCompressed ? gunzipSync(bytes) : bytes).toString('utf8');
}
