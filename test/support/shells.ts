import { spawnSync } from 'child_process';

/** The shells of this machine in which scripts of pods run: its own, and that of busybox, as in the pods, where it is installed. */
export const SHELLS: ReadonlyArray<readonly [program: string, args: readonly string[]]> = ([['sh', []], ['busybox', ['sh']]] as const)
  .filter(([program, args]) => spawnSync(program, [...args, '-c', 'exit 0']).status === 0);
