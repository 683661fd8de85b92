import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { groupBy } from './group-by';
import { identityOf, ObjectName } from './object-identity';

/** The objects of an app at one moment, found in one walk when somebody asks. */
export class AppObjects {
  private found?: { readonly all: readonly ApiObject[]; readonly byNamespace: ObjectGroups; readonly byIdentity: ObjectGroups };
  private readonly manifests = new Map<ApiObject, any>();

  constructor(private readonly construct: IConstruct) {}

  /** All of them. */
  public get all(): readonly ApiObject[] {
    return this.index.all;
  }

  /** Those of some kinds in a namespace. */
  public of(namespace: string, kinds: readonly string[]): ApiObject[] {
    return (this.index.byNamespace.get(namespace) ?? []).filter(({ kind }) => kinds.includes(kind));
  }

  /** Their manifests. Other objects aren't synthesized for this, which would take long in an app with many. */
  public manifestsOf(namespace: string, kinds: readonly string[]): any[] {
    return this.of(namespace, kinds).map((object) => this.manifestOf(object));
  }

  /** The manifest of one of them. */
  public manifestOf(object: ApiObject): any {
    const manifest = this.manifests.get(object) ?? object.toJson();
    this.manifests.set(object, manifest);
    return manifest;
  }

  /** Those that are the same object of Kubernetes as this one. */
  public same(object: ObjectName): readonly ApiObject[] {
    return this.index.byIdentity.get(identityOf(object)) ?? [];
  }

  private get index() {
    if (!this.found) {
      const all = this.construct.node.root.node.findAll().filter(ApiObject.isApiObject);
      this.found = { all, byNamespace: groupBy(all, ({ metadata }) => metadata.namespace), byIdentity: groupBy(all, identityOf) };
    }
    return this.found;
  }
}

type ObjectGroups = ReadonlyMap<string | undefined, readonly ApiObject[]>;

/** The objects of each app when its validation began. */
const validated = new WeakMap<IConstruct, AppObjects | undefined>();

/** Adds a validation that looks at objects of the whole app. All of these share one walk: an app with a policy for each cluster has many. */
export function validateObjects(scope: IConstruct, validate: (objects: AppObjects) => string[]): void {
  const { root } = scope.node;
  if (!validated.has(root)) {
    validated.set(root, undefined);
    // cdk8s validates the root before all else, and again for each chart: objects may have changed since
    root.node.addValidation({
      validate: () => {
        validated.set(root, new AppObjects(root));
        return [];
      },
    });
  }
  scope.node.addValidation({ validate: () => validate(validated.get(root) ?? new AppObjects(root)) });
}
