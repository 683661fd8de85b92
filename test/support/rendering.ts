import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { SHELLS_OF_TABLES } from './shells';
import { COMMON_TEMPLATE } from '../../src/machine-config/config-template';
import { RENDER_PATHS, renderScript, RenderTarget } from '../../src/node/render-script';

/** What a pod finds when it starts. */
export interface Given {
  /** The templates by their keys. */
  readonly templates: { readonly [key: string]: string };
  readonly bundle?: string;
  /** The texts of users' Secrets, by `SECRET/KEY`. */
  readonly texts?: { readonly [name: string]: string | Buffer };
  readonly podName?: string;
  readonly target?: RenderTarget;
  /** The machine config that the machine has. */
  readonly kept?: string;
}

/** What the script has made of it. */
export interface Rendered {
  readonly status: number | null;
  /** What it says when it fails. */
  readonly problem: string;
  /** The files that it leaves, by name. */
  readonly files: { readonly [name: string]: string };
  readonly modes: readonly number[];
}

/** Renders as a container does; the shells agree. */
export function render(given: Given): Rendered {
  const outcomes = SHELLS_OF_TABLES.map(([program, args]) => inFolder(given, (folder) => {
    const paths = Object.fromEntries(Object.entries(RENDER_PATHS).map(([name, path]) => [name, join(folder, path)])) as typeof RENDER_PATHS;
    const script = renderScript(given.target ?? RenderTarget.MACHINE, { ...paths, busybox: program === 'busybox' ? 'busybox' : '' });
    return spawnSync(program, [...args, '-c', script, 'machine-config', ...Object.keys(given.texts ?? {})], environment(given));
  }));
  outcomes.forEach((outcome) => expect(outcome).toEqual(outcomes[0]));
  return outcomes[0];
}

/** The machine config that a container makes. */
export function renderedConfig(given: Given): string {
  const { problem, files } = render(given);
  expect(problem).toBe('');
  expect(Object.keys(files)).toEqual([COMMON_TEMPLATE]);
  return files[COMMON_TEMPLATE];
}

/** Whether this machine can run a program as root without capabilities, on a root that can't be written. */
export const CAN_CONFINE = process.getuid?.() === 0
  && spawnSync('unshare', ['--mount', 'capsh', '--print']).status === 0
  && /statically linked|not a dynamic/.test(String(spawnSync('sh', ['-c', 'ldd "$(command -v busybox)" 2>&1']).stdout));

/** Renders as the container itself: as root without capabilities, with busybox alone, on a root that can't be written. */
export function renderConfined(given: Given): Rendered {
  return inFolder(given, (folder) => {
    const busybox = String(spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout).trim();
    const script = renderScript(given.target ?? RenderTarget.MACHINE);
    mkdirSync(join(folder, 'bin'));
    const prepare = [
      'cp "$busybox" "$root/bin/busybox"',
      'mount --bind "$root" "$root"',
      `for path in ${RENDER_PATHS.scratch} ${RENDER_PATHS.result} /dev; do mount --bind "$root$path" "$root$path"; done`,
      'mount -o remount,ro,bind "$root"',
      'exec capsh --shell=/bin/busybox --chroot="$root" --drop=all -- sh -c "$@"',
    ].join(' && ');
    const args = ['--mount', 'sh', '-c', prepare, 'sh', script, 'machine-config', ...Object.keys(given.texts ?? {})];
    return spawnSync('unshare', args, { ...environment(given), env: { ...environment(given).env, root: folder, busybox } });
  });
}

function environment({ podName = 'acme-control-plane-0' }: Given) {
  return { encoding: 'utf8', env: { PATH: process.env.PATH, POD_NAME: podName }, timeout: 60_000 } as const;
}

function inFolder(given: Given, run: (folder: string) => { readonly status: number | null; readonly stderr: string }): Rendered {
  const folder = mkdtempSync(join(tmpdir(), 'rendering-'));
  try {
    const write = (path: string, content: string | Buffer) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: 0o400 });
    };
    [RENDER_PATHS.scratch, RENDER_PATHS.result, '/dev'].forEach((path) => mkdirSync(join(folder, path)));
    Object.entries(given.templates).forEach(([key, template]) => write(`${RENDER_PATHS.templates}/${key}`, template));
    Object.entries(given.texts ?? {}).forEach(([name, text]) => write(`${RENDER_PATHS.texts}/${name}`, text));
    if (given.bundle !== undefined) {
      write(`${RENDER_PATHS.bundle}/bundle`, given.bundle);
    }
    if (given.kept !== undefined) {
      write(`${RENDER_PATHS.result}/${COMMON_TEMPLATE}`, given.kept);
    }
    const { status, stderr } = run(folder);
    const log = join(folder, RENDER_PATHS.terminationLog);
    const problem = existsSync(log) ? readFileSync(log, 'utf8').trim() : stderr;
    expect(stderr.trim()).toBe(problem.trim());
    const names = readdirSync(join(folder, RENDER_PATHS.result));
    const pathOf = (name: string) => join(folder, RENDER_PATHS.result, name);
    return {
      status,
      problem,
      files: Object.fromEntries(names.map((name) => [name, readFileSync(pathOf(name), 'utf8')])),
      modes: names.map((name) => statSync(pathOf(name)).mode % 0o1000),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
