import { cdk8s, javascript, JsonFile, JsonPatch } from 'projen';
import { WorkflowSteps } from 'projen/lib/github';
import { Job, JobPermission, JobStep } from 'projen/lib/github/workflows-model';
import { ReleaseTrigger } from 'projen/lib/release';

// what becomes part of the package when it is compiled: users install nothing
const bundled = ['fflate@^0.8.2', 'semver@^7.6.3', 'yaml@^2.8.1'];

// suites share what they load, and leave nothing behind; nor does jest's cache
const suites = {
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  runtime: '<rootDir>/test/support/jest/runtime.js',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  moduleNameMapper: { '^cdk8s-talos$': '<rootDir>/src' },
  setupFiles: ['<rootDir>/test/support/quiet.ts'],
};

const project = new cdk8s.ConstructLibraryCdk8s({
  // identity
  name: 'cdk8s-talos',
  description: 'Typed cdk8s constructs that run Talos Linux machines as Kubernetes pods',
  author: 'cdk8s-talos authors',
  authorAddress: 'https://github.com/cdk8s-talos',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-talos/cdk8s-talos.git',
  homepage: 'https://github.com/cdk8s-talos/cdk8s-talos#readme',
  keywords: ['cdk8s', 'kubernetes', 'k8s', 'constructs', 'talos', 'talos-linux'],
  license: 'Apache-2.0',
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  // toolchain: the pins that install from a plain mirror (jest 30 pulls native bindings that some lack)
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: '.projen/rc' },
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  workflowNodeVersion: 'lts/*',
  jsiiVersion: '~6.0.0',
  compressAssembly: true, // the types of Talos's schema make it large
  typescriptVersion: '~6.0.0',
  bumpPackage: 'commit-and-tag-version@^12',

  // runtime dependencies: the floors that npm, PyPI, Maven Central and the Go proxy all have
  cdk8sVersion: '2.69.10',
  constructsVersion: '10.4.2',
  // cdk8s-plus only shows that objects of other libraries fit beside ours, its oldest and its newest release; ajv validates by the JSON schemas;
  // noble's curves and asn1js only judge our signatures and our DER
  devDeps: [
    ...bundled, '@noble/curves@^1.9.7', '@types/jest@^29', '@types/node@^20', '@types/semver@^7', 'ajv@^6', 'asn1js@^3.0.6', 'cdk8s-plus-28@2.5.6',
    'cdk8s-plus-34@^2.0.54', 'fast-check@^4',
  ],

  // quality
  jestOptions: {
    passWithNoTests: false,
    jestVersion: '^29',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      maxWorkers: '100%', // the default leaves one processor out, which is half of a small machine
      collectCoverage: false, // half of the time of the tests; `test:coverage` does it
      coverageProvider: 'babel', // v8 coverage costs a second per test file once cdk8s-plus is loaded
      coverageThreshold: { branches: 90, functions: 90, lines: 90, statements: 90 },
      collectCoverageFrom: ['src/**/*.ts'],
      ...suites,
    },
  },
  docgen: true,
  integrationTestAutoDiscover: false,
  typecheckTests: true,
  sampleCode: false,
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'benchmarks', 'scripts', 'website'], projectService: false, tsconfigPath: './test/tsconfig.json' },

  // pull requests: what a build changes must be committed, so nothing is pushed and the lock file isn't updated
  buildWorkflowOptions: { mutableBuild: false, permissions: { contents: JobPermission.READ } },

  // release
  jsiiReleaseVersion: '0.2.1061',
  npmTrustedPublishing: true,
  releaseTrigger: ReleaseTrigger.workflowDispatch(), // RELEASE.md says when and how
  publishToPypi: { distName: 'cdk8s-talos', module: 'cdk8s_talos', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdk8stalos',
    mavenGroupId: 'io.github.cdk8s-talos', // the namespace that the owner of the GitHub account has
    mavenArtifactId: 'cdk8s-talos',
    mavenServerId: 'central-ossrh',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-talos/cdk8s-talos-go', packageName: 'cdk8stalos' },
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'refactor', 'test', 'chore', 'ci'] },
    },
  },
  pullRequestTemplate: false,
  depsUpgradeOptions: { workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY } },
});

