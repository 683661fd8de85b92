/** The codes of errors, and what the reader of one has to do. A code doesn't change once it is released. */
export const ERROR_CODES = {
  'talos:wrong-type': 'A value has a type that its property doesn\'t take: give the type that the message names.',
  'talos:missing-property': 'A property or a part of it is missing or empty: give it.',
  'talos:invalid-value': 'A value can\'t be right by itself: write it as the message says.',
  'talos:conflicting-properties': 'Properties don\'t fit together, or one needs another: change, add or leave out one of them.',
  'talos:name-taken': 'Another object or machine has the name already: choose another name.',
  'talos:network-overlap': 'Networks overlap, or have different address families: choose other networks.',
  'talos:unsupported-release': 'A release of Talos or Kubernetes can\'t do what is asked for: choose another release, or do without.',
  'talos:unknown-field': 'The release of Talos doesn\'t know a document or field: correct its spelling, or choose another release.',
  'talos:machine-config-refused': 'Talos would refuse the machine config or patch: correct it at the place that the message names.',
  'talos:machine-config-unfit': 'The machine can\'t work with the machine config where it runs: change the machine config.',
  'talos:different-cluster': 'A machine config or secrets belong to another cluster: give those of the same cluster.',
  'talos:invalid-secrets': 'Secrets are incomplete, damaged or expired: take the whole bundle of the cluster.',
  'talos:keys-unknown': 'Synthesis doesn\'t know the keys of the cluster, by `SecretDelivery`: take the way that the message names, or choose another delivery.',
  'talos:file-not-found': 'A file doesn\'t exist: correct the path, which begins at the working directory, or create the file.',
  'talos:file-refused': 'A file can\'t be read or written, or isn\'t what it should be: give another one, or change its permissions.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Where an error comes from. */
export interface ErrorOrigin {
  /** the construct that the user created or called */
  readonly constructPath?: string;
  /** the path of the property, for example `workerPools[1].replicas`; that of the patches for an error in a patch */
  readonly property?: string;
  /** the index of the patch in the property */
  readonly patchIndex?: number;
  /** the file of the patch */
  readonly patchSource?: string;
}

/** `globex/cluster: patches[1] (kubelet.yaml): what is wrong: what to do [talos:code]`. */
export class TalosError extends Error {
  public readonly constructPath?: string;
  public readonly property?: string;
  public readonly patchIndex?: number;
  public readonly patchSource?: string;

  /**
   * @param code what the reader has to do
   * @param text the message without its origin and code; it begins with the property in quotes where there is one
   */
  public constructor(public readonly code: ErrorCode, public readonly text: string, options: ErrorOrigin & { readonly cause?: unknown } = {}) {
    const { cause, ...origin } = options;
    super(messageOf(code, text, origin), cause === undefined ? undefined : { cause });
    this.constructPath = origin.constructPath;
    this.property = origin.property ?? leadingProperty(text);
    this.patchIndex = origin.patchIndex;
    this.patchSource = origin.patchSource;
  }

  // a getter, because the stack trace begins with the name that the error has before its fields are set
  public get name(): string {
    return 'TalosError';
  }

  /** The error of the same place in the code, with more of its origin. */
  public from(origin: ErrorOrigin, text = this.text): TalosError {
    const { constructPath, property, patchIndex, patchSource, cause } = this;
    const error = new TalosError(this.code, text, { constructPath, property, patchIndex, patchSource, cause, ...origin });
    error.stack = this.stack?.replace(this.message, () => error.message);
    return error;
  }
}

/**
 * Runs an action. The property with which an error of it begins is named as the user knows it.
 *
 * @param subjectOf what stands for the property: the user's property in quotes, or what it is made of
 */
export function withSubjects<T>(subjectOf: (property: string) => string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof TalosError) || error.patchIndex !== undefined) {
      throw error;
    }
    const property = leadingProperty(error.text);
    const text = property === undefined ? error.text : `${subjectOf(property)}${error.text.slice(property.length + 2)}`;
    throw error.from({ property: leadingProperty(text) }, text);
  }
}

function messageOf(code: ErrorCode, text: string, { constructPath, property, patchIndex, patchSource }: ErrorOrigin): string {
  const patch = patchIndex === undefined ? '' : `${patchPlace(property, patchIndex, patchSource)}: `;
  // a list or an example can follow the first line
  return `${constructPath ? `${escaped(constructPath)}: ` : ''}${patch}${text.replace(/(?=\n)|$/, ` [${code}]`)}`;
}

/** `patches[1] (kubelet.yaml)`. */
export function patchPlace(property: string | undefined, index: number | undefined, file: string | undefined): string {
  return `${property}[${index}]${file === undefined ? '' : ` (${escaped(file)})`}`;
}

function leadingProperty(text: string): string | undefined {
  return /^'([^']+)'/.exec(text)?.[1];
}

/** What stands in place of a secret: Talos's own mask. */
export const MASK = '******';

/** Where messages send their readers. */
export const DOCS = 'https://github.com/cdk8s-talos/cdk8s-talos/blob/main/docs';

const MOST_CHARACTERS = 60;

/** The beginning of a user and a password up to the first colon that isn't before a port. */
const USER = /(?<=\/\/|^)[^/?#[]{0,200}?:(?!\d*[/?#,])/;
const USER_OF_URL = /(?<=\/\/)[^/?#]*@/g;
const QUERY = /\?(?<=\/\/[^\s?#]*\?)[^\s#]+/g;

/** Control, format and separator characters, and halves of characters, which change how a terminal shows a message. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** `'property' (value) what is wrong: what to do`. */
export function problem(property: string, value: unknown, wrongAndRemedy: string): string {
  return `'${property}' (${shortened(String(value))}) ${wrongAndRemedy}`;
}

/** Throws what is wrong with a value, if anything is. */
export function refuse(found: string | undefined): void {
  if (found) {
    throw new TalosError('talos:invalid-value', found);
  }
}

/** A text for a message: printable, at most 60 characters, and without the credentials of URLs. */
export function shortened(text: string): string {
  const shown = escaped(withoutCredentials(text));
  // no character has more than two units
  const characters = [...shown.slice(0, 2 * MOST_CHARACTERS + 2)];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 3).join('')}...` : shown;
}

/** The same in quotes. */
export function quoted(text: string): string {
  return `"${shortened(text.replace(/["\\]/g, '\\$&'))}"`;
}

/** Masks user, password and query of the URLs in a text. */
export function withoutCredentials(text: string): string {
  const masked = text.includes('@') ? text.replace(/\S+/g, wordWithoutCredentials) : text;
  return masked.replace(QUERY, `?${MASK}`);
}

/** An unescaped password can contain any character, so that it ends at the last `@` of the word. The `@` of an image's digest isn't one. */
function wordWithoutCredentials(word: string): string {
  const end = word.replace(/@(?=sha256:)/g, ' ').lastIndexOf('@');
  const found = USER.exec(word);
  const maskUser = (part: string) => part.replace(USER_OF_URL, `${MASK}@`);
  return found && found.index + found[0].length <= end
    ? `${maskUser(word.slice(0, found.index))}${MASK}@${maskUser(word.slice(end + 1))}`
    : maskUser(word);
}

/** A list of the problem; empty if there is none. */
export function listed(found: string | undefined): string[] {
  return found === undefined ? [] : [found];
}

/** A text of any length for a message: printable. */
function escaped(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const json = JSON.stringify(character).slice(1, -1);
    return json === character ? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}` : json;
  });
}

/** What an action returns, or undefined where it refuses. */
export function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof TalosError) {
      return undefined;
    }
    throw error;
  }
}
