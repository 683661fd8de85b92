import { writeFileSync } from 'fs';
import { extname } from 'path';
import { Command } from './command';
import { manifestsAt } from './manifests-at';
import { readArguments } from './read-arguments';
import { readOption } from './read-option';
import { writing } from './writing';
import { TalosError } from '../problem';
import { ClusterObjects } from '../report/cluster-objects';
import { clusterReport } from '../report/cluster-report';
import { DescriptionFormat, writeReports } from '../report/description-format';

const HELP = `Usage: cdk8s-talos report PATH... [--format FORMAT] [--output FILE] [--json]

Describes the clusters in manifests: machines, Services, ports and who may connect, networks, certificates, claims, and what survives what.
It shows no secrets.

  PATH             manifests, for example dist, or what the cluster has (kubectl get --output yaml); a file or a directory
  --format FORMAT  summary, text, markdown or html; by default what the name of the output says, or text
  --output FILE    a file to write, for example report.html, instead of printing
  --json           print the facts as JSON

Exit code: 0, or 1 on errors.`;

const OPTIONS = { format: { type: 'string' }, output: { type: 'string' }, json: { type: 'boolean' } } as const;

const EXTENSIONS: { readonly [extension: string]: DescriptionFormat } = { '.html': DescriptionFormat.HTML, '.htm': DescriptionFormat.HTML, '.md': DescriptionFormat.MARKDOWN };

/** Describes the clusters in manifests. */
export const REPORT: Command = { summary: 'describes the clusters in manifests, as text, Markdown or a page', help: HELP, run };

function run(args: string[], print: (text: string) => void): number {
  const { positionals, values: { format, output, json } } = readArguments({ args, options: OPTIONS, allowPositionals: true });
  if (json && format !== undefined) {
    throw new TalosError('talos:conflicting-properties', `--format (${format}) and --json are both given: leave one of them out`);
  }
  const reports = ClusterObjects.in(manifestsAt('PATH', positionals)).map(clusterReport);
  if (reports.length === 0) {
    throw new TalosError('talos:invalid-value', `PATH (${positionals.join(', ')}) has no Talos machines: give the directory into which the app is synthesized`);
  }
  const text = json ? JSON.stringify(reports, undefined, 2) : writeReports(reports, formatOf(format, output));
  if (output === undefined) {
    print(text.replace(/\n$/, ''));
  } else {
    writing('--output', output, 'give the path of a file in a directory that exists', () => writeFileSync(output, text));
  }
  return 0;
}

function formatOf(format: string | undefined, output: string = ''): DescriptionFormat {
  if (format === undefined) {
    return EXTENSIONS[extname(output).toLowerCase()] ?? DescriptionFormat.TEXT;
  }
  return readOption('--format', DescriptionFormat, format);
}
