import { isDeepStrictEqual } from 'util';
import { Machines } from './machines';
import { Manifest } from './manifest';
import { Both, Change } from './update';

/** Whether the pods of a workload are described as before. */
export function hasSamePods({ applied, wanted }: Change<Manifest>): boolean {
  return isDeepStrictEqual(applied && templateOf(applied), templateOf(wanted!));
}

function templateOf({ kind, spec }: Manifest): unknown {
  return kind === 'Pod' ? spec : spec.template;
}

/** The number of pods that are there before and after; undefined if others set it. */
export function staying({ applied, wanted }: Both<Machines>): number | undefined {
  const known = [applied.replicas, wanted.replicas].filter((replicas) => replicas !== undefined);
  return known.length === 0 ? undefined : Math.min(...known as number[]);
}

/** Whether pods are replaced only when somebody deletes them. */
export function awaitsDeletion({ spec }: Manifest): boolean {
  return spec.updateStrategy?.type === 'OnDelete';
}

/** The ordinal of the first pod that an update replaces. */
export function partitionOf({ spec }: Manifest): number {
  return spec.updateStrategy?.rollingUpdate?.partition ?? 0;
}

/** Whether a partition holds an update of so many pods back. */
export function isHeldBack(workload: Manifest, stay: number | undefined): boolean {
  return stay !== undefined && partitionOf(workload) >= stay;
}
