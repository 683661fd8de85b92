import { Row, ROWS } from './rows';
import { loadConfig } from '../../../src/machine-config/documents/load';
import { findFitness } from '../../../src/machine-config/fitness/fitness';
import { PodFacts } from '../../../src/machine-config/fitness/pod-facts';
import { applyPatches } from '../../../src/machine-config/patches/apply';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { isAtLeast, Release, RELEASES } from '../../../src/talos/release';
import { generated } from '../../support/machine-configs';
import { generateCases, releaseOf, validateCases } from '../../support/talos-answers';

const bases = new Map(RELEASES.flatMap((release) => (['controlplane', 'worker'] as const).map((role) => (
  [`${release} ${role}`, loadConfig(generated(`v${release}`)[role], release)] as const))));

const [OLDEST, NEWEST] = [RELEASES[0], RELEASES[RELEASES.length - 1]];

/** What is said of a generated config with a patch over it. */
function fitnessOf(patch: string, release: Release, { role = 'controlplane', pods = {} }: Row) {
  const config = applyPatches(bases.get(`${release} ${role}`)!, [loadPatch(patch, release)], release);
  const { findings, warnings } = findFitness(config, release, pods);
  return { findings, warnings };
}

/** The patches of a row: the first and the last release that have the form, and the text. */
function formsOf(row: Row): Array<readonly [since: Release, until: Release, patch: string]> {
  const { legacy, legacySince = OLDEST, legacyUntil = NEWEST, document } = row;
  return [
    ...legacy === undefined ? [] : [[legacySince, legacyUntil, legacy] as const],
    ...document === undefined ? [] : [[document[0], NEWEST, textOf(document[1])] as const],
  ];
}

/** The text of a document; rows with several end the first one themselves. */
function textOf(fields: string): string {
  return `{ apiVersion: v1alpha1, ${fields}${fields.endsWith('\n') ? '' : ' }'}`;
}

describe.each(ROWS.map((row) => [row.setting, row] as const))('%s', (_, row) => {
  test.each(formsOf(row))('%s to %s: %s', (since, until, patch) => {
    for (const release of RELEASES.filter((candidate) => isAtLeast(candidate, since) && isAtLeast(until, candidate))) {
      const { findings, warnings } = fitnessOf(patch, release, row);
      const ids = (problems: typeof findings) => problems.map(({ id }) => id).sort();
      expect([release, ids(findings), ids(warnings)]).toEqual([release, row.findings ?? [], row.warnings ?? []]);
      expect(JSON.stringify([findings, warnings])).not.toContain('CANARY');
    }
    const { findings, warnings } = fitnessOf(patch, until, row);
    const messages = [...findings, ...warnings].map(({ message }) => message);
    if (messages.length > 0) {
      expect(messages).toMatchSnapshot();
    }
  });
});

test('so many kinds are errors, warnings, and silent', () => {
  const kinds = { error: 0, warning: 0, silent: 0 };
  ROWS.forEach(({ findings, warnings }) => kinds[findings ? 'error' : warnings ? 'warning' : 'silent']++);
  expect(kinds).toEqual({ error: 30, warning: 49, silent: 56 });
});

describe('a config of the old layout', () => {
  const withoutNetwork = (layout: Release, release: Release) => {
    const config = loadConfig(generated(`v${layout}`).worker, release);
    const patched = applyPatches(config, [loadPatch('cluster: { network: { $patch: delete } }', release)], release);
    return findFitness(patched, release, {}).findings.map(({ id, path }) => `${id} ${path}`);
  };

  test('needs the networks that newer releases have no defaults for', () => {
    expect(withoutNetwork('1.13', '1.14')).toEqual(['talos:no-cluster-network cluster.network']);
    expect(withoutNetwork('1.13', '1.13')).toEqual([]);
    expect(findFitness(loadConfig(generated('v1.14').worker, '1.14'), '1.14', {}).findings).toEqual([]);
  });
});

describe('what is generated', () => {
  // what the options ask for and a pod doesn't have
  const ASKED_FOR = ['talos:kubespan', 'talos:sysctl-of-host'];
  const told = (text: string, release: Release, pods: PodFacts) => {
    const { findings, warnings } = findFitness(loadConfig(text, release), release, pods);
    return [...findings, ...warnings].map(({ id, message }) => ASKED_FOR.includes(id) || /10\.0\.0\.0\/24/.test(message) ? id : message);
  };

  test.each(generateCases.map(({ id, oracle, expect: texts }) => [id, releaseOf(oracle), texts] as const))('%s raises no false alarm', (id, release, texts) => {
    for (const role of ['controlplane', 'worker'] as const) {
      const expected = [
        ...id.endsWith('kubespan') ? ['talos:kubespan'] : [],
        ...id.endsWith('with-patches') && role === 'controlplane' ? ['talos:etcd-address-elsewhere'] : [],
        ...id.includes('sysctls') ? ['talos:sysctl-of-host'] : [],
      ];
      expect(told(texts[role], release, {})).toEqual(expected);
    }
  });
});

test('every config that Talos takes can be asked', () => {
  for (const { config, oracle } of validateCases.filter(({ expect: { valid } }) => valid)) {
    const release = releaseOf(oracle);
    expect(() => findFitness(loadConfig(config, release), release, {})).not.toThrow();
  }
});
