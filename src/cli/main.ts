import { Command } from './command';
import { DOCTOR } from './doctor';
import { INIT } from './init';
import { ownVersion } from './own-version';
import { PLAN } from './plan';
import { REPORT } from './report';
import { suggestion } from '../machine-config/yaml/refusal';
import { shortened } from '../problem';

/** The commands by name. */
const COMMANDS: { readonly [name: string]: Command } = { init: INIT, doctor: DOCTOR, plan: PLAN, report: REPORT };

const FAILED = 1;

/** Where the texts go. */
export interface Output {
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/**
 * Runs the command line `cdk8s-talos`.
 *
 * @param args the arguments, the name of the command first
 * @returns the exit code
 */
export function main(args: string[], { print, printError }: Output): number {
  const [name, ...rest] = args[0] === 'help' && Object.hasOwn(COMMANDS, args[1] ?? '') ? [args[1], '--help'] : args;
  if (name === undefined || ['--help', '-h', 'help'].includes(name)) {
    print(usage());
    return name === undefined ? FAILED : 0;
  }
  if (['--version', '-v', 'version'].includes(name)) {
    print(ownVersion());
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    printError(`cdk8s-talos: there is no command '${shortened(name)}'${suggestion(name, Object.keys(COMMANDS)) || `: use one of ${Object.keys(COMMANDS).join(', ')}, or --help`}`);
    return FAILED;
  }
  const command = COMMANDS[name];
  if (rest.some((argument) => ['--help', '-h'].includes(argument))) {
    print(command.help);
    return 0;
  }
  try {
    return command.run(rest, print);
  } catch (error) {
    printError(`cdk8s-talos ${name}: ${(error as Error).message}`);
    return FAILED;
  }
}

function usage(): string {
  return [
    'Usage: cdk8s-talos COMMAND [OPTIONS]',
    '',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`),
    '',
    'cdk8s-talos COMMAND --help describes the options of a command, cdk8s-talos --version prints the release.',
  ].join('\n');
}
