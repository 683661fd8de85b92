import { spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { SHELLS_OF_TABLES } from './shells';

/** What a script did in a shell. */
export interface ScriptOutcome {
  readonly output: string;
  readonly status: number | null;
  /** The calls of talosctl and kubectl, in order. */
  readonly calls: string[];
  /** The files that are left, by name, in the folder that the tools work in. */
  readonly file: (name: string) => string | undefined;
}

/** Programs in place of those that a script of a Job calls: bodies of shell scripts. `$count` says how often `$*` was called. */
export interface Tools {
  readonly talosctl: string;
  readonly kubectl?: string;
  readonly rclone?: string;
}

/** Files by their names. */
export interface Files {
  readonly [name: string]: string | Buffer;
}

/** Secrets as files `secret-NAME`, which kubectl reads and applies: a field that another one has applied is a conflict. */
export const KUBECTL_WITH_SECRETS = `case "$1 $2" in
  "get secret") [ ! -f "secret-$3" ] || sed -n 's/.*"bundle":"\\([^"]*\\)".*/\\1/p' "secret-$3" | tr -d '\\n' ;;
  "apply --server-side")
    object=$(cat)
    name=$(echo "$object" | sed 's/.*"name":"\\([^"]*\\)".*/\\1/')
    case "$*" in *--force-conflicts*) ;; *) [ ! -f "secret-$name" ] || { echo "conflict with another manager: .data" >&2; exit 1; } ;; esac
    echo "$object" > "secret-$name"
    echo "secret/$name serverside-applied" ;;
  "config set-cluster") echo "server: $5" >> "$7"; echo "Cluster \\"$3\\" set." ;;
  *) echo "unknown command: $*" >&2; exit 1 ;;
esac`;

/** Buckets as folders in `buckets/`. */
export const RCLONE_WITH_FOLDERS = `place() { echo "$1" | sed 's/^:s3:/buckets\\//'; }
case "$1" in
  lsf) [ -d buckets ] || { echo "the bucket does not exist"; exit 3; }; ls "$(place "$3")" 2>/dev/null || true ;;
  copyto) target=$(place "$3"); mkdir -p "$(dirname "$target")" && cp "$(place "$2")" "$target" ;;
  deletefile) rm "$(place "$2")" ;;
  *) echo "unknown command: $*" >&2; exit 1 ;;
esac`;

/** How GNU's tools and busybox word the same refusal. */
const CANNOT = /^(.*\b\w+: )cannot \w+ '(.*)'(?=: )/gm;

/**
 * Runs a Job's script with other tools, and expects the same of all shells.
 *
 * @param files the files that are there at the beginning; those of the pod below `bundle/` and `snapshots/`
 * @param shells the shells; one for a script whose output isn't the same each time
 */
export function runJobScript(script: string, tools: Tools, files: Files = {}, shells = SHELLS_OF_TABLES): ScriptOutcome {
  const outcomes = shells.map(([program, args]) => runIn(program, args, script, tools, files))
    .map((outcome) => ({ ...outcome, output: outcome.output.replace(CANNOT, '$1$2') }));
  const [first, ...others] = outcomes;
  others.forEach(({ file: _, ...outcome }) => expect(outcome).toEqual({ output: first.output, status: first.status, calls: first.calls }));
  return first;
}

function runIn(program: string, args: readonly string[], script: string, tools: Tools, files: Files): ScriptOutcome {
  const folder = mkdtempSync(join(tmpdir(), 'job-script-'));
  try {
    ['scratch', 'bundle', 'snapshots'].forEach((name) => mkdirSync(join(folder, name)));
    Object.entries(files).forEach(([name, text]) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    });
    Object.entries(tools).forEach(([name, body]) => {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh
[ "$1" != --cache-dir ] || shift 2
key=$(echo "${name} $*" | sed "s/cdk8s-talos-[0-9a-f-]*//" | md5sum | cut -c1-32)
echo x >> "count-$key"
count=$(wc -l < "count-$key")
echo "${name} $*" >> calls
${body}
`);
      chmodSync(path, 0o755);
    });
    const own = script
      .replace(/\/tools\/busybox sleep \d+/g, ':')
      .replace(/\/tools\/busybox /g, program === 'busybox' ? 'busybox ' : '')
      .replace(/\/tools\/(kubectl|rclone)/g, './$1')
      .replace(/(?<![\w/])\/talosctl/g, './talosctl')
      .replace(/(?<![\w/])\/(scratch|bundle|snapshots)\b/g, './$1');
    const { stdout, stderr, status } = spawnSync(program, [...args, '-c', own], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
    const contents = new Map<string, string>();
    const file = (name: string) => contents.get(name);
    spawnSync('find', ['.', '-type', 'f'], { cwd: folder, encoding: 'utf8' }).stdout.trim().split('\n')
      .forEach((path) => contents.set(path.slice(2), readFileSync(join(folder, path), 'utf8')));
    const calls = existsSync(join(folder, 'calls')) ? contents.get('calls')!.trim().split('\n') : [];
    return { output: stdout + stderr, status, calls: calls.map((call) => call.replace(/cdk8s-talos-[0-9a-f-]{36}/, 'cdk8s-talos-UUID')), file };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
