import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { addGoModule } from './registries/go-proxy';
import { startNpmRegistry } from './registries/npm-registry';
import { startPythonIndex } from './registries/python-index';
import { Environment, Shell } from './shell';

const ROOT = join(__dirname, '..', '..');
const { name, version, jsii: { targets } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const GO_MODULE = `${targets.go.moduleName}/${targets.go.packageName}`;

/** Registries that have the four packages. */
export interface Registries {
  /** What makes npm, pip and Go take the packages from here, and all others from where they are configured to. */
  readonly environment: Environment;
  /** Publishes to a Maven repository, and returns its URL. It has no other packages, so it can only be beside the configured ones. */
  readonly publishToMaven: () => Promise<string>;
  readonly stop: () => void;
}

/** Builds the packages as a release does, that for Java last, and publishes them to registries below a folder and on loopback. */
export async function publishPackages(folder: string, environment: Environment): Promise<Registries> {
  const shell = new Shell('packages', ROOT, environment);
  await Promise.all([
    // the app in Go compiles the package anyway
    shell.run(`JSII_BUILD_GO=0 npx jsii-pacmak --target js --target python --target go --outdir '${folder}'`),
    shell.run(`npx jsii-pacmak --code-only --target java --outdir '${folder}'`),
  ]);
  const [npm, python] = await Promise.all([publishToNpm(shell, join(folder, 'js')), publishToIndex(shell, join(folder, 'python'))]);
  const go = await publishToGo(shell, join(folder, 'proxy'), join(folder, 'go', targets.go.packageName));
  return {
    environment: { ...go, npm_config_registry: npm.url, PIP_INDEX_URL: python.url },
    publishToMaven: () => publishToMaven(join(folder, 'java'), `file://${join(folder, 'maven')}`, environment),
    stop: () => [npm, python].forEach((server) => server.stop()),
  };
}

async function publishToNpm(shell: Shell, packages: string) {
  const registry = await startNpmRegistry((await shell.run('npm config get registry')).trim(), [name]);
  const [archive] = readdirSync(packages);
  // npm doesn't publish without a token, and the registry takes any
  await shell.run(`npm publish '${join(packages, archive)}' --registry ${registry.url} --${registry.url.replace('http:', '')}:_authToken=none`);
  return registry;
}

async function publishToIndex(shell: Shell, packages: string) {
  // from all of its files and variables, or its default
  const configured = 'from pip._internal.commands import create_command as c; print(c("download").parse_args([])[0].index_url)';
  return startPythonIndex((await shell.run(`python3 -c '${configured}'`)).trim(), targets.python.distName, packages);
}

async function publishToMaven(project: string, repository: string, environment: Environment): Promise<string> {
  const shell = new Shell('packages', project, environment);
  writeFileSync(join(project, 'pinned-pom.xml'), pinned(readFileSync(join(project, 'pom.xml'), 'utf8')));
  await shell.run('mvn --batch-mode --quiet --file pinned-pom.xml package');
  const file = (classifier: string) => join('target', `${targets.java.maven.artifactId}-${version}${classifier}.jar`);
  await shell.run(['mvn --batch-mode --quiet org.apache.maven.plugins:maven-deploy-plugin:3.1.3:deploy-file', `-Durl='${repository}' -DpomFile=pom.xml`,
    `-Dfile=${file('')} -Dsources=${file('-sources')} -Djavadoc=${file('-javadoc')}`].join(' '));
  return repository;
}

/** Version ranges as their floors: Maven reads the descriptor of every release in a range, which takes minutes. What is published has the ranges. */
function pinned(pom: string): string {
  const floors = pom.replace(/\[([^,]+),[^)]*\)/g, '$1');
  // managed versions hold for the dependencies of dependencies as well
  return floors.replace(/<dependencies>.*?<\/dependencies>/s, (list) => `<dependencyManagement>${list}</dependencyManagement>${list}`);
}

async function publishToGo(shell: Shell, proxy: string, source: string): Promise<Environment> {
  addGoModule(proxy, GO_MODULE, `v${version}`, source);
  const { GOPROXY, GONOSUMDB, GOFLAGS } = JSON.parse(await shell.run('go env -json GOPROXY GONOSUMDB GOFLAGS'));
  return {
    GOPROXY: `file://${proxy},${GOPROXY}`,
    GONOSUMDB: [GO_MODULE, GONOSUMDB].filter(Boolean).join(','),
    GOFLAGS: `${GOFLAGS} -modcacherw`, // so that the cache can be removed
  };
}
