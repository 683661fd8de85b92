import { IConstruct } from 'constructs';
import { AppObjects, validateObjects } from '../kubernetes/app-objects';
import { haveSecretTexts, secretTextName, secretTextsIn } from '../machine-config/secret-text';
import { decodeUserData } from '../machine-config/user-data';
import { standIns } from '../secrets/stand-in';
import { parseBase64 } from '../secrets/x509/base64';

/** The trees whose objects are checked. */
const checked = new WeakSet<IConstruct>();

/**
 * Sees to it that no object of the app has what stands in place of a secret at synthesis: an object with it doesn't work, and what it says of keys
 * isn't true.
 */
export function forbidStandIns(construct: IConstruct): void {
  const { root } = construct.node;
  if (!checked.has(root)) {
    checked.add(root);
    validateObjects(root, problemsIn);
  }
}

function problemsIn(objects: AppObjects): string[] {
  if (standIns().length === 0 && !haveSecretTexts()) {
    return [];
  }
  return objects.all.flatMap((object) => {
    const text = textsOf(objects.manifestOf(object)).join('\n');
    const [source] = secretTextsIn(text);
    const part = standIns().find(({ traces }) => traces.some((trace) => text.includes(trace)));
    return [
      ...source ? [`${object.kind} ${object.name} has the placeholder of a SecretText (${secretTextName(source)}), which only machine configs can have: leave it out, or read the Secret there`] : [],
      ...part ? [`${object.kind} ${object.name} has ${part.name} of a cluster whose keys synthesis never sees, or what is signed by it: leave it out, or read it from a Secret`] : [],
    ];
  });
}

/** All texts of a manifest, and what is encoded in values of Secrets and the like: base64, also twice, and gzip. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value, ...decoded(value)];
  }
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => [key, ...textsOf(item)]) : [];
}

function decoded(text: string): string[] {
  // what is short holds no part of a key
  if (text.length < 16 || !parseBase64(text)) {
    return [];
  }
  try {
    const content = decodeUserData(text);
    return [content, ...decoded(content)];
  } catch {
    return [];
  }
}
