import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { compare } from 'semver';
import { MachineConfig, TalosVersion } from '../../src';
import { ENVIRONMENTS, MESSAGES } from '../../src/machine-config/expressions/environments';
import { LEGACY_KIND } from '../../src/machine-config/schema/schema';
import { ENUMS, KINDS, TYPES } from '../../src/machine-config/schema/schema-table';
import { RUNTIME_SPEC_TYPES } from '../../src/machine-config/validation/documents/oci-runtime-spec-table';
import { patchReleases, patchReleasesOf } from '../../src/talos/patch-release';
import { isRelease, RELEASES } from '../../src/talos/release';
import { secrets } from '../support/control-planes';
import { changesOf } from '../support/release-changes';
import { generateCases } from '../support/talos-answers';

test.each(RELEASES)('%s has a patch release, a constant, and what Talos generates for it', (release) => {
  expect(patchReleasesOf(release)).not.toEqual([]);
  expect(TalosVersion[`V${release.replace('.', '_')}` as 'V1_13']).toEqual(TalosVersion.of(release));
  expect(generateCases.map(({ contract }) => contract)).toContain(`v${release}`);
});

test.each(RELEASES)('%s has a patch release whose images and Kubernetes are known', (release) => {
  expect(patchReleasesOf(release).some(({ unknownImages, kubernetes }) => unknownImages.length === 0 && kubernetes !== undefined)).toBe(true);
});

test('no constant and no patch release is of another release', () => {
  const constants = Object.keys(TalosVersion).filter((name) => name !== 'DEFAULT');
  expect(constants).toEqual(RELEASES.map((release) => `V${release.replace('.', '_')}`));
  expect(RELEASES.flatMap(patchReleasesOf)).toEqual(patchReleases());
});

test('releases are sorted, and none is left out', () => {
  const minors = RELEASES.map((release) => Number(release.split('.')[1]));
  expect(minors).toEqual(minors.map((_, index) => minors[0] + index));
  const patches = patchReleases().map(({ talos }) => talos);
  expect([...patches].sort(compare)).toEqual(patches);
});

test.each(RELEASES)('%s runs six minor releases of Kubernetes, each newer by one than those of the release before', (release) => {
  const { oldestKubernetesVersion: oldest, newestKubernetesVersion: newest } = TalosVersion.of(release);
  const [first, last] = [oldest, newest].map((version) => Number(version.replace(/^1\./, '')));
  expect([first, last]).toEqual([25, 30].map((minor) => minor + RELEASES.indexOf(release)));
});

test.each(RELEASES)('machine configs of %s switch on host DNS where its form says', (release) => {
  const talosVersion = TalosVersion.of(release);
  const config = MachineConfig.worker({ clusterName: 'lab', endpoint: 'https://cp:6443', secrets, talosVersion });
  const [kind, path] = talosVersion.hostDnsForm.startsWith('ResolverConfig') ? ['ResolverConfig', 'hostDNS'] : [LEGACY_KIND, talosVersion.hostDnsForm];
  expect(config._documents.get(kind, path)).toMatchObject({ enabled: true });
});

test.each<[string, string]>([
  ['the schema', KINDS + TYPES + ENUMS],
  ['the expressions', [MESSAGES, ...Object.values(ENVIRONMENTS).flatMap(({ variables, functions }) => [variables, functions])].join('\n')],
  ['the OCI runtime specification', RUNTIME_SPEC_TYPES],
])('the table of %s names known releases only', (_, table) => {
  const named = [...table.matchAll(/(?:@|\.\.)(\d+\.\d+)/g)].map(([, release]) => release);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((release) => !isRelease(release))).toEqual([]);
});

// a new release fails here until somebody has looked at what it changes in each table, and has recorded that
test.each(RELEASES.slice(1))('%s brings these changes', (release) => {
  expect(changesOf(release)).toMatchSnapshot();
});

test('other code names no releases: it asks for a fact', () => {
  const source = join(__dirname, '..', '..', 'src');
  const tables = /^talos\/|^machine-config\/(?:schema|expressions|documents|patches|validation|translate)\/|^machine-config\/generate\/options\/contract\.ts$/;
  const others = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !tables.test(file));
  expect(others.length).toBeGreaterThan(50);
  expect(others.filter((file) => /'v?1\.(?:[7-9]|\d{2,})'/.test(readFileSync(join(source, file), 'utf8')))).toEqual([]);
});
