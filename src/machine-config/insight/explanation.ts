import { leafText, leavesOf } from './leaves';
import { shortened, TalosError, withoutCredentials } from '../../problem';
import { ConfigDocuments, DocumentEntry, documentId } from '../documents/config-documents';
import { LEGACY_KIND } from '../schema/schema';

/** The documents after one source of a machine config: the original text or a patch. */
export interface HistoryStep {
  readonly source: string;
  readonly documents: ConfigDocuments;
}

/**
 * Explains a value: a line for each source that set or changed it, with the value after it. Masks secrets.
 *
 * @param path `/machine/kubelet/extraArgs`, `KubeletConfig/extraConfig` or, with the document's name, `LinkConfig/eth0/mtu`
 */
export function explainValue(history: readonly HistoryStep[], path: string): string[] {
  const lines: string[] = [];
  let previous = '';
  for (const { source, documents } of history) {
    const text = textAt(documents, path);
    if (text !== previous) {
      lines.push(`${source}: ${text === '' ? 'removed' : text}`);
      previous = text;
    }
  }
  if (lines.length === 0) {
    throw new TalosError('talos:invalid-value', `nothing is set at '${shortened(path)}': give a path such as /machine/kubelet/extraArgs or KubeletConfig/extraConfig`);
  }
  return lines;
}

function textAt(documents: ConfigDocuments, path: string): string {
  const [first, ...rest] = path.split('/');
  const kind = first === '' ? LEGACY_KIND : first;
  return documents.entries
    .filter((entry) => documentId(entry).kind === kind)
    .flatMap((entry) => below(entry, rest))
    .join(', ');
}

/** The values of a document below a path; the path can begin with the document's name. */
function below(entry: DocumentEntry, path: readonly string[]): string[] {
  const { name } = documentId(entry);
  const keys = name !== undefined && path[0] === name ? path.slice(1) : path;
  const prefix = keys.join('.');
  return leavesOf(entry)
    .filter((leaf) => prefix === '' || leaf.path === prefix || leaf.path.startsWith(`${prefix}.`) || leaf.path.startsWith(`${prefix}[`))
    .map((leaf) => {
      const rest = leaf.path.slice(prefix.length).replace(/^\./, '');
      return rest === '' ? leafText(leaf) : `${withoutCredentials(rest)}: ${leafText(leaf)}`;
    });
}
