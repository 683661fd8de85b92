import { PolicyRule } from '../kubernetes/object-specs';

/*
 * Secrets that the scripts of Jobs apply: their values are made in the hosting cluster.
 */

/** A Secret with keys whose values a script knows. */
export interface AppliedSecret {
  readonly name: string;
  readonly labels?: { readonly [key: string]: string };
  readonly type?: string;
  readonly keys: string[];
}

/** Applies what it reads, as a manager of fields. Validation would load the schema of the whole API into the memory of a small container. */
export const APPLY = 'kubectl apply --server-side --validate=false --filename - --field-manager';

/** The same, and takes the fields from others. */
export const APPLY_ANYWAY = `${APPLY} cdk8s-talos --force-conflicts`;

/** The Secret for the shell's `printf`, which puts the values of its keys in, in base64. */
export function secretTemplate({ name, labels, type, keys }: AppliedSecret): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, labels }, type, data: Object.fromEntries(keys.map((key) => [key, '%s'])) });
}

/**
 * What somebody may do with Secrets of these names. The API server knows the name of an object that server-side apply creates, so the rule covers
 * this too; otherwise a rule with names lets nobody create anything.
 */
export function secretsRule(resourceNames: string[], verbs: string[]): PolicyRule {
  return { apiGroups: [''], resources: ['secrets'], resourceNames, verbs };
}
