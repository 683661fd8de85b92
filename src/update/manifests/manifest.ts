/** A Kubernetes object as its YAML has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly [field: string]: any;
}

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

/** Kind and name for a message. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
