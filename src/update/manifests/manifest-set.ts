import { Manifest } from './manifest';
import { groupBy } from '../../kubernetes/group-by';
import { identityOf, kindAndName } from '../../kubernetes/object-identity';

/** Objects, found by what identifies them. */
export class ManifestSet {
  private readonly byIdentity: ReadonlyMap<string, Manifest>;
  private readonly byName: ReadonlyMap<string, readonly Manifest[]>;
  private readonly withoutNamespace: ReadonlyMap<string, readonly Manifest[]>;

  constructor(public readonly objects: readonly Manifest[]) {
    this.byIdentity = new Map(objects.map((object) => [identityOf(object), object]));
    this.byName = groupBy(objects, kindAndName);
    this.withoutNamespace = groupBy(objects.filter(({ metadata }) => metadata.namespace === undefined), kindAndName);
  }

  /** The object in the place of another one. A manifest without a namespace can be in any. */
  public counterpartOf(object: Manifest): Manifest | undefined {
    return this.byIdentity.get(identityOf(object)) ?? this.inAnyNamespace(object);
  }

  /** The Secret or ConfigMap of a name in the namespace of an object. */
  public data(kind: 'Secret' | 'ConfigMap', name: string, beside: Manifest): Manifest | undefined {
    return this.byIdentity.get(identityOf({ apiVersion: 'v1', kind, metadata: { name, namespace: beside.metadata.namespace } }));
  }

  private inAnyNamespace(object: Manifest): Manifest | undefined {
    const candidates = object.metadata.namespace === undefined ? this.byName : this.withoutNamespace;
    const found = candidates.get(kindAndName(object)) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }
}
