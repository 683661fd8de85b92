import { gunzipSync, gzipSync } from 'fflate';
import { TalosError } from '../problem';

/** The most characters of the value: Linux allows 128 KiB for `USERDATA=`, the value and a final zero byte. */
const LONGEST_USER_DATA = 131072 - 'USERDATA='.length - 1;
/** The most bytes of a compressed text: more make no machine config, but fill the memory. */
const LARGEST_TEXT = 16 * 1024 ** 2;
/** The bytes at the end of a gzip that hold the size of its text. */
const SIZE_BYTES = 4;

/**
 * Encodes a machine config for the environment variable `USERDATA`: base64 of the text, or of the compressed text (gzip) if that is too long.
 * The compression gives the same bytes on every machine, so manifests only change with the text.
 *
 * @throws if both forms are too long
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
  throw new TalosError('talos:machine-config-unfit', `'config' has ${bytes.length} bytes, which need ${plain.length} characters of USERDATA, or ${compressed.length} with gzip; `
    + `it holds at most ${LONGEST_USER_DATA}: move inline manifests out of the machine config, for example to 'cluster.extraManifests'`);
}

let latest: { readonly config: object; readonly value: string } | undefined;

/** The value of a machine config, which its Secret, checksum and Jobs need one after the other. Those of all machines would fill the memory. */
export function latestUserData(config: object, encode: () => string): string {
  if (latest?.config !== config) {
    latest = { config, value: encode() };
  }
  return latest.value;
}

/**
 * The text of a machine config in the form that `encodeUserData` makes.
 *
 * @throws if its gzip is damaged, or its text very large
 */
export function decodeUserData(userData: string): string {
  const bytes = Buffer.from(userData, 'base64');
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (isCompressed && bytes.readUInt32LE(bytes.length - SIZE_BYTES) > LARGEST_TEXT) {
    throw new TalosError('talos:machine-config-unfit', `USERDATA has more than ${LARGEST_TEXT} bytes`);
  }
  return Buffer.from(isCompressed ? gunzipSync(bytes) : bytes).toString('utf8');
}
