import { spawnSync } from 'child_process';
import { TalosError } from '../../problem';

/** How kubectl finds the hosting cluster. */
export interface KubectlOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** What kubectl answers; a failure is its own words, beside what it printed. */
export type Answer = { readonly value: string } | { readonly failure: string; readonly output: string };

const SECONDS = 15;

/** The hosting cluster, as kubectl sees it. It only reads, or lets the API server say what it would do. */
export class Kubectl {
  constructor(private readonly options: KubectlOptions) {}

  /** The text of a command. */
  public text(args: readonly string[], input?: string): Answer {
    const { kubeconfig, context } = this.options;
    const { error, status, stdout, stderr } = spawnSync('kubectl', [
      ...kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig],
      ...context === undefined ? [] : ['--context', context],
      '--request-timeout', `${SECONDS}s`,
      ...args,
    ], { encoding: 'utf8', env: process.env, input, maxBuffer: 256 * 1024 * 1024 });
    if (status === null) {
      const isMissing = error && 'code' in error && error.code === 'ENOENT';
      throw new TalosError('talos:invalid-value', isMissing
        ? 'kubectl is not on the PATH: install it, or add its folder; init does without it by --offline'
        : `kubectl was stopped: ${error?.message ?? 'try again'}`);
    }
    return status === 0 ? { value: stdout } : { failure: reasonIn(stderr), output: stdout };
  }

  /** The objects of a kind; undefined where the cluster doesn't have the kind, or doesn't show it. */
  public list(kind: string): any[] | undefined {
    return this.json(['get', kind, '--all-namespaces', '--output', 'json'])?.items;
  }

  /** An object, or undefined. */
  public json(args: readonly string[]): any {
    const answer = this.text(args);
    return 'value' in answer ? objectIn(answer.value) : undefined;
  }

  /** Whether the user may do something in a namespace; undefined if nobody says. */
  public can(verb: string, resource: string, namespace: string): boolean | undefined {
    const answer = this.text(['auth', 'can-i', verb, resource, '--namespace', namespace]);
    const [, word] = /^(yes|no)\b/m.exec('value' in answer ? answer.value : answer.output) ?? [];
    return word === undefined ? undefined : word === 'yes';
  }
}

/** The words of an error are the last ones, but warnings can follow. */
function reasonIn(stderr: string): string {
  const lines = stderr.trim().split('\n').filter((line) => !/^(Warning:|W\d{4} )/.test(line));
  return (lines.pop() ?? '').replace(/^error: /i, '');
}

/** The object in an output; a wrapper of kubectl may print lines before it. */
export function objectIn(text: string): any {
  try {
    return JSON.parse(text.slice(Math.max(0, text.search(/^\{/m))));
  } catch {
    return undefined;
  }
}
