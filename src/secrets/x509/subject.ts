import { element, objectIdentifier, sequence, set, TAGS } from './der';

const ORGANIZATION = objectIdentifier('2.5.4.10');
const COMMON_NAME = objectIdentifier('2.5.4.3');

/** The subject of a certificate. Talos and Kubernetes read roles and groups from the organizations, and the user from the common name. */
export interface Subject {
  readonly organizations?: readonly string[];
  readonly commonName?: string;
}

/** Encodes a subject in DER as Go's `pkix.Name` does: all organizations in one set, then the common name. */
export function encodeName({ organizations = [], commonName }: Subject): Buffer {
  return sequence(
    ...(organizations.length > 0 ? [attributeSet(ORGANIZATION, organizations)] : []),
    ...(commonName === undefined ? [] : [attributeSet(COMMON_NAME, [commonName])]),
  );
}

function attributeSet(type: Buffer, values: readonly string[]): Buffer {
  return set(...values.map((value) => sequence(type, directoryString(value))));
}

// Go writes the narrower string type if the characters allow it
function directoryString(value: string): Buffer {
  return element(/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? TAGS.printableString : TAGS.utf8String, Buffer.from(value));
}
