const { ModernFakeTimers } = require('@jest/fake-timers');
const { mkdtempSync, rmSync } = require('fs');
const { TestEnvironment } = require('jest-environment-node');
const { ModuleMocker } = require('jest-mock');
const { tmpdir } = require('os');
const { join } = require('path');

/**
 * Runs a suite in the realm of its process, so that its modules can outlive it (runtime.js), with a temporary folder of its own. What the suite
 * changes of the process is as before when it ends.
 */
module.exports = class SharingEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers.dispose();
    this.fakeTimers = null; // the legacy ones
    this.fakeTimersModern = new ModernFakeTimers({ config: config.projectConfig, global: globalThis });

    const { env, emitWarning, exit, exitCode } = process;
    this.before = { console, globals: new Set(Reflect.ownKeys(globalThis)), directory: process.cwd(), process: { env, emitWarning, exit, exitCode }, env: { ...env } };
    this.folder = mkdtempSync(join(tmpdir(), 'cdk8s-talos-test-'));
    env.TMPDIR = this.folder;
  }

  async teardown() {
    await super.teardown();
    const { before } = this;
    process.chdir(before.directory);
    Object.assign(process, before.process);
    Object.keys(process.env).filter((name) => !(name in before.env)).forEach((name) => delete process.env[name]);
    Object.assign(process.env, before.env);
    globalThis.console = before.console;
    Reflect.ownKeys(globalThis).filter((name) => !before.globals.has(name)).forEach((name) => Reflect.deleteProperty(globalThis, name));
    rmSync(this.folder, { recursive: true, force: true });
  }
};
