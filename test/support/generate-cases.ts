import * as fs from 'node:fs';
import * as path from 'node:path';
import { GenerateOptions } from '../../src/machine-config/generate/options/options';
import { Release } from '../../src/talos/release';

/** A question to Talos's generator and its answer. */
export interface GenerateCase {
  readonly id: string;
  readonly contract: string;
  readonly kubernetesVersion: string;
  readonly clusterName: string;
  readonly endpoint: string;
  readonly secrets: 'a' | 'b' | 'c';
  readonly options: Readonly<Record<string, unknown>>;
  readonly expect: { readonly controlplane: string; readonly worker: string };
}

/** Every case that Talos's generator answered. */
export function generateCases(): GenerateCase[] {
  const text = fs.readFileSync(path.join(__dirname, '..', 'fixtures', 'gen.jsonl'), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line) as GenerateCase);
}

/** Names of options that hold an abbreviation, which is written in another way here. */
const RENAMED: Readonly<Record<string, string>> = {
  additionalSANs: 'additionalSans',
  cniURLs: 'cniUrls',
  hostDNSForwardKubeDNSToHost: 'hostDnsForwardKubeDnsToHost',
  localAPIServerPort: 'localApiServerPort',
  registryCACerts: 'registryCaCerts',
};

/** The options of a case. */
export function optionsOf({ contract, kubernetesVersion, clusterName, endpoint, options }: GenerateCase): GenerateOptions {
  // the endpoints of the talosconfig are none of the machine configuration's
  const { endpointList: _, ...given } = options;
  const renamed = Object.fromEntries(Object.entries(given).map(([name, value]) => [RENAMED[name] ?? name, value]));
  return { clusterName, endpoint, contract: contract.replace('v', '') as Release, kubernetesVersion, ...renamed };
}