// a tag can move, a commit can't; projen pins the other actions itself, and another version here needs its own commit
const commits = {
  'actions/deploy-pages@v4.0.5': 'd6db90164ac5ed86f2b6aed7e0febac5b3c0c03e',
  'actions/setup-go@v7.0.0': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e',
  'actions/setup-java@v6.0.0': 'dd06d9cba3e5552c54d9f8ea23572deb30010f7c',
  'actions/setup-node@v7.0.0': '820762786026740c76f36085b0efc47a31fe5020',
  'actions/setup-python@v7.0.0': '5fda3b95a4ea91299a34e894583c3862153e4b97',
  'actions/upload-pages-artifact@v4.0.0': '7b1f4a764d45c48632c6b24a0339c27f5614fb0b',
  'peter-evans/create-pull-request@v8.1.1': '5f6978faf089d4d20b00c7766989d076bb2fc7f1',
};
Object.entries(commits).forEach(([action, commit]) => project.github?.actions.set(action, action.replace(/@.*/, `@${commit}`)));

// what .ci/run runs on one machine, in parallel on GitHub's; test/documentation/workflows.test.ts compares the two
const checks = project.github!.addWorkflow('checks');
checks.on({ push: { branches: ['main'] }, pullRequest: {}, workflowDispatch: {} });
const action = (name: string, settings?: { [name: string]: string }): JobStep => ({
  uses: Object.entries(commits).find(([pinned]) => pinned.startsWith(`actions/${name}@`))!.join('@').replace(/@.*@/, '@'),
  with: settings,
});
const setup = (tool: 'go' | 'java' | 'node' | 'python', settings: { [name: string]: string }): JobStep => action(`setup-${tool}`, settings);
const check = (steps: JobStep[], node: string = '24'): Job => ({
  runsOn: ['ubuntu-latest'],
  permissions: { contents: JobPermission.READ },
  steps: [WorkflowSteps.checkout(), setup('node', { 'node-version': node, 'cache': 'npm' }), { run: 'npm ci' }, ...steps],
});
const commands = (...lines: string[]): JobStep[] => lines.map((run) => ({ run }));
const otherLanguages = [
  setup('python', { 'python-version': '3.13' }),
  setup('java', { 'distribution': 'temurin', 'java-version': '17' }),
  setup('go', { 'go-version': 'stable', 'cache': 'false' }),
];
checks.addJobs({
  test: {
    ...check(commands('npm test'), '${{ matrix.node }}'),
    strategy: { matrix: { domain: { node: ['20.19', '22', '24'] } } },
  },
  build: check(commands(
    'npx projen default', 'npx projen compile', 'npx projen compat', 'npx projen post-compile', 'npx projen package:js', 'npm run example',
    'git add --intent-to-add . && git diff --exit-code',
  )),
  coverage: check(commands('npm run test:coverage')),
  slow: check([setup('go', { 'go-version': 'stable', 'cache': 'false' }), ...commands('npm run test:slow')]),
  rehearsal: check([...otherLanguages, ...commands('npm run rehearse')]),
  docs: check(commands('npm run docs -- --check')),
  // its nodes run pods, so that tests which need pretended ones stay out: see CONTRIBUTING.md
  cluster: check([setup('go', { 'go-version': 'stable', 'cache': 'false' }), ...commands(
    'kind create cluster --kubeconfig kubeconfig',
    'KUBECONFIG=$PWD/kubeconfig npm run test:cluster -- fuzz changes',
    'KUBECONFIG=$PWD/kubeconfig npx jest --config test/on-kubernetes/jest.config.json manifests --testNamePattern "dry run|admits"',
  )]),
});

// the website, from what is on main
const website = project.github!.addWorkflow('website');
website.on({ push: { branches: ['main'] }, workflowDispatch: {} });
website.addJobs({
  build: check([...commands('npm run docs -- --check'), action('upload-pages-artifact', { path: 'website/build/site' })]),
  publish: {
    needs: ['build'],
    runsOn: ['ubuntu-latest'],
    permissions: { pages: JobPermission.WRITE, idToken: JobPermission.WRITE },
    environment: { name: 'github-pages', url: '${{ steps.pages.outputs.page_url }}' },
    steps: [{ id: 'pages', ...action('deploy-pages') }],
  },
});

// least permissions: a job has only those that it names, and these jobs write nothing
project.github?.workflows.forEach((workflow) => workflow.file?.patch(JsonPatch.add('/permissions', {})));
project.tryFindObjectFile('.github/workflows/release.yml')?.addOverride('jobs.release.permissions.contents', JobPermission.READ);
project.tryFindObjectFile('.github/workflows/pull-request-lint.yml')?.addOverride('jobs.validate.permissions.pull-requests', JobPermission.READ);

