import { spawnSync } from 'child_process';
import { TalosError } from '../../problem';

/** How kubectl finds the hosting cluster. */
export interface KubectlOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** What kubectl answers; a failure is its own words. */
export type Answer<T> = { readonly value: T } | { readonly failure: string };

const SECONDS = 15;

/** The hosting cluster, as kubectl sees it. It only reads, or lets the API server say what it would do. */
export class Kubectl {
  constructor(private readonly options: KubectlOptions) {}

  /** The text of a command. */
  public text(args: readonly string[], input?: string): Answer<string> {
    const { kubeconfig, context } = this.options;
    const { error, status, stdout, stderr } = spawnSync('kubectl', [
      ...kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig],
      ...context === undefined ? [] : ['--context', context],
      '--request-timeout', `${SECONDS}s`,
      ...args,
    ], { encoding: 'utf8', env: process.env, input, maxBuffer: 256 * 1024 * 1024 });
    if (status === null) {
      const isMissing = error && 'code' in error && error.code === 'ENOENT';
      throw new TalosError('talos:invalid-value', isMissing ? 'kubectl is not on the PATH: install it, or add its folder' : `kubectl was stopped: ${error?.message ?? 'try again'}`);
    }
    return status === 0 ? { value: stdout } : { failure: (stderr.trim().split('\n').pop() ?? '').replace(/^error: /i, '') };
  }

  /** The objects of a kind; undefined where the cluster doesn't have the kind, or doesn't show it. */
  public list(kind: string): any[] | undefined {
    return this.json(['get', kind, '--all-namespaces', '--output', 'json'])?.items;
  }

  /** An object, or undefined. */
  public json(args: readonly string[]): any {
    const answer = this.text(args);
    return 'value' in answer ? JSON.parse(answer.value) : undefined;
  }

  /** Whether the user may do something in a namespace; undefined if nobody says. */
  public can(verb: string, resource: string, namespace: string): boolean | undefined {
    const answer = this.text(['auth', 'can-i', verb, resource, '--namespace', namespace]);
    return 'value' in answer ? answer.value.trim().startsWith('yes') : /^no\b/.test(answer.failure) || answer.failure === '' ? false : undefined;
  }
}
