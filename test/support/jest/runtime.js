const { default: Runtime } = require('jest-runtime');
const { join, sep } = require('path');

/** Where the modules are that the suites of a process share. */
const SOURCES = join(__dirname, '..', '..', '..', 'src') + sep;
const LIBRARIES = `${sep}node_modules${sep}`;

const sourceMaps = new Map();
let newest;

require.extensions['.ts'] = (module, path) => module._compile(newest.transformShared(path), path);

/**
 * Node.js loads the library and what others wrote, once for all suites of a process: loading and warming them up anew for each suite takes as long
 * as the tests. Jest loads the tests and what is beside them, and everything in a suite that mocks modules or isolates them, for coverage, and where
 * files may change while the process runs.
 */
module.exports = class SharingRuntime extends Runtime {
  constructor(...parameters) {
    super(...parameters);
    const [, environment, , , , { collectCoverage }, , { watch, watchAll }] = parameters;
    this.isInRealm = environment.global === globalThis;
    this.isSharing = this.isInRealm && !collectCoverage && !watch && !watchAll;
    sourceMaps.forEach((map, path) => this.getSourceMaps().set(path, map));
    newest = this;
  }

  requireModule(from, name, options, isActual) {
    return this.sharedModule(from, name, options) ?? super.requireModule(from, name, options, isActual);
  }

  sharedModule(from, name, options) {
    const isOwn = !this.isSharing || this._isolatedModuleRegistry || [...this._explicitShouldMock.values()].includes(true);
    if (isOwn || !name || options?.isInternalModule || this._resolver.isCoreModule(name)) {
      return undefined;
    }
    const path = this._resolveCjsModule(from, name);
    return path.startsWith(SOURCES) || path.includes(LIBRARIES) ? require(path) : undefined;
  }

  resetModules() {
    this.isSharing = false;
    super.resetModules();
  }

  createScriptFromCode(code, path) {
    const script = super.createScriptFromCode(code, path);
    return this.isInRealm ? { runInContext: () => script.runInThisContext() } : script;
  }

  transformShared(path) {
    const code = this.transformFile(path);
    sourceMaps.set(path, this.getSourceMaps().get(path));
    return code;
  }
};
