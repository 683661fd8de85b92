import { FilledOptions } from './options';
import { isDnsSubdomain } from '../../../kubernetes/names';
import { listed, problem, TalosError } from '../../../problem';
import { parseYaml, YamlNode } from '../../yaml/nodes';

type Manifests = NonNullable<FilledOptions['inlineManifests']>;

// the manifests of a CNI take a tenth of a second to read, and every cluster has them
const sound = new WeakSet<Manifests>();

/** What is wrong with the inline manifests. */
export function* inlineManifestProblems({ inlineManifests }: Pick<FilledOptions, 'inlineManifests'>): Generator<string> {
  if (!inlineManifests || sound.has(inlineManifests)) {
    return;
  }
  const problems = [...manifestProblems(inlineManifests)];
  yield* problems;
  if (problems.length === 0 && Object.isFrozen(inlineManifests)) {
    sound.add(inlineManifests);
  }
}

function* manifestProblems(manifests: Manifests): Generator<string> {
  if (Object.keys(manifests).length === 0) {
    yield "'inlineManifests' is empty: give it a manifest, or leave it out and install the CNI by other means";
  }
  for (const [name, text] of Object.entries(manifests)) {
    // up to 1.13 any name will do, but an update must not need another one
    if (!isDnsSubdomain(name)) {
      yield problem('inlineManifests', name, "is not a name: use up to 253 lower-case letters, digits, '-' and '.', with a letter or digit at both ends");
    }
    yield* listed(textProblem(name, text));
  }
}

function textProblem(name: string, text: string): string | undefined {
  let documents: YamlNode[];
  try {
    documents = parseYaml(text).filter((document) => !isBlank(document));
  } catch (error) {
    if (error instanceof TalosError) {
      return problem('inlineManifests', name, `is ${error.text}: give it the text that kubectl apply would take`);
    }
    throw error;
  }
  if (documents.length === 0) {
    return problem('inlineManifests', name, 'has no Kubernetes object in it: give it the text of one, or leave it out');
  }
  return documents.every((document) => hasText(document, 'apiVersion') && hasText(document, 'kind'))
    ? undefined
    : problem('inlineManifests', name, "has a document without 'apiVersion' and 'kind': give it the text of Kubernetes objects, not a path, a URL or values of a chart");
}

/** Charts make documents that have only comments. */
function isBlank(document: YamlNode): boolean {
  return document.kind === 'scalar' && document.text === '' && !document.isQuoted;
}

function hasText(document: YamlNode, field: string): boolean {
  return document.kind === 'mapping' && document.entries.some(({ key, value }) =>
    key.kind === 'scalar' && key.text === field && value.kind === 'scalar' && value.text !== '');
}
