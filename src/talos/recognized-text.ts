import { CST } from 'yaml';
import { YamlTokens } from './yaml-tokens';

/** The class that is given a text. */
export type TextReader = 'MachineConfig' | 'MachineConfigPatch' | 'TalosSecrets';

/** What people hand over by mistake: how to recognize it, what it is, and what to do. */
interface RecognizedText {
  readonly pattern: RegExp;
  readonly words: (reader: TextReader, text: string) => string;
}

interface RecognizedKeys {
  readonly has: (keys: ReadonlySet<string>) => boolean;
  readonly words: (reader: TextReader) => string;
}

const encrypted = (tool: string, command: string) => (reader: TextReader) =>
  `is encrypted by ${tool}: decrypt it (${command}), and give the text to ${reader}.fromYaml()`;

const TEXTS: readonly RecognizedText[] = [
  {
    pattern: /^@\S+$/,
    // the hint at the name of old is for those who come from an older version
    words: (reader, text) => `begins with @, by which talosctl takes a file: read it with ${reader}.fromFile('${text.slice(1)}')`
      + (reader === 'MachineConfigPatch' ? ', which was MachineConfigPatch.file() in older versions' : ''),
  },
  { pattern: /^[\w./~\\:-]+\.(?:ya?ml|json)$/, words: (reader, text) => `is the name of a file: read it with ${reader}.fromFile('${text}')` },
  { pattern: /^\$ANSIBLE_VAULT;/, words: encrypted('ansible-vault', '`ansible-vault view`') },
  { pattern: /^(?:age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----)/, words: encrypted('age', '`age --decrypt`') },
  { pattern: /^-----BEGIN PGP MESSAGE-----/, words: encrypted('gpg', '`gpg --decrypt`') },
  { pattern: /^\0GITCRYPT/, words: encrypted('git-crypt', '`git-crypt unlock`') },
];

const KEYS: readonly RecognizedKeys[] = [
  { has: (keys) => keys.has('sops'), words: encrypted('sops', '`sops --decrypt`') },
  {
    has: (keys) => keys.has('contexts') && keys.has('clusters') && keys.has('users'),
    words: () => 'is a kubeconfig, which no class reads: kubeconfig() of TalosSecrets makes one',
  },
  {
    has: (keys) => keys.has('contexts'),
    words: () => 'is a talosconfig, which no class reads: talosconfig() of TalosSecrets makes one',
  },
  {
    has: (keys) => keys.has('nodes') && ['clusterName', 'talosVersion', 'endpoint'].some((key) => keys.has(key)),
    words: () => 'is a config of talhelper: run `talhelper genconfig`, and read its machine configs (clusterconfig/*.yaml) with MachineConfig.fromFile() '
      + 'and its decrypted secrets (talsecret.yaml) with TalosSecrets.fromFile()',
  },
  {
    has: (keys) => keys.has('node') && keys.has('metadata') && keys.has('spec'),
    words: () => 'is a resource that talosctl printed: give the text in its \'spec\' to MachineConfig.fromYaml()',
  },
  {
    has: (keys) => !keys.has('machine') && ['secrets', 'trustdinfo', 'certs'].some((key) => keys.has(key)),
    words: (reader) => reader === 'TalosSecrets' ? '' : 'is a secrets bundle: read it with TalosSecrets.fromYaml() or TalosSecrets.fromFile(), and generate the '
      + 'machine config from it with MachineConfig.controlPlane() or MachineConfig.worker()',
  },
  {
    has: (keys) => keys.has('machine'),
    words: (reader) => reader === 'TalosSecrets'
      ? 'is a machine config: read it with MachineConfig.fromYaml() or MachineConfig.fromFile() and use its secrets()'
      : '',
  },
];

/** Words of which each machine config has one; a backslash can stand for any. */
const WORDS_OF_CONFIGS = /v1alpha1|machine|cluster|debug|persist|\\/;

/** Whether a text can be a machine config. It is much cheaper to ask than to read the text. */
export function canBeMachineConfig(text: string): boolean {
  return WORDS_OF_CONFIGS.test(text);
}

/** Says what a refused text is and what reads it: one of the files around Talos that people take for another one. Undefined if it is none of them. */
export function recognizeText(text: string, reader: TextReader): string | undefined {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  const found = TEXTS.find(({ pattern }) => pattern.test(trimmed));
  return found ? found.words(reader, trimmed) : recognizeKeys(keysOfDocuments(trimmed, reader), reader);
}

/** The same for the keys of each document. */
export function recognizeKeys(documents: ReadonlyArray<ReadonlySet<string>>, reader: TextReader): string | undefined {
  const [found] = documents.flatMap((keys) => KEYS.find(({ has }) => has(keys)) ?? []);
  return found?.words(reader) || undefined;
}

/** A word of each file that people take for a machine config, or for secrets. */
const WORDS = { MachineConfig: /sops|contexts|node|secrets|trustdinfo|certs/, TalosSecrets: /sops|contexts|node|machine/ };

const MOST_TOKENS_OF_FILES = 100_000;

/** The keys of each document; none if the text has no word of them, or is too deep or too large to be one of the files. */
function keysOfDocuments(text: string, reader: TextReader): Array<ReadonlySet<string>> {
  const tokens = new YamlTokens(text, MOST_TOKENS_OF_FILES);
  const documents = WORDS[reader === 'TalosSecrets' ? reader : 'MachineConfig'].test(text) ? [...tokens.read()].flatMap(keysIn) : [];
  return tokens.excess ? [] : documents;
}

function keysIn(token: CST.Token): ReadonlySet<string> | [] {
  return token.type === 'document' ? new Set(CST.isCollection(token.value) ? token.value.items.map(keyOf) : []) : [];
}

function keyOf({ key }: CST.CollectionItem): string {
  return key && CST.isScalar(key) ? CST.resolveAsScalar(key).value : '';
}