// the version 2 resolver has no native binding
project.addDevDeps('eslint-import-resolver-typescript@^2.7.1');

// examples import the package by its name: Node resolves it to lib/, tests and editors to src/
project.package.addField('exports', {
  '.': './lib/index.js',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.jsii.gz': './.jsii.gz',
  './schemas/*': './schemas/*',
});
project.tryFindObjectFile('test/tsconfig.json')?.addOverride('compilerOptions.paths', { 'cdk8s-talos': ['../src'] });
project.tryFindObjectFile('test/tsconfig.json')?.addToArray('include', '../src/**/*.ts', '../examples/**/*.ts', '../benchmarks/**/*.ts', '../scripts/**/*.ts', '../website/*.ts', '../.projenrc.ts');
project.tryFindObjectFile('.eslintrc.json')?.addOverride('settings.import/core-modules', ['cdk8s-talos']);
// the package's own name counts as built in, but reads better among the others
project.eslint?.addOverride({ files: ['examples/**', 'benchmarks/**'], rules: { 'import/order': 'off' } });
// what is bundled is a dependency for development only; the bundling refuses others
project.eslint?.addOverride({ files: ['src/**'], rules: { 'import/no-extraneous-dependencies': 'off' } });
project.eslint?.addRules({
  'max-len': 'off',
  '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
  '@stylistic/arrow-parens': ['error', 'always'],
});
// the website is built by what the project has; its own package has what only the site needs
project.eslint?.addOverride({ files: ['website/**'], rules: { 'import/no-extraneous-dependencies': 'off' } });

// the law of the house, from the top floor to the ground: a room imports from floors below its own only
const floors = [
  ['cli'], ['cluster', 'monitoring', 'snapshots'], ['control-plane'], ['jobs', 'report'], ['node', 'update'], ['access', 'machine-config'], ['secrets'], ['network'],
  ['kubernetes', 'talos', 'types'],
];
const upward = floors.flatMap((floor, index) => floor.map((room) => ({
  target: `./src/${room}`,
  from: [...floors.slice(0, index + 1).flat().filter((other) => other !== room).map((other) => `./src/${other}`), './src/index.ts'],
  message: 'A room imports from floors below its own only: see ARCHITECTURE.md.',
})));
const subRooms = ['access', 'machine-config', 'machine-config/validation', 'secrets', 'update'].map((room) => ({
  target: `./src/${room}/*/**`,
  from: `./src/${room}/*.ts`,
  message: 'A sub-room never imports from the room around it: see ARCHITECTURE.md.',
}));
const shared = { target: ['./src/problem.ts', './src/files.ts', './src/input.ts'], from: './src/*/**', message: 'What all rooms share imports from none of them: see ARCHITECTURE.md.' };
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', { zones: [...upward, ...subRooms, shared] }],
  'import/no-cycle': 'error',
  // an import of types only would hide a circle from the rule before
  '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'no-type-imports' }],
});
project.eslint?.addOverride({
  files: ['src/machine-config/**', 'src/network/**', 'src/talos/**'],
  rules: { 'no-restricted-imports': ['error', { paths: ['cdk8s', 'constructs'].map((name) => ({ name, message: 'This room has no constructs: see ARCHITECTURE.md.' })) }] },
});

// jsii prints a box about releases of Node.js that the package still supports, and warns of names in C#, for which nothing is published
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
const silenced = ['reserved-word', 'member-name-conflicts-with-type-name'].map((warning) => `--silence-warnings=${warning}`).join(' ');
project.compileTask.reset(`jsii ${silenced} --compress-assembly`);
project.watchTask.reset(`jsii --watch ${silenced} --compress-assembly`);
// one file of all modules, which loads in a tenth of the time
project.compileTask.exec(`ts-node -T scripts/bundle.ts ${bundled.map((dependency) => dependency.replace(/@[^@]*$/, '')).join(' ')}`);

