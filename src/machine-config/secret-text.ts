import { randomBytes } from 'crypto';
import { readText } from '../input';
import { requireDnsSubdomain, requireSecretKey } from '../kubernetes/syntax';

/** Where the text of a `SecretText` is. */
export interface SecretTextSource {
  readonly secretName: string;
  readonly key: string;
}

/** What all placeholders of this process begin with. */
const PREFIX = letters(16);

/** 32 bytes in base64, so that it is also a key of WireGuard; without `+` and `/`, so that it can be in a URL. */
const PLACEHOLDER = new RegExp(`${PREFIX}[A-Za-z0-9]{27}=`, 'g');

const SOURCES = new Map<string, SecretTextSource>();
const PLACEHOLDERS = new Map<string, string>();

/**
 * A text for patches of machine configs that is only in a Secret: the password of a registry or a private key of WireGuard, for example. Manifests
 * don't hold it, and synthesis never sees it. An init container puts it into the machine config when a machine starts.
 *
 * A machine that runs keeps the text with which it started: with `ConfigUpdate.ROLL`, restart the pods when the Secret changes.
 *
 * The text has to be UTF-8, and is taken as it is: `kubectl create secret --from-file` keeps a line feed at the end of a file.
 *
 * @example
 * import { MachineConfigPatch, SecretText } from 'cdk8s-talos';
 *
 * // kubectl create secret generic acme-registry --from-literal=password=…
 * const password = SecretText.fromSecret('acme-registry', 'password');
 * const patch = MachineConfigPatch.fromDocuments({
 *   machine: { registries: { config: { 'registry.example.com': { auth: { username: 'acme', password: password.placeholder } } } } },
 * });
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class SecretText {
  /**
   * The text in a key of a Secret, in the namespace of the machines.
   *
   * @param secretName the name of the Secret
   * @param key the key of the Secret
   * @throws if the name or the key isn't valid
   */
  public static fromSecret(secretName: string, key: string): SecretText {
    const source = { secretName: readText('secretName', secretName), key: readText('key', key) };
    requireDnsSubdomain('secretName', source.secretName);
    requireSecretKey('key', source.key);
    return new SecretText(placeholderOf(source));
  }

  /**
   * What stands for the text in patches, alone or within a longer text. It looks like a key in base64, is another one in each process, and never gets
   * into manifests. Fields that hold certificates or keys as PEM don't take it.
   */
  public readonly placeholder: string;

  private constructor(placeholder: string) {
    this.placeholder = placeholder;
  }
}

/** Whether there is any placeholder in this process. */
export function haveSecretTexts(): boolean {
  return SOURCES.size > 0;
}

/** The texts whose placeholders are in a text, sorted; each once. */
export function secretTextsIn(text: string): SecretTextSource[] {
  const placeholders = new Set(text.includes(PREFIX) ? text.match(PLACEHOLDER) : []);
  const found = [...placeholders].flatMap((placeholder) => SOURCES.get(placeholder) ?? []);
  return found.sort((one, other) => secretTextName(one) < secretTextName(other) ? -1 : 1);
}

/** The text with a name in place of each placeholder. */
export function namingSecretTexts(text: string, nameOf: (source: SecretTextSource) => string): string {
  return text.replace(PLACEHOLDER, (placeholder) => {
    const source = SOURCES.get(placeholder);
    return source ? nameOf(source) : placeholder;
  });
}

/** The placeholder for a text. */
export function placeholderOf(source: SecretTextSource): string {
  const name = secretTextName(source);
  const placeholder = PLACEHOLDERS.get(name) ?? `${PREFIX}${letters(26)}A=`;
  PLACEHOLDERS.set(name, placeholder);
  SOURCES.set(placeholder, source);
  return placeholder;
}

/** `acme-registry/password`. */
export function secretTextName({ secretName, key }: SecretTextSource): string {
  return `${secretName}/${key}`;
}

/** So many random letters and digits; the first is a letter. */
function letters(count: number): string {
  let text = '';
  while (text.length < count) {
    text = (text + randomBytes(count).toString('base64').replace(/[+/=]/g, '')).replace(/^\d+/, '');
  }
  return text.slice(0, count);
}
