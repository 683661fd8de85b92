import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Readable, Writable } from 'stream';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: any;
  readonly result?: any;
  readonly error?: { readonly message: string };
}

/**
 * One tab of a headless Chromium, driven by its DevTools protocol over a pipe.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export class Browser {
  /** Opens a tab; the executable is Chromium's. */
  public static async start(executable: string): Promise<Browser> {
    const browser = new Browser(executable);
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    browser.session = (await browser.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) {
      await browser.send(`${domain}.enable`);
    }
    await browser.send('Emulation.setDeviceMetricsOverride', { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false });
    return browser;
  }

  /** What pages wrote to the console as errors, what they threw, and what they couldn't load. */
  public readonly errors: string[] = [];
  private readonly profile = mkdtempSync(join(tmpdir(), 'website-'));
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly listeners = new Map<string, () => void>();
  private session?: string;
  private count = 0;

  private constructor(executable: string) {
    const settings = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-pipe', `--user-data-dir=${this.profile}`];
    this.process = spawn(executable, settings, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let text = '';
    (this.process.stdio[4] as Readable).setEncoding('utf8').on('data', (part: string) => {
      const messages = (text + part).split('\0');
      text = messages.pop()!;
      messages.forEach((message) => this.receive(JSON.parse(message)));
    });
    const end = (): void => {
      this.waiting.forEach((answer) => answer({ error: { message: 'Chromium has ended' } }));
      this.waiting.clear();
    };
    this.process.on('error', end).on('exit', end);
  }

  /** Opens a page, and waits until it is loaded. */
  public async open(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => this.listeners.set('Page.loadEventFired', resolve));
    await this.send('Page.navigate', { url });
    await loaded;
  }

  /** The value of an expression in the page. */
  public async evaluate(expression: string): Promise<any> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) {
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value;
  }

  /** Waits until an expression of the page is true. */
  public async until(expression: string, seconds: number = 15): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
      if (await this.evaluate(`Boolean(${expression})`)) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`Not so after ${seconds} s: ${expression}`);
  }

  /** Writes a picture of the tab. */
  public async screenshot(path: string): Promise<void> {
    writeFileSync(path, Buffer.from((await this.send('Page.captureScreenshot', { format: 'png' })).data, 'base64'));
  }

  /** Ends Chromium, and removes its profile. */
  public async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private receive({ id, method, params, ...answer }: Message): void {
    if (id !== undefined) {
      this.waiting.get(id)?.(answer);
      this.waiting.delete(id);
    } else if (method === 'Runtime.exceptionThrown') {
      this.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    } else if (method === 'Runtime.consoleAPICalled' && ['error', 'assert', 'warning'].includes(params.type)) {
      this.errors.push(params.args.map(({ value, description }: any) => value ?? description).join(' '));
    } else if (method === 'Log.entryAdded' && params.entry.level === 'error') {
      this.errors.push(`${params.entry.text} ${params.entry.url ?? ''}`.trim());
    } else {
      this.listeners.get(method!)?.();
    }
  }

  private send(method: string, params: object = {}): Promise<any> {
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result));
      (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    });
  }
}
