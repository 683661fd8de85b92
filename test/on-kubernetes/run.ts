import { randomInt } from 'crypto';

/*
 * One run of the tests: its seed, and the namespaces that it leaves to be deleted at its end.
 * Jest's workers get both from the process that starts them.
 */

/** Starts a run; `SEED` repeats the orders and the random cases of another. */
export function startRun(): void {
  process.env.SEED ??= `${randomInt(2 ** 31)}`;
  process.env.CLUSTER_TEST_RUN = randomInt(2 ** 31).toString(36);
}

export function seed(): number {
  return Number(process.env.SEED);
}

export function namespacePrefix(): string {
  return `cdk8s-talos-${process.env.CLUSTER_TEST_RUN}-`;
}

/** The name of a namespace that nobody else has. */
export function newNamespace(): string {
  return `${namespacePrefix()}${randomInt(2 ** 47).toString(36)}`;
}
