import { spawn } from 'child_process';

/** Variables of commands. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

/** Runs the commands of one person in one folder, and says how long each takes. */
export class Shell {
  constructor(private readonly who: string, private readonly folder: string, private readonly environment: Environment = {}) {}

  /**
   * Runs a command as it stands, and returns what it prints.
   *
   * @throws with what it prints, if it fails
   */
  async run(command: string): Promise<string> {
    const start = Date.now();
    const child = spawn('sh', ['-c', command], { cwd: this.folder, env: { ...process.env, ...this.environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => output.push(data));
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const text = Buffer.concat(output).toString();
    if (code !== 0) {
      throw new Error(`${text}\n${this.who}: '${command}' ended with ${code}`);
    }
    this.say(command, Date.now() - start);
    return text;
  }

  /** Says something beside the commands. */
  say(text: string, milliseconds?: number): void {
    const time = milliseconds === undefined ? '' : `${(milliseconds / 1000).toFixed(1)} s`;
    console.log(`${this.who.padEnd(24)}${time.padStart(8)}  ${text}`);
  }
}
