import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'fs';
import { delimiter, join } from 'path';
import { code, commands, inlineCommand, readPage, section } from './pages';
import { requireSame } from './same';
import { Environment, Shell } from './shell';
import { SOURCE_DATE_EPOCH } from '../../examples/source-date';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'ephemeral-cluster');
const QUICK_START = section('README.md', 'Quick start');
const INSTALL = inlineCommand(section('README.md', 'Install'), 'npm install');

/** Somebody with an empty folder, who follows the pages by the letter; without a hosting cluster, up to where one is needed. */
export class Newcomer {
  constructor(private readonly folder: string, private readonly environment: Environment, private readonly hasCluster: boolean) {}

  /** The README's quick start. */
  async quickStart(): Promise<void> {
    const shell = this.shell('quick start', 'ci');
    const folder = join(this.folder, 'ci');
    await shell.run(INSTALL);
    writeFileSync(join(folder, 'main.ts'), code(QUICK_START, 'ts'));
    await this.follow(shell, commands(QUICK_START));
    await shell.run(inlineCommand(QUICK_START, 'npx cdk8s-talos report'));

    const [synthesize] = commands(QUICK_START);
    const [plan] = commands(section('docs/updates.md', 'Plan'));
    if (this.hasCluster) {
      await this.planAgainstCluster(shell, plan);
    }
    cpSync(join(folder, 'dist'), join(folder, 'applied'), { recursive: true });
    await shell.run(synthesize);
    await shell.run(plan);
    writeFileSync(join(folder, 'main.ts'), code(QUICK_START, 'ts').replace('workers: 2', 'workers: 3'));
    await shell.run(synthesize);
    await shell.run(`${plan}; test $? = 2`);

    writeFileSync(join(folder, 'main.ts'), code(QUICK_START, 'ts'));
    copySecrets(join(folder, 'secrets.yaml'));
    await shell.run(`SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH} ${synthesize}`);
    requireSame(join(folder, 'dist', 'ci.k8s.yaml'), join(EXAMPLE, 'ci.k8s.yaml'));
    await this.checkTypes(shell);
    await this.remove(shell, 'ci-42');
  }

  /** The quick start's app in a project of cdk8s. */
  async cdk8sProject(): Promise<void> {
    const shell = this.shell('cdk8s init', 'ci');
    const folder = join(this.folder, 'ci');
    try {
      await shell.run('npx cdk8s-cli init typescript-app');
    } catch (error) {
      // the types of Kubernetes come from GitHub; our app needs none of them
      if (!existsSync(join(folder, 'node_modules', 'cdk8s')) || !String(error).includes('npm run import')) {
        throw error;
      }
      shell.say('cdk8s init got no types of Kubernetes, and goes on without them');
    }
    await shell.run(INSTALL);
    writeFileSync(join(folder, 'main.ts'), code(QUICK_START, 'ts'));
    copySecrets(join(folder, 'secrets.yaml'));
    await shell.run(`SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH} npx ${inlineCommand(QUICK_START, 'cdk8s synth')}`);
    requireSame(join(folder, 'dist', 'ci.k8s.yaml'), join(EXAMPLE, 'ci.k8s.yaml'));
  }

  /** An app of `cdk8s-talos init`, and the commands that it prints. */
  async ownApp(language: string, keys: string): Promise<void> {
    const name = `${language}-${keys}`;
    const folder = join(this.folder, name);
    const printed = await this.shell(name, '.').run(`npx cdk8s-talos init ${name} --language ${language} --keys ${keys}${this.hasCluster ? '' : ' --offline'}`);
    const next = printed.split('Next:\n')[1].trimEnd().split('\n').map((line) => line.trim());
    if (keys === 'file') {
      mkdirSync(join(folder, 'secrets'));
      copySecrets(join(folder, 'secrets', `${name}.yaml`)); // in place of `talosctl gen secrets`
    }
    const shell = this.shell(name, name);
    await this.follow(shell, next);
    if (language === 'typescript') {
      await shell.run('npm run check');
    }
    await this.remove(shell, name);
  }

  /** What the hosting cluster is like. */
  async doctor(): Promise<void> {
    await this.follow(this.shell('doctor', '.'), ['npx cdk8s-talos doctor']);
  }

  private shell(who: string, name: string): Shell {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return new Shell(who, folder, { ...this.environment, PATH: [join(folder, '.venv', 'bin'), this.environment.PATH].join(delimiter) });
  }

  private async follow(shell: Shell, lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      if (!this.hasCluster && /^kubectl|doctor/.test(line)) {
        shell.say(`without KUBECONFIG, nobody runs: ${line}`);
      } else {
        await shell.run(line);
      }
    }
  }

  /** What the API server has added is no change. */
  private async planAgainstCluster(shell: Shell, plan: string): Promise<void> {
    const get = inlineCommand(readPage('docs/updates.md'), 'kubectl --namespace acme get').replace(/acme/g, 'ci-42');
    await shell.run(`mkdir applied && ${get}`);
    const printed = await shell.run(`${plan}; test $? = 2`);
    if (!printed.includes('\n1 to create, 0 to change, 0 to replace, 0 to delete,')) {
      throw new Error(`the plan has more than the Namespace, which isn't asked for:\n${printed}`);
    }
    await shell.run('rm -r applied');
  }

  /** The newest compiler takes the declarations of the package. */
  private async checkTypes(shell: Shell): Promise<void> {
    await shell.run('npm install --no-save typescript@latest @types/node');
    await shell.run('npx tsc --version && npx tsc --noEmit --strict --module nodenext --target es2022 --types node main.ts');
  }

  private async remove(shell: Shell, namespace: string): Promise<void> {
    if (this.hasCluster) {
      await shell.run(`kubectl delete namespace ${namespace} --wait=false`);
    }
  }
}

function copySecrets(file: string): void {
  cpSync(join(EXAMPLE, 'secrets.yaml'), file);
  chmodSync(file, 0o600);
}
