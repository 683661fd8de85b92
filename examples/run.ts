import { execFileSync } from 'child_process';
import { chmodSync, existsSync, readdirSync } from 'fs';
import { join, relative } from 'path';
import { SOURCE_DATE_EPOCH } from './source-date';

/**
 * Synthesizes examples into their own folders: `npm run example single-node`, or `npm run example` for all.
 */
const names = readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'main.ts')));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : names;
const root = process.cwd();
process.env.SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH;

for (const name of wanted) {
  if (!names.includes(name)) {
    throw new Error(`there is no example '${name}': choose from ${names.join(', ')}`);
  }
  const folder = join(__dirname, name);
  // Git doesn't keep this mode, without which the file raises a warning
  readdirSync(folder).filter((entry) => entry.endsWith('secrets.yaml')).forEach((entry) => chmodSync(join(folder, entry), 0o600));
  process.chdir(folder);
  process.env.CDK8S_OUTDIR = folder;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(join(folder, 'main.ts'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.k8s.yaml')).map((file) => relative(root, join(folder, file)));
  console.log(`\n${name}: ${files.join(' ')}`);
  process.chdir(root);
  execFileSync(process.execPath, ['bin/cdk8s-talos', 'report', '--format', 'summary', ...files], { stdio: 'inherit' });
  if (wanted.length === 1) {
    console.log(`
Next:
  npx cdk8s-talos report --output report.html ${files.join(' ')}
  kubectl apply ${files.map((file) => `--filename ${file}`).join(' ')}
  npm run example     # all examples`);
  }
}
