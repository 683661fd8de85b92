import { unlessRefused } from '../problem';
import { loadConfig } from './documents/load';
import { parseYaml } from './yaml/nodes';
import { Release } from '../talos/release';

/** The first of the releases that can read a text as a machine config, if one can. Other than reading it for each, this parses it once. */
export function readingRelease(text: string, releases: readonly Release[]): Release | undefined {
  const nodes = unlessRefused(() => parseYaml(text));
  return nodes && releases.find((release) => unlessRefused(() => loadConfig({ nodes }, release)));
}
