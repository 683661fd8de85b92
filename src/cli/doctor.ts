import { Command } from './command';
import { examine } from './hosting/examine';
import { Finding, Fitness } from './hosting/finding';
import { Kubectl } from './hosting/kubectl';
import { readArguments } from './read-arguments';
import { requireDnsLabel } from '../kubernetes/syntax';
import { withSubjects } from '../problem';
import { TalosVersion } from '../talos/talos-version';

const HELP = `Usage: cdk8s-talos doctor [--kubeconfig FILE] [--context NAME] [--namespace NAME] [--talos-version VERSION] [--json]

Says whether a hosting cluster can host Talos, as far as its API shows: Kubernetes, nodes and their kernels, permissions, Pod Security, policies,
StorageClass, networks, load balancer. It asks by kubectl, and creates nothing.

  --kubeconfig FILE        the kubeconfig; by default the one that kubectl takes
  --context NAME           the context in it; by default the current one
  --namespace NAME         the namespace for Talos; talos by default
  --talos-version VERSION  the release of Talos; ${TalosVersion.DEFAULT.imageTag} by default
  --json                   print the findings as JSON

Exit code: 0 if nothing keeps Talos from running, 1 if something does, and on errors.`;

const OPTIONS = {
  'kubeconfig': { type: 'string' },
  'context': { type: 'string' },
  'namespace': { type: 'string' },
  'talos-version': { type: 'string' },
  'json': { type: 'boolean' },
} as const;

/** Says whether a hosting cluster can host Talos. */
export const DOCTOR: Command = { summary: 'says whether a hosting cluster can host Talos', help: HELP, run };

function run(args: string[], print: (text: string) => void): number {
  const { values: { kubeconfig, context, namespace = 'talos', json, ...rest } } = readArguments({ args, options: OPTIONS });
  const chosen = rest['talos-version'];
  const talosVersion = chosen === undefined ? TalosVersion.DEFAULT : withSubjects(() => '--talos-version', () => TalosVersion.of(chosen));
  requireDnsLabel('--namespace', namespace);
  const findings = examine(new Kubectl({ kubeconfig, context }), namespace, talosVersion);
  print(json ? JSON.stringify(findings, undefined, 2) : textOf(findings));
  return findings.some(({ fitness }) => fitness === Fitness.UNFIT) ? 1 : 0;
}

function textOf(findings: readonly Finding[]): string {
  return findings.map(({ fitness, subject, text }) => `${fitness.padEnd(4)}  ${subject}: ${text}`).join('\n');
}
