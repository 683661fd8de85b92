import { createHash } from 'crypto';
import { existsSync } from 'fs';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { AppObjects, validateObjects } from '../kubernetes/app-objects';
import { located } from '../kubernetes/construct-errors';
import { identityOf } from '../kubernetes/object-identity';
import { Manifest } from './manifests/manifest';
import { readManifests } from './manifests/read-manifests';
import { riskName, UpdateRisk } from './rules/update-risk';
import { UpdatePlan } from './update-plan';
import { readChoice, readList, readStructure, readText } from '../input';
import { warn } from '../kubernetes/warnings';

/**
 * Properties of an `UpdateCheck`.
 */
export interface UpdateCheckProps {
  /**
   * Files with the applied manifests, or directories of such files. Either a copy of `dist/` that is made after each apply,
   * `applied/talos.k8s.yaml`, or what the cluster has: `kubectl --namespace talos get statefulset,service,secret,job --output yaml`. `cdk8s synth`
   * deletes `dist/` before it runs the app, so the check would find nothing there. Relative paths start at the working directory. A file that
   * doesn't exist is skipped with a warning.
   */
  readonly applied: string[];

  /**
   * Risks that this update may take. Remove them when it is applied.
   *
   * @default - none
   */
  readonly allow?: UpdateRisk[];
}

/**
 * Refuses changes that can lose a cluster, and changes that Kubernetes can't make to existing objects. Synthesis compares the chart with the
 * manifests that were applied last, and fails with an error that says what the safe way is.
 *
 * It works from the manifests alone, and reads the machine configs in them. Secrets that can't be read, for example encrypted ones, aren't compared:
 * `plan()` names them. A rotation of authorities passes, because both machine configs trust one of them.
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
  readonly #applied: Manifest[];
  private readonly missing: string[];
  private readonly allow: UpdateRisk[];
  private answer?: { readonly compared: string; readonly problems: string[] };

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a file can't be read or isn't YAML
   */
  constructor(scope: Construct, id: string, props: UpdateCheckProps) {
    super(scope, id);
    try {
      const { applied, allow = [] } = readUpdateCheckProps('props', props);
      this.allow = allow;
      this.missing = applied.filter((path) => !existsSync(path));
      // synthesis may overwrite the files
      this.#applied = applied.filter((path) => !this.missing.includes(path)).flatMap((path) => readManifests('applied', path));
      this.missing.forEach((path) => warn(this, 'talos:applied-missing', `'applied' (${path}) doesn't exist, so nothing is compared with it: this is right before `
        + 'the first apply; after each apply, copy the applied manifests there, or write what `kubectl get --output yaml` prints'));
      validateObjects(this, (objects) => this.problems(objects));
    } catch (error) {
      throw located(this, error);
    }
  }

  /**
   * What an apply of the chart will do to the applied objects. Call it when the chart is complete. Contains no secrets.
   */
  public plan(): UpdatePlan {
    const { applied, wanted } = this.manifests(new AppObjects(this));
    return UpdatePlan._of(applied, wanted, this.allow, this.missing.map((path) => `'applied' (${path}) doesn't exist, so nothing is compared with it`));
  }

  private manifests(objects: AppObjects): { readonly applied: Manifest[]; readonly wanted: Manifest[] } {
    const own = new Set(Chart.of(this).node.findAll().filter(ApiObject.isApiObject));
    return {
      // those of other charts don't go if this chart doesn't have them
      applied: this.#applied.filter((object) => objects.same(object).every((one) => own.has(one))),
      wanted: [...own].map((object) => objects.manifestOf(object)),
    };
  }

  /** Synthesis asks once for each chart of the app, mostly about the same manifests. */
  private problems(objects: AppObjects): string[] {
    const { applied, wanted } = this.manifests(objects);
    const compared = createHash('sha256').update(JSON.stringify([applied.map(identityOf), wanted])).digest('hex');
    if (this.answer?.compared !== compared) {
      this.answer = { compared, problems: this.problemsBetween(applied, wanted) };
    }
    return this.answer.problems;
  }

  private problemsBetween(applied: Manifest[], wanted: Manifest[]): string[] {
    return UpdatePlan._risksOf(applied, wanted, this.allow).filter(({ isAllowed }) => !isAllowed).map(({ risk, problem, remedy }) =>
      `${problem}: ${remedy}. To apply it all the same, add UpdateRisk.${riskName(risk)} to 'allow'`);
  }
}

export const readUpdateCheckProps = readStructure<UpdateCheckProps>({ applied: readList(readText) }, { allow: readList(readChoice(UpdateRisk)) });
