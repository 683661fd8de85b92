import { HostingNetworks, ownNetworks } from './hosting-networks';
import { DOCS } from '../../problem';

/** Languages in which `init` writes an app. */
export enum AppLanguage {
  TYPESCRIPT = 'typescript',
  PYTHON = 'python',
}

/** Ways of keys that `init` offers. */
export enum AppKeys {
  GENERATE_ONCE = 'generate-once',
  FILE = 'file',
}

/** What an app is made of. */
export interface AppOptions {
  readonly clusterName: string;
  readonly language: AppLanguage;
  readonly keys: AppKeys;
  readonly networks: HostingNetworks;
  /** The release of this package. */
  readonly version: string;
}

const NETWORK_COMMENT = `as kubectl shows them; compare: ${DOCS}/hosting-cluster.md#which-networks-the-hosting-cluster-has`;

/** The files of a new app, by name. */
export function appFiles(options: AppOptions): { readonly [name: string]: string } {
  return options.language === AppLanguage.TYPESCRIPT ? typescriptFiles(options) : pythonFiles(options);
}

function typescriptFiles(options: AppOptions): { readonly [name: string]: string } {
  const { clusterName, keys, version } = options;
  const [given, name] = keys === AppKeys.FILE
    ? [`secrets: TalosSecrets.fromFile('secrets/${clusterName}.yaml'),`, 'TalosSecrets']
    : ['secretDelivery: SecretDelivery.generateOnce(),', 'SecretDelivery'];
  return {
    'main.ts': `import { App, Chart } from 'cdk8s';
import { ${['HostingNetwork', 'TalosCluster', name].sort().join(', ')} } from 'cdk8s-talos';

const app = new App();
new TalosCluster(new Chart(app, '${clusterName}'), 'cluster', {
  clusterName: '${clusterName}',
  // ${keyComment(options)}
  ${given}
  controlPlane: {
    // ${NETWORK_COMMENT}
    hostingNetwork: HostingNetwork.of({
${networkLines(options, '      // ', (property, list) => `      ${property}: [${list}],`, '\'')}
    }),
${ownLines(options, (property, network) => `    ${property}: ['${network}'],\n`)}  },
  workerPools: [{ name: 'general', replicas: 2 }],
});
app.synth();
`,
    'package.json': `${JSON.stringify({
      name: clusterName,
      private: true,
      scripts: { synth: 'tsx main.ts', check: 'tsc --noEmit', report: 'cdk8s-talos report dist --output report.html' },
      dependencies: { 'cdk8s': '^2.69.10', 'cdk8s-talos': `^${version}`, 'constructs': '^10.4.2' },
      devDependencies: { '@types/node': '^22', 'tsx': '^4', 'typescript': '>=5' },
    }, undefined, 2)}\n`,
    'tsconfig.json': `${JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] } }, undefined, 2)}\n`,
    'cdk8s.yaml': 'language: typescript\napp: npx tsx main.ts\n',
    '.gitignore': ignored(options, 'node_modules/'),
  };
}

function pythonFiles(options: AppOptions): { readonly [name: string]: string } {
  const { clusterName, keys, version } = options;
  const [given, name] = keys === AppKeys.FILE
    ? [`secrets=TalosSecrets.from_file("secrets/${clusterName}.yaml"),`, 'TalosSecrets']
    : ['secret_delivery=SecretDelivery.generate_once(),', 'SecretDelivery'];
  const snake = (property: string) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return {
    'main.py': `from cdk8s import App, Chart
from cdk8s_talos import ControlPlaneOptions, ${['HostingNetwork', 'TalosCluster', name].sort().join(', ')}, WorkerPoolOptions

app = App()
TalosCluster(
    Chart(app, "${clusterName}"),
    "cluster",
    cluster_name="${clusterName}",
    # ${keyComment(options)}
    ${given}
    control_plane=ControlPlaneOptions(
        # ${NETWORK_COMMENT}
        hosting_network=HostingNetwork.of(
${networkLines(options, '            # ', (property, list) => `            ${snake(property)}=[${list}],`, '"')}
        ),
${ownLines(options, (property, network) => `        ${snake(property)}=["${network}"],\n`)}    ),
    worker_pools=[WorkerPoolOptions(name="general", replicas=2)],
)
app.synth()
`,
    'requirements.txt': `cdk8s>=2.69.10,<3\ncdk8s-talos>=${version}\nconstructs>=10.4.2,<11\n`,
    'cdk8s.yaml': 'language: python\napp: python main.py\n',
    '.gitignore': ignored(options, '__pycache__/\n.venv/'),
  };
}

/** The command that makes the file of keys, in the directory of the app. */
export function keysCommand(clusterName: string): string {
  return `mkdir -p secrets && (umask 077; talosctl gen secrets --output-file secrets/${clusterName}.yaml)`;
}

function keyComment({ clusterName, keys }: AppOptions): string {
  return keys === AppKeys.FILE
    ? `once: ${keysCommand(clusterName)}, and keep the file`
    : `a Job in the hosting cluster makes the keys once: save the only copy, ${DOCS}/keys.md#save-the-bundle-and-bring-it-back`;
}

function networkLines({ networks }: AppOptions, comment: string, line: (property: string, list: string) => string, quote: string): string {
  const { podCidrs, serviceCidrs, nodeCidrs, remarks } = networks;
  return Object.entries({ podCidrs, serviceCidrs, nodeCidrs }).flatMap(([property, cidrs]) => [
    ...property in remarks ? [`${comment}${remarks[property]}`] : [],
    line(property, cidrs.map((cidr) => quote + cidr + quote).join(', ')),
  ]).join('\n');
}

/** The networks of the cluster itself, where the default ones are taken. */
function ownLines({ networks }: AppOptions, line: (property: string, network: string) => string): string {
  return Object.entries(ownNetworks(networks)).map(([property, network]) => network === undefined ? '' : line(property, network)).join('');
}

/** Manifests with keys stay out of Git, and so does the file of keys. */
function ignored({ keys }: AppOptions, ofLanguage: string): string {
  return `${ofLanguage}\nreport.html\n${keys === AppKeys.FILE ? 'dist/\nsecrets/\n' : ''}`;
}
