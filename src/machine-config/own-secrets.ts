import { ConfigDocuments, documentId, documentName } from './documents/config-documents';
import { PatchOrigin } from './in-source';
import { withoutCredentials } from '../problem';
import { Leaf, leavesOf } from './insight/leaves';
import { valueText } from './schema/values';
import { secretTextsIn } from './secret-text';
import { prefixOf, shownPath } from './yaml/refusal';
import { standIns } from '../secrets/stand-in';

/** The documents of a machine config after one of its patches, or before all of them. */
export interface PatchedDocuments {
  readonly documents: ConfigDocuments;
  readonly patch?: PatchOrigin;
}

/** A place in a machine config that was made with stand-ins, where a secret of a user's own is. */
export interface OwnSecret {
  /** Document and field, for messages. */
  readonly place: string;
  /** The patch that brought it; undefined for what no patch did. */
  readonly patch?: PatchOrigin;
}

/** Fields that hold a secret and nothing else. Other fields with the mark hold texts in which secrets can be. */
const SECRET_FIELDS = [
  'password', 'auth', 'identityToken', 'privateKey', 'presharedKey', 'passphrase', 'apiToken', 'uniqueToken', 'token', 'secret', 'key', 'clusterSecret',
  'aescbcEncryptionSecret', 'secretboxEncryptionSecret',
];

/** Secrets that aren't the cluster's, and that no Secret brings. */
export function ownSecrets(history: readonly PatchedDocuments[]): OwnSecret[] {
  return broughtBy(history, ({ secretField }) => secretField !== undefined && SECRET_FIELDS.includes(lastOf(secretField)));
}

/** Texts of users' patches in which secrets can be. */
export function possibleSecrets(history: readonly PatchedDocuments[]): OwnSecret[] {
  return broughtBy(history, ({ secretField, value }) => secretField === undefined
    ? withoutCredentials(valueText(value)) !== valueText(value)
    : !SECRET_FIELDS.includes(lastOf(secretField))).filter(({ patch }) => patch?.property !== undefined);
}

/** The places of texts, each once, with the patch that brought the text. */
function broughtBy(history: readonly PatchedDocuments[], concerns: (leaf: Leaf) => boolean): OwnSecret[] {
  const steps = history.map(({ documents }) => textsOf(documents, concerns));
  const found = [...steps[steps.length - 1]].map(([id, { place, text }]): OwnSecret => {
    const bringing = steps.reduce((first, texts, index) => texts.get(id)?.text === text ? first : index + 1, 0);
    return { place, patch: history[bringing].patch };
  });
  const patchesOf = new Map<string, Set<PatchOrigin | undefined>>();
  return found.filter(({ place, patch }) => {
    const patches = patchesOf.get(place) ?? new Set();
    patchesOf.set(place, patches);
    return patches.size < patches.add(patch).size;
  });
}

function textsOf(documents: ConfigDocuments, concerns: (leaf: Leaf) => boolean): Map<string, { readonly place: string; readonly text: string }> {
  return new Map(documents.entries.flatMap((entry) => {
    const { kind, name } = documentId(entry);
    const [prefix, described] = [prefixOf(`${kind}/${name ?? ''}`), documentName(kind, name)];
    return leavesOf(entry).filter((leaf) => concerns(leaf) && isOwnText(leaf)).map((leaf) => [
      `${prefix} ${leaf.path}`,
      { place: `${described}: '${shownPath([withoutCredentials(leaf.secretField ?? leaf.path)])}'`, text: valueText(leaf.value) },
    ]);
  }));
}

/** Whether it is a text, and none that pods put in. */
function isOwnText({ value }: Leaf): boolean {
  const text = typeof value === 'string' ? value : value === null || typeof value !== 'object' ? '' : valueText(value);
  return text !== '' && text !== '[]' && text !== '{}' && secretTextsIn(text).length === 0
    && !standIns().some((standIn) => text.includes(standIn.text) || (standIn.pem !== undefined && text.includes(standIn.pem)));
}

function lastOf(path: string): string {
  return /[^.]*$/.exec(path)![0].replace(/\[\d+\]$/, '');
}
