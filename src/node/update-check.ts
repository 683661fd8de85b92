import { existsSync } from 'fs';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Document, LineCounter, parseAllDocuments } from 'yaml';
import { readList, readStructure, readText } from '../input';
import { CLUSTER_CHANGE_REMEDY, clusterChange } from './cluster-change';
import { readConfigFile } from '../files';
import { immutableChanges } from '../kubernetes/immutable-fields';

/**
 * Properties of an `UpdateCheck`.
 */
export interface UpdateCheckProps {
  /**
   * Files with the applied manifests, for example a copy of `dist/` that is made after each apply: `applied/talos.k8s.yaml`. `cdk8s synth` deletes
   * `dist/` before it runs the app, so the check would find nothing there. Relative paths start at the working directory. Files that don't exist yet
   * are skipped.
   */
  readonly applied: string[];
}

/**
 * Refuses changes that Kubernetes can't make to existing objects. Synthesis compares the chart with the manifests that were applied last, and fails
 * with an error that says what to do instead.
 *
 * It also refuses machine configs of another cluster than the applied one, by the cluster id and the certificate authorities in Secrets of the same
 * name: machines would get them with the state of the applied cluster in `/var`, and never start again. A rotation of authorities passes, because
 * both machine configs trust one of them. Secrets that can't be read, for example encrypted ones, aren't compared.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosNode, UpdateCheck } from 'cdk8s-talos';
 *
 * const app = new App();
 * const chart = new Chart(app, 'talos', { namespace: 'talos' });
 * new TalosNode(chart, 'node');
 * new UpdateCheck(chart, 'update-check', { applied: ['applied/talos.k8s.yaml'] });
 * app.synth();
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations
 */
export class UpdateCheck extends Construct {
  // hard private: printing the construct can't show the Secrets in it
  readonly #applied: Map<string, any>;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a file can't be read or isn't YAML
   */
  constructor(scope: Construct, id: string, props: UpdateCheckProps) {
    super(scope, id);
    props = readUpdateCheckProps('props', props);
    // synthesis may overwrite the files
    this.#applied = new Map(props.applied.filter((path) => existsSync(path)).flatMap(readObjects).map((object) => [identity(object), object]));
    this.node.addValidation({ validate: () => this.problems(Chart.of(this)) });
  }

  private problems(chart: Chart): string[] {
    return chart.node.findAll().filter((construct) => construct instanceof ApiObject).map((object) => object.toJson()).flatMap((wanted) => {
      const applied = this.#applied.get(identity(wanted));
      if (!applied) {
        return [];
      }
      const { paths, remedy } = immutableChanges(applied, wanted);
      return [
        ...refusal(wanted, paths.map((path) => `'${path}'`), remedy),
        ...refusal(wanted, clusterChange(applied, wanted), CLUSTER_CHANGE_REMEDY),
      ];
    });
  }
}

function refusal({ kind, metadata: { name } }: any, changes: string[], remedy: string): string[] {
  return changes.length === 0 ? [] : [`${changes.join(', ')} of the ${kind} ${name} can't change once it is applied: ${remedy}`];
}

function readObjects(path: string): any[] {
  const lineCounter = new LineCounter();
  // pretty errors and warnings quote the text, which can be a Secret's
  return parseAllDocuments(readConfigFile(path), { prettyErrors: false, logLevel: 'error', lineCounter }).map((document) => {
    const [error] = document.errors;
    if (error) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      throw new Error(`'applied' (${path}) is not YAML: ${error.code.toLowerCase().replace(/_/g, ' ')} at line ${line}, column ${col}; synthesize the file again`);
    }
    return plainObject(document, path);
  }).filter((object) => object?.kind !== undefined);
}

function plainObject(document: Document, path: string): any {
  try {
    return document.toJS();
  } catch {
    // the library's message quotes the alias
    throw new Error(`'applied' (${path}) is not YAML: an alias (*) refers to no anchor; synthesize the file again`);
  }
}

function identity({ apiVersion, kind, metadata }: any): string {
  return `${apiVersion}/${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`;
}

export const readUpdateCheckProps = readStructure<UpdateCheckProps>({ applied: readList(readText) }, {});
