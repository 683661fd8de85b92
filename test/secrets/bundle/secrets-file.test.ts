import fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { readSecretsFile } from '../../../src/secrets/bundle/secrets-file';
import { refusal } from '../../support/errors';
import { fixture, generatedBundle, NOW } from '../../support/secrets-fixtures';

const { CI, ...developer } = process.env;

let directory: string;
let file: string;

beforeEach(() => {
  // CI refuses what developers may do
  jest.replaceProperty(process, 'env', developer);
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pki-'));
  file = path.join(directory, 'secrets.yaml');
});

afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(directory, { recursive: true });
});

/** Makes generating quick, and tells which bundle was generated. */
function mockGenerate(): SecretsBundle {
  const generated = generatedBundle();
  jest.spyOn(SecretsBundle, 'generate').mockReturnValue(generated);
  return generated;
}

describe('reading', () => {
  test('a file of talosctl', () => {
    fs.writeFileSync(file, fixture('a.yaml'), { mode: 0o600 });
    const read = readSecretsFile(file, { createIfMissing: true, now: NOW });
    expect(read.created).toBe(false);
    expect(read.warnings).toEqual([]);
    expect(read.bundle.encode()).toBe(fixture('a.yaml'));
    expect(fs.readFileSync(file, 'utf8')).toBe(fixture('a.yaml'));
  });

  test.each([
    [0o600, false],
    [0o400, false],
    [0o711, false],
    [0o640, true],
    [0o620, true],
    [0o644, true],
    [0o604, true],
    [0o606, true],
    [0o602, true],
  ])('a file of mode %o is warned of: %p', (mode, warned) => {
    fs.writeFileSync(file, fixture('a.yaml'));
    fs.chmodSync(file, mode);
    const { warnings } = readSecretsFile(file, { now: NOW });
    expect(warnings).toEqual(warned ? [`'${file}' can be read or written by others than its owner (mode 0${mode.toString(8)}): run 'chmod 600' on it`] : []);
  });

  test('the bundle has its own warnings', () => {
    fs.writeFileSync(file, fixture('a.yaml'), { mode: 0o600 });
    expect(readSecretsFile(file, { now: new Date('2036-11-01') }).bundle.warnings).toHaveLength(4);
  });

  test('a missing file is an error', () => {
    expect(refusal(() => readSecretsFile(file))).toMatchObject({ code: 'talos:file-not-found', text: `'${file}' does not exist: create it with 'talosctl gen secrets', or set 'createIfMissing' for the secrets of a new cluster` });
  });

  test('a directory is an error', () => {
    expect(refusal(() => readSecretsFile(directory, { createIfMissing: true }))).toMatchObject({ code: 'talos:file-refused', text: `'${directory}' is a directory: give the path of the secrets file in it` });
  });

  test('a file without permission is an error', () => {
    // root may read every file, so the refusal is made up
    jest.spyOn(fs, 'readFileSync').mockImplementation(() => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    });
    expect(refusal(() => readSecretsFile(file))).toMatchObject({ code: 'talos:file-refused', text: `'${file}' can't be read (EACCES): check its permissions` });
  });

  test('an error of the bundle names the file', () => {
    fs.writeFileSync(file, fixture('a.yaml').replace(/ token: \S+/, ' token: x'));
    expect(() => readSecretsFile(file, { now: NOW })).toThrow(`'${file}': 'trustdinfo.token' is not a token`);
  });
});

describe('creating', () => {
  test('writes the generated bundle for its owner alone, once', () => {
    const generated = mockGenerate();
    const first = readSecretsFile(file, { createIfMissing: true, now: NOW });
    expect(first.created).toBe(true);
    expect(first.warnings).toEqual([]);
    expect(first.bundle.encode()).toBe(generated.encode());
    expect(fs.readFileSync(file, 'utf8')).toBe(generated.encode());
    expect(fs.statSync(file).mode % 0o1000).toBe(0o600);
    expect(fs.readdirSync(directory)).toEqual(['secrets.yaml']);

    const second = readSecretsFile(file, { createIfMissing: true, now: NOW });
    expect(second.created).toBe(false);
    expect(second.bundle.encode()).toBe(generated.encode());
    expect(SecretsBundle.generate).toHaveBeenCalledTimes(1);
  });

  test('whoever else writes the file first wins', () => {
    mockGenerate();
    const link = fs.linkSync;
    jest.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
      fs.writeFileSync(file, fixture('b.yaml'), { mode: 0o600 });
      link(from, to);
    });
    const read = readSecretsFile(file, { createIfMissing: true, now: NOW });
    expect(read.created).toBe(false);
    expect(read.bundle.encode()).toBe(fixture('b.yaml'));
    expect(fs.readdirSync(directory)).toEqual(['secrets.yaml']);
  });

  test.each(['true', '1', 'TRUE'])('CI=%s creates no file, and says why', (value) => {
    jest.replaceProperty(process, 'env', { ...developer, CI: value });
    jest.spyOn(SecretsBundle, 'generate');
    expect(refusal(() => readSecretsFile(file, { createIfMissing: true, now: NOW }))).toMatchObject({
      code: 'talos:file-not-found',
      text: `'${file}' does not exist, and 'createIfMissing' creates no file in CI (CI=${value}): new certificate authorities destroy a cluster that runs with others. `
      + 'Put the cluster\'s own file there before synthesis, for example decrypted from Git or read from a vault, or set \'ephemeralCluster\' if each run '
      + 'makes another cluster',
    });
    expect(SecretsBundle.generate).not.toHaveBeenCalled();
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  test.each(['false', '0', ''])('CI=%s is not CI', (value) => {
    mockGenerate();
    jest.replaceProperty(process, 'env', { ...developer, CI: value });
    expect(readSecretsFile(file, { createIfMissing: true, now: NOW }).created).toBe(true);
  });

  test('CI creates the file of an ephemeral cluster, and reads a file that exists', () => {
    const generated = mockGenerate();
    jest.replaceProperty(process, 'env', { ...developer, CI: 'true' });
    expect(readSecretsFile(file, { createIfMissing: true, ephemeralCluster: true, now: NOW }).created).toBe(true);
    expect(readSecretsFile(file, { createIfMissing: true, now: NOW }).bundle.encode()).toBe(generated.encode());
  });

  test('a missing directory is an error', () => {
    mockGenerate();
    const below = path.join(directory, 'none', 'secrets.yaml');
    expect(() => readSecretsFile(below, { createIfMissing: true })).toThrow(`'path' (${below}) can't be written: ENOENT; give the path of a file in an existing directory`);
  });

  test('a symbolic link to nothing is an error, and leads to no file', () => {
    mockGenerate();
    fs.symlinkSync(path.join(directory, 'elsewhere.yaml'), file);
    const message = `'${file}' is a symbolic link to a file that does not exist: create that file, or give its path`;
    expect(refusal(() => readSecretsFile(file, { createIfMissing: true }))).toMatchObject({ code: 'talos:file-not-found', text: message });
    expect(refusal(() => readSecretsFile(file))).toMatchObject({ code: 'talos:file-not-found', text: message });
    expect(fs.readdirSync(directory)).toEqual(['secrets.yaml']);
  });

  test('a file is read through a symbolic link', () => {
    fs.writeFileSync(path.join(directory, 'elsewhere.yaml'), fixture('a.yaml'), { mode: 0o600 });
    fs.symlinkSync(path.join(directory, 'elsewhere.yaml'), file);
    expect(readSecretsFile(file, { createIfMissing: true, now: NOW }).bundle.encode()).toBe(fixture('a.yaml'));
  });
});
