import { existsSync, mkdirSync, writeFileSync } from 'fs';
import { basename, join, resolve } from 'path';
import { Command } from './command';
import { appFiles, AppKeys, AppLanguage, keysCommand } from './hosting/app-files';
import { HostingNetworks, hostingNetworksOf, unknownNetworks } from './hosting/hosting-networks';
import { Kubectl } from './hosting/kubectl';
import { ownVersion } from './own-version';
import { readArguments } from './read-arguments';
import { readOption } from './read-option';
import { writing } from './writing';
import { requirePartOfStatefulSetName } from '../kubernetes/syntax';
import { TalosError, withSubjects } from '../problem';

const HELP = `Usage: cdk8s-talos init [DIRECTORY] [OPTIONS]

Writes an app with a cluster: its networks are checked against those of the hosting cluster, for which it asks kubectl. It asks you nothing, and
overwrites nothing.

  DIRECTORY            where; the current directory by default
  --cluster-name NAME  the name of the cluster; the name of the directory by default
  --language LANGUAGE  typescript (default) or python
  --keys WAY           generate-once (default): a Job in the hosting cluster makes the keys, and the manifests have none;
                       file: the file of \`talosctl gen secrets\`, and the manifests have the keys
  --kubeconfig FILE    the kubeconfig of the hosting cluster; by default the one that kubectl takes
  --context NAME       the context in it; by default the current one
  --offline            don't ask the hosting cluster
  --json               print the names of the files, and the networks, as JSON

Exit code: 0, or 1 on errors.`;

const OPTIONS = {
  'cluster-name': { type: 'string' },
  'language': { type: 'string' },
  'keys': { type: 'string' },
  'kubeconfig': { type: 'string' },
  'context': { type: 'string' },
  'offline': { type: 'boolean' },
  'json': { type: 'boolean' },
} as const;

/** The version in a clone. */
const UNPUBLISHED = '0.0.0';

/** Writes an app with a cluster. */
export const INIT: Command = { summary: 'writes an app with a cluster for your hosting cluster', help: HELP, run };

function run(args: string[], print: (text: string) => void): number {
  const { positionals, values } = readArguments({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length > 1) {
    throw new TalosError('talos:invalid-value', `DIRECTORY (${positionals.join(', ')}) is more than one: give one`);
  }
  const directory = resolve(positionals[0] ?? '.');
  const clusterName = readClusterName(values['cluster-name'], directory);
  const language = readOption('--language', AppLanguage, values.language ?? AppLanguage.TYPESCRIPT);
  const keys = readOption('--keys', AppKeys, values.keys ?? AppKeys.GENERATE_ONCE);
  const networks = values.offline ? unknownNetworks() : networksOf(new Kubectl(values));
  const files = appFiles({ clusterName, language, keys, networks, version: ownVersion() });
  const present = Object.keys(files).filter((name) => existsSync(join(directory, name)));
  if (present.length > 0) {
    throw new TalosError('talos:invalid-value', `DIRECTORY (${directory}) has ${present.join(', ')} already: give an empty one`);
  }
  writing('DIRECTORY', directory, 'give one that exists or can be made', () => {
    mkdirSync(directory, { recursive: true });
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(directory, name), text));
  });
  const names = Object.keys(files);
  print(values.json
    ? JSON.stringify({ directory, files: names, networks }, undefined, 2)
    : [`${directory}: ${names.join(', ')}`, ...openEnds(networks, keys, clusterName), '', ...nextSteps(clusterName, language)].join('\n'));
  return 0;
}

/** What the control plane takes as its cluster's name, too. */
function readClusterName(given: string | undefined, directory: string): string {
  const clusterName = given ?? basename(directory);
  withSubjects(() => given === undefined ? '--cluster-name, by default the name of DIRECTORY' : '--cluster-name',
    () => requirePartOfStatefulSetName('clusterName', clusterName, '-control-plane'));
  return clusterName;
}

function networksOf(kubectl: Kubectl): HostingNetworks {
  const answer = kubectl.text(['version', '--output', 'json']);
  if ('failure' in answer) {
    throw new TalosError('talos:invalid-value', `the hosting cluster doesn't answer (${answer.failure}): choose it with --kubeconfig or --context, or give --offline and fill in its networks yourself`);
  }
  return hostingNetworksOf(kubectl, kubectl.list('nodes') ?? []);
}

/** What must be done by hand before the next steps. */
function openEnds({ remarks }: HostingNetworks, keys: AppKeys, clusterName: string): string[] {
  const open = Object.entries(remarks).map(([property, remark]) => `  ${property}: ${remark}`);
  return [
    ...open.length > 0
      ? ['', 'First complete \'hostingNetwork\': synthesis finds overlaps only with networks that are there, and etcd never starts where networks overlap.', ...open]
      : [],
    ...keys === AppKeys.FILE ? ['', `Make the keys once, and keep the file: ${keysCommand(clusterName)}`] : [],
    ...ownVersion() === UNPUBLISHED
      ? ['', 'This package was built from a clone, and registries don\'t have it: install the file from its dist/ into the app before anything else.']
      : [],
  ];
}

function nextSteps(clusterName: string, language: AppLanguage): string[] {
  return [
    'Next:',
    ...language === AppLanguage.TYPESCRIPT
      ? ['  npm install && npm run synth', '  npm run report']
      : ['  python3 -m venv .venv && . .venv/bin/activate', '  pip install -r requirements.txt && python main.py', '  npx cdk8s-talos report dist --output report.html'],
    '  kubectl apply --filename dist',
    `  kubectl --namespace ${clusterName} get jobs,pods`,
  ];
}
