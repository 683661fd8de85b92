import { leafText, leavesOf } from './leaves';
import { withoutCredentials } from '../../problem';
import { ConfigDocuments, DocumentEntry, documentId, documentLabel, matchingId } from '../documents/config-documents';
import { valueText } from '../schema/values';

/**
 * Compares two machine configs. Returns a line for each different value: `- ` before removed ones, `+ ` before added ones, `~ ` before changed
 * ones. Masks secrets.
 */
export function differences(left: ConfigDocuments, right: ConfigDocuments): string[] {
  const [before, after] = [left, right].map(({ entries }) => new Map(entries.map((entry) => [matchingId(entry), entry])));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => documentDifferences(before.get(id), after.get(id)));
}

function documentDifferences(before: DocumentEntry | undefined, after: DocumentEntry | undefined): string[] {
  const label = documentLabel(documentId((after ?? before)!));
  const [gone, come] = [before, after].map((entry) => new Map((entry ? leavesOf(entry) : []).map((leaf) => [leaf.path, leaf])));
  return [...new Set([...gone.keys(), ...come.keys()])].flatMap((path) => {
    const [old, now] = [gone.get(path), come.get(path)];
    if (old && now && valueText(old.value) === valueText(now.value)) {
      return [];
    }
    const place = `${label} ${withoutCredentials(path)}`;
    if (old && now) {
      return [`~ ${place}: ${leafText(old)} -> ${leafText(now)}`];
    }
    return old ? [`- ${place}: ${leafText(old)}`] : [`+ ${place}: ${leafText(now!)}`];
  });
}
