import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { PART_NAMES, PartName, Parts, isPemPart } from './bundle/parts';
import { SecretsBundle } from './bundle/secrets-bundle';
import { parseYamlAsText } from './bundle/secrets-yaml';
import { valueAt } from './bundle/yaml-mapping';
import { TalosSecrets } from './talos-secrets';
import { encodePrivateKey } from './x509/keys';
import { privateKeyOf } from './x509/private-key-reader';

/** What stands in place of a part of the secrets that synthesis never sees. */
export interface StandIn {
  readonly name: PartName;
  /** As the file of secrets has it: PEM text in base64. */
  readonly text: string;
  /** The PEM text of a certificate or key, without its last line feed. */
  readonly pem?: string;
  /** Texts by which it can be recognized: all of it, and lines of its PEM text that no other has. */
  readonly traces: readonly string[];
}

/** The secrets of no cluster, in the two forms that a file of secrets has. */
interface StandInSecrets {
  readonly secretbox: TalosSecrets;
  readonly aescbc: TalosSecrets;
  readonly parts: readonly StandIn[];
}

// random in each process: no private key is in the package, and one that gets into manifests opens nothing
let made: StandInSecrets | undefined;

/**
 * Secrets of no cluster, in place of those that synthesis never sees. They are the same in one process.
 *
 * @param aescbcEncryption whether they have the form of clusters that Talos 1.2 or older made
 */
export function standInSecrets(aescbcEncryption: boolean = false): TalosSecrets {
  made ??= makeStandIn();
  return aescbcEncryption ? made.aescbc : made.secretbox;
}

/** Every part of them; empty as long as nothing needs them. */
export function standIns(): readonly StandIn[] {
  return made?.parts ?? [];
}

/** A shorter line of a PEM text is in other texts by chance. */
const SHORTEST_TRACE = 16;

function makeStandIn(): StandInSecrets {
  // RSA 4096 takes a second
  const serviceAccountKey = encodePrivateKey(privateKeyOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
  const secretbox = partsOf(SecretsBundle.generate({ serviceAccountKey }));
  const { 'secrets.secretboxencryptionsecret': _, ...others } = secretbox;
  const aescbc = { ...others, 'secrets.aescbcencryptionsecret': randomBytes(32).toString('base64') };
  return {
    secretbox: secretsOf(secretbox),
    aescbc: secretsOf(aescbc),
    parts: Object.entries({ ...secretbox, ...aescbc }).map(([name, value]) => standInOf(name as PartName, value)),
  };
}

function standInOf(name: PartName, value: string): StandIn {
  if (!isPemPart(name)) {
    return { name, text: value, traces: [value] };
  }
  const text = Buffer.from(value).toString('base64');
  const pem = value.trimEnd();
  const lines = pem.split('\n').slice(1, -1);
  // a certificate ends with its signature; lines before it are in other certificates too
  const own = name.endsWith('.crt') ? lines.slice(-2) : lines;
  return { name, text, pem, traces: [text, ...own.filter((line) => line.length >= SHORTEST_TRACE)] };
}

function secretsOf(parts: Parts): TalosSecrets {
  return TalosSecrets.fromYaml(SecretsBundle.fromParts(parts).encode());
}

/** The parts of a bundle by name; certificates and keys as PEM text. */
function partsOf(bundle: SecretsBundle): { readonly [name: string]: string } {
  const root = parseYamlAsText(bundle.encode());
  return Object.fromEntries(PART_NAMES.flatMap((name) => {
    const value = valueAt(root, name);
    return typeof value !== 'string' ? [] : [[name, isPemPart(name) ? Buffer.from(value, 'base64').toString('utf8') : value]];
  }));
}
