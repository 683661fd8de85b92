import { FreeNetworkUse, freeNetwork } from './free-networks';
import { familyOf, formatNetwork, hasHostBits, parseNetwork, withoutHostBits } from './networks';
import { problem, refuse } from '../problem';

/**
 * What is wrong with a text that must be a network, if anything is.
 *
 * @param use what the network is for: the remedy offers a free network for it
 * @param taken networks that are not free
 */
export function networkProblem(property: string, text: string, use?: FreeNetworkUse, taken?: readonly string[]): string | undefined {
  return cidrProblem(property, text, use, taken) ?? hostBitsProblem(property, text, 'is not written as a network');
}

/** The same where the network may be written with any of its addresses. */
export function cidrProblem(property: string, text: string, use: FreeNetworkUse = 'documentation', taken: readonly string[] = []): string | undefined {
  if (parseNetwork(text)) {
    return undefined;
  }
  const example = freeNetwork(use, familyOf(text), taken);
  return problem(property, text, `is not a network: write an IP address and a prefix length${example === undefined ? '' : `, for example ${example}`}`);
}

/** What is said of a network that is written with another address than its first, if it is. */
export function hostBitsProblem(property: string, text: string, words: string): string | undefined {
  const network = parseNetwork(text);
  return network && hasHostBits(network) ? problem(property, text, `${words}: write ${formatNetwork(withoutHostBits(network))}`) : undefined;
}

/** Throws unless the text is a network; see `networkProblem`. */
export function requireNetwork(property: string, text: string, use?: FreeNetworkUse, taken?: readonly string[]): void {
  refuse(networkProblem(property, text, use, taken));
}
