import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { identityOf, ObjectName } from './object-identity';

/** The objects of an app at one moment, found in one walk. */
export class AppObjects {
  private readonly byNamespace = new Map<string | undefined, ApiObject[]>();
  private readonly byIdentity = new Map<string, ApiObject[]>();
  private readonly manifests = new Map<ApiObject, any>();

  constructor(construct: IConstruct) {
    for (const object of construct.node.root.node.findAll()) {
      if (ApiObject.isApiObject(object)) {
        add(this.byNamespace, object.metadata.namespace, object);
        add(this.byIdentity, identityOf(object), object);
      }
    }
  }

  /** Those of some kinds in a namespace. */
  public of(namespace: string, kinds: readonly string[]): ApiObject[] {
    return (this.byNamespace.get(namespace) ?? []).filter(({ kind }) => kinds.includes(kind));
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
    return this.byIdentity.get(identityOf(object)) ?? [];
  }
}

function add<T>(objects: Map<T, ApiObject[]>, key: T, object: ApiObject): void {
  const others = objects.get(key);
  others ? others.push(object) : objects.set(key, [object]);
}

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
