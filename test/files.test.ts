import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusal } from './support/errors';
import { createConfigFile, writeConfigFile } from '../src/files';

let directory: string;
let file: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'files-'));
  file = join(directory, 'acme.yaml');
});

afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(directory, { recursive: true });
});

const modeOf = (path: string) => fs.statSync(path).mode % 0o1000;
const failWith = (name: 'fsyncSync' | 'linkSync' | 'mkdtempSync' | 'renameSync' | 'writeFileSync', error: Error) =>
  jest.spyOn(fs, name).mockImplementation(() => {
    throw error;
  });
const systemError = (code: string) => Object.assign(new Error(`${code}: made up`), { code });

const WRITERS: [string, (path: string, text: string) => unknown, string][] = [
  ['writing', writeConfigFile, 'that you can write to'],
  ['creating', createConfigFile, 'that you can write to and that allows hard links'],
];

describe.each(WRITERS)('%s', (_, write, directoryRemedy) => {
  test.each([0o000, 0o022, 0o077])('a new file is its owner\'s alone, whatever the umask is: %i', (umask) => {
    const before = process.umask(umask);
    try {
      write(file, 'new');
    } finally {
      process.umask(before);
    }
    expect(fs.readFileSync(file, 'utf8')).toBe('new');
    expect(modeOf(file)).toBe(0o600);
    expect(fs.readdirSync(directory)).toEqual(['acme.yaml']);
  });

  test('the contents are on the disk before the file has its name', () => {
    const order: string[] = [];
    for (const name of ['fsyncSync', 'renameSync', 'linkSync'] as const) {
      const original = fs[name] as (...parameters: any[]) => void;
      jest.spyOn(fs, name).mockImplementation((...parameters: any[]) => {
        order.push(name);
        original(...parameters);
      });
    }
    write(file, 'new');
    expect(order).toEqual(['fsyncSync', write === writeConfigFile ? 'renameSync' : 'linkSync']);
  });

  test.each([
    ['ENOSPC', 'disk full (ENOSPC)'],
    ['EDQUOT', 'disk quota used up (EDQUOT)'],
  ])('%s says so, and leaves nothing behind', (code, reason) => {
    for (const place of ['mkdtempSync', 'writeFileSync', 'fsyncSync'] as const) {
      failWith(place, systemError(code));
      expect(refusal(() => write(file, 'new'))).toMatchObject({ code: 'talos:file-refused', text: `'path' (${file}) can't be written: ${reason}, so nothing has changed; free some space` });
      jest.restoreAllMocks();
      expect(fs.readdirSync(directory)).toEqual([]);
    }
  });

  test('a missing directory is refused', () => {
    const below = join(directory, 'none', 'acme.yaml');
    expect(refusal(() => write(below, 'new'))).toMatchObject({ code: 'talos:file-refused', text: `'path' (${below}) can't be written: ENOENT; give the path of a file in an existing directory ${directoryRemedy}` });
  });

  test('a mistake in the program is not taken for a file that can\'t be written', () => {
    failWith('fsyncSync', new TypeError('mistake'));
    expect(() => write(file, 'new')).toThrow(new TypeError('mistake'));
    expect(fs.readdirSync(directory)).toEqual([]);
  });
});

describe('replacing', () => {
  test.each([0o400, 0o600, 0o640, 0o755])('keeps the mode of the old file: %i', (mode) => {
    fs.writeFileSync(file, 'old');
    fs.chmodSync(file, mode);
    writeConfigFile(file, 'new');
    expect(fs.readFileSync(file, 'utf8')).toBe('new');
    expect(modeOf(file)).toBe(mode);
    expect(fs.readdirSync(directory)).toEqual(['acme.yaml']);
  });

  test.each(['ENOSPC', 'EIO'])('leaves the old file on %s', (code) => {
    fs.writeFileSync(file, 'old');
    failWith('fsyncSync', systemError(code));
    expect(() => writeConfigFile(file, 'new')).toThrow(code);
    expect(fs.readFileSync(file, 'utf8')).toBe('old');
    expect(fs.readdirSync(directory)).toEqual(['acme.yaml']);
  });

  test.each(['target.yaml', 'none.yaml'])('refuses a symbolic link to %s', (target) => {
    fs.writeFileSync(join(directory, 'target.yaml'), 'old');
    fs.symlinkSync(join(directory, target), file);
    expect(refusal(() => writeConfigFile(file, 'new'))).toMatchObject({ code: 'talos:file-refused', text: `'path' (${file}) is a symbolic link: give the path of an ordinary or a new file` });
    expect(fs.readFileSync(join(directory, 'target.yaml'), 'utf8')).toBe('old');
    expect(fs.readdirSync(directory)).toEqual(['acme.yaml', 'target.yaml']);
  });

  test('refuses a device', () => {
    expect(() => writeConfigFile('/dev/null', 'new')).toThrow('\'path\' (/dev/null) is a device or pipe: give the path of an ordinary or a new file');
  });

  test('never writes through a symbolic link that appears meanwhile', () => {
    fs.writeFileSync(join(directory, 'target.yaml'), 'old');
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      fs.symlinkSync(join(directory, 'target.yaml'), file);
      rename(from, to);
    });
    writeConfigFile(file, 'new');
    expect(fs.lstatSync(file).isFile()).toBe(true);
    expect(fs.readFileSync(join(directory, 'target.yaml'), 'utf8')).toBe('old');
  });
});

describe('creating beside others', () => {
  test.each<[string, () => void]>([
    ['file', () => fs.writeFileSync(file, 'precious')],
    ['symbolic link', () => fs.symlinkSync(join(directory, 'none'), file)],
    ['directory', () => fs.mkdirSync(file)],
  ])('a %s that exists stays as it is', (_, make) => {
    make();
    const before = fs.lstatSync(file).ino;
    expect(createConfigFile(file, 'new')).toBe(false);
    expect(fs.lstatSync(file).ino).toBe(before);
    expect(fs.readdirSync(directory)).toEqual(['acme.yaml']);
  });

  test('whether the file is new is returned', () => {
    expect(createConfigFile(file, 'new')).toBe(true);
    expect(createConfigFile(file, 'newer')).toBe(false);
    expect(fs.readFileSync(file, 'utf8')).toBe('new');
  });
});
