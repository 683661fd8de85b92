import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { releaseRow } from '../../scripts/release-row';
import { PATCH_RELEASES } from '../../src/talos/release-table';

const CHECKOUT = join(__dirname, '..', 'fixtures', 'talos-checkout');
const [HEADER] = PATCH_RELEASES.trim().split('\n');

let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'talos-'));
  cpSync(CHECKOUT, checkout, { recursive: true });
});
afterEach(() => rmSync(checkout, { recursive: true }));

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(join(checkout, file), change(readFileSync(join(checkout, file), 'utf8')));
}

test('a new minor release has two rows, and an image without a column is named', () => {
  expect(releaseRow(CHECKOUT)).toBe([
    'PATCH_RELEASES:',
    '1.99.3       1.122.4      registry.example.org/etcd:v9.9.0      v9.9.1   9.9.2    9.9.3   v9.9.4               -',
    'MINOR_RELEASES:',
    "  '1.99': { /* as 1.14, if nothing else differs */ kubernetes: { oldest: '1.117', newest: '1.122' } },",
    'pkg/images/list.go has an image that TalosImages doesn\'t have: MadeUp',
  ].join('\n'));
});

test('a patch release has one row, below the columns of the table', () => {
  edit('pkg/machinery/gendata/data/tag', () => 'v1.13.99\n');
  edit('pkg/images/list.go', (text) => text.replace(/.*MadeUp =.*\n/, ''));
  const [title, row, ...others] = releaseRow(checkout).split('\n');
  expect([title, others]).toEqual(['PATCH_RELEASES:', []]);
  expect(Object.fromEntries(['talos', 'kubernetes', 'etcd', 'pause'].map((column) => [column, row.slice(HEADER.indexOf(column)).split(' ')[0]])))
    .toEqual({ talos: '1.13.99', kubernetes: '1.122.4', etcd: 'registry.example.org/etcd:v9.9.0', pause: '9.9.3' });
});

test('what isn\'t found is unknown, and what a release doesn\'t have is left out', () => {
  edit('pkg/machinery/gendata/data/tag', () => 'v1.13.99-a-rather-long-name');
  edit('pkg/images/list.go', (text) => text.replace(/.*(?:MadeUp|KubeNetworkPolicies) =.*\n/g, '').replace('const DefaultSandboxImage', 'const Another'));
  edit('pkg/machinery/constants/constants.go', (text) => text.replace('EtcdImage ', 'EtcdName '));
  expect(releaseRow(checkout).split('\n')[1].split(/ +/)).toEqual(['1.13.99-a-rather-long-name', '1.122.4', '?', 'v9.9.1', '9.9.2', '?', '-', '-']);
});

test('another directory is refused', () => {
  expect(() => releaseRow(__dirname)).toThrow('is not a checkout of Talos, or Talos has moved pkg/machinery/constants/constants.go');
});
