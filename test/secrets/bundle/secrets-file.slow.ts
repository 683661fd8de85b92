import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = `
const { readSecretsFile } = require(${JSON.stringify(path.join(__dirname, '..', '..', '..', 'src', 'secrets', 'bundle', 'secrets-file'))});
const { created, bundle } = readSecretsFile(process.argv[1], { createIfMissing: true, ephemeralCluster: true });
console.log(JSON.stringify({ created, id: bundle.cluster.id }));
`;

test('of processes that create a file at the same time one does, and all have its secrets', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pki-'));
  try {
    const file = path.join(directory, 'secrets.yaml');
    const run = async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', PROGRAM, file]);
      return JSON.parse(stdout) as { created: boolean; id: string };
    };
    const results = await Promise.all([run(), run(), run(), run()]);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(fs.readdirSync(directory)).toEqual(['secrets.yaml']);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}, 300_000);
