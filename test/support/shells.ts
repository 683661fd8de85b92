import { spawnSync } from 'child_process';
import { IS_THOROUGH } from './releases';

/** The shells of this machine in which scripts of pods run: its own, and that of busybox, as in the pods, where it is installed. */
export const SHELLS: ReadonlyArray<readonly [program: string, args: readonly string[]]> = ([['sh', []], ['busybox', ['sh']]] as const)
  .filter(([program, args]) => spawnSync(program, [...args, '-c', 'exit 0']).status === 0);

/** The shells for long tables of cases: the one of pods, and the other one too in thorough tests. */
export const SHELLS_OF_TABLES = IS_THOROUGH ? SHELLS : SHELLS.slice(-1);
