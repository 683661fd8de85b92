/** The parts of an object that identify it. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

/** What identifies an object, whatever version of its kind is written. */
export function identityOf(object: ObjectName): string {
  return `${kindAndName(object)} in ${object.metadata.namespace ?? ''}`;
}

/** The same in any namespace. */
export function kindAndName({ apiVersion, kind, metadata }: ObjectName): string {
  return `${/^(.*\/)?/.exec(apiVersion)![0]}${kind} ${metadata.name}`;
}