project.addTask('example', {
  description: 'Synthesizes an example, or all of them, into its folder',
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T examples/run.ts', receiveArgs: true }],
});
project.addTask('test:coverage', {
  description: 'Runs the tests for all releases of Talos, and says which lines and branches they reach',
  env: { ALL_RELEASES: '1' },
  steps: [{ exec: 'jest --ci --coverage --reporters="$PWD/test/support/jest/short-reporter.js"' }],
});
project.tasks.tryFind('test:update')?.env('ALL_RELEASES', '1');
project.addTask('test:slow', {
  description: 'Proofs that take minutes: generated secrets checked by openssl, wrong types for every property, secrets in no message of any release, live clusters',
  env: { ALL_RELEASES: '1' },
  steps: [{ spawn: 'compile' }, { exec: 'jest --ci --coverage=false --testMatch "<rootDir>/test/**/*.slow.ts"' }],
});
project.addTask('benchmark', {
  description: 'Measures: npm run benchmark, or npm run benchmark NAME for one of benchmarks/',
  steps: [{ spawn: 'compile' }, { exec: 'sh -c \'ts-node -T "benchmarks/${1:-table}.ts"\' --', receiveArgs: true }],
});
project.addTask('release-row', {
  description: 'Prints the row of src/talos/release-table.ts for a checkout of Talos: npm run release-row DIRECTORY',
  exec: 'ts-node -T scripts/release-row.ts',
  receiveArgs: true,
});
project.addTask('json-schema', {
  description: 'Writes the JSON schemas of patch files into schemas/',
  exec: 'ts-node -T scripts/json-schema.ts',
});
const typed = project.addTask('typed', {
  description: 'Writes the types of typed machine configs, src/types, from the schema',
  exec: 'ts-node -T scripts/typed.ts',
});
project.compileTask.prependSpawn(typed);
// Construct Hub shows the types, and so do editors
project.tasks.tryFind('docgen')?.reset('jsii-docgen -o API.md --submodule root');
project.tasks.tryFind('docgen')?.exec('ts-node -T scripts/api-contents.ts API.md');
// they are types alone, which nothing loads
project.npmignore?.exclude('/lib/types/*.js');
project.addTask('test:languages', {
  description: 'Tests a project in Python, Java and Go each, which installs the package from registries on this machine',
  exec: 'ts-node -T test/rehearsal/run.ts python java go',
});
project.addTask('rehearse', {
  description: 'Rehearses a release: publishes the four packages to registries on this machine, and does with them what the documentation says',
  exec: 'ts-node -T test/rehearsal/run.ts',
  receiveArgs: true,
});
project.addTask('docs', {
  description: 'Builds the website into website/build/site; npm run docs -- --check looks at it, too, in Chromium if there is one',
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T website/build.ts', receiveArgs: true }],
});
project.addTask('test:node', {
  description: 'Runs the tests on another major version of Node.js',
  exec: 'test/node.sh',
  receiveArgs: true,
});

// what ts-node caches, which would stay in the temporary folder
project.tasks.addEnvironment('V8_COMPILE_CACHE_CACHE_DIR', '$(echo "$PWD/node_modules/.cache/v8-compile-cache")');

// tests that need a Kubernetes cluster
project.jest?.addIgnorePattern('<rootDir>/test/on-kubernetes/');
new JsonFile(project, 'test/on-kubernetes/jest.config.json', {
  obj: {
    rootDir: '../..',
    testMatch: ['<rootDir>/test/on-kubernetes/**/*.test.ts'],
    ...suites,
    transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
    globalSetup: '<rootDir>/test/on-kubernetes/global-setup.ts',
    globalTeardown: '<rootDir>/test/on-kubernetes/global-teardown.ts',
    testTimeout: 120_000,
    maxWorkers: 2,
  },
});
project.addTask('test:cluster', {
  description: 'Tests manifests on the throwaway Kubernetes cluster of KUBECONFIG',
  env: { ALL_RELEASES: '1' },
  exec: 'jest --config test/on-kubernetes/jest.config.json --ci',
  receiveArgs: true,
});

project.postCompileTask.exec('jsii-rosetta extract --compile --fail --compress-tablet .jsii');

// the tests stay quick: types are checked beside them, and what is built is linted
project.testTask.reset('test/run.sh', { receiveArgs: true });
project.postCompileTask.spawn(project.eslint!.eslintTask);

project.annotateGenerated('/schemas/*.json');
project.gitignore.exclude('.jsii.gz', '.jsii.tabl.json.gz', '/dist/', '/website/build/');
project.npmignore?.exclude(
  'API.md', '/examples/', '/benchmarks/', '/scripts/', '/docs/', '/website/', '/.ci/', 'ARCHITECTURE.md', 'CODE_OF_CONDUCT.md', 'CONTRIBUTING.md', 'RELEASE.md', 'SECURITY.md',
);
project.synth();
