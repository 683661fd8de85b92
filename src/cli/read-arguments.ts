import { parseArgs, ParseArgsConfig } from 'util';
import { suggestion } from '../machine-config/yaml/refusal';
import { shortened, TalosError } from '../problem';

/**
 * Reads the arguments of a command, as `parseArgs` does.
 *
 * @throws if an argument is none that the command has, or an option has no value or one too many
 */
export function readArguments<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new TalosError('talos:invalid-value', explained(error as NodeJS.ErrnoException, Object.keys(config.options ?? {}).map((name) => `--${name}`)), { cause: error });
  }
}

/** Node's own words say neither which options there are, nor where to read of them. */
function explained({ code, message }: NodeJS.ErrnoException, options: readonly string[]): string {
  const [, argument = ''] = /'([^']*)'/.exec(message) ?? [];
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `there is no option '${shortened(argument)}'${suggestion(argument, options) || `: use one of ${options.join(', ')}, or --help`}`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `'${shortened(argument)}' is the value of no option: write the option before it, one of ${options.join(', ')}`;
    default:
      return `${message.replace(/\.$/, '')}: --help describes the options`;
  }
}
