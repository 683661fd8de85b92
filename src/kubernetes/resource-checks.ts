import { shortened, TalosError } from '../problem';
import { ResourceRequirements } from './container';
import { parseQuantity } from './quantity';
import { requireLabelKey } from './syntax';

/*
 * The checks that Kubernetes makes of the resources of a container, made at synthesis.
 * See https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];

const HUGE_PAGES = /^hugepages-(.+)$/;

/** Requires requests and limits. */
export function requireResources(property: string, { requests = {}, limits = {} }: ResourceRequirements = {}): void {
  Object.entries(limits).forEach(([name, limit]) => requireAmount(`${property}.limits`, name, limit));
  for (const [name, request] of Object.entries(requests)) {
    const amount = requireAmount(`${property}.requests`, name, request);
    if (name in limits && amount > parseQuantity(`${property}.limits.${name}`, limits[name])) {
      throw new TalosError('talos:conflicting-properties', `'${property}.requests.${name}' (${request}) is more than the limit (${limits[name]}): lower it or raise the limit`);
    }
    if (!STANDARD.includes(name) && (!(name in limits) || amount !== parseQuantity(`${property}.limits.${name}`, limits[name]))) {
      throw new TalosError('talos:conflicting-properties', `'${property}.requests.${name}' (${request}) can't be overcommitted: give the limit the same amount, or leave out the request`);
    }
  }
  const names = [...Object.keys(requests), ...Object.keys(limits)];
  const pages = names.find((name) => HUGE_PAGES.test(name));
  if (pages && !names.includes('cpu') && !names.includes('memory')) {
    throw new TalosError('talos:invalid-value', `'${property}' has ${pages} only: huge pages need an amount of cpu or memory too`);
  }
}

function requireAmount(property: string, name: string, amount: string): number {
  requireResourceName(property, name);
  const value = parseQuantity(`${property}.${name}`, amount);
  const [, pageSize] = HUGE_PAGES.exec(name) ?? [];
  if (pageSize && (value === 0 || value % parseQuantity(property, pageSize) !== 0)) {
    throw new TalosError('talos:invalid-value', `'${property}.${name}' (${amount}) must be one or more times ${pageSize}`);
  }
  if (name.includes('/') && !Number.isInteger(value)) {
    throw new TalosError('talos:invalid-value', `'${property}.${name}' (${amount}) must be a whole number: such resources can't be divided`);
  }
  return value;
}

function requireResourceName(property: string, name: string): void {
  const [, pageSize] = HUGE_PAGES.exec(name) ?? [];
  if (STANDARD.includes(name) || (pageSize && parseQuantity(property, pageSize) > 0)) {
    return;
  }
  if (!name.includes('/') || name.startsWith('requests.') || name.includes('kubernetes.io/')) {
    throw new TalosError('talos:invalid-value', `'${property}' has the resource '${shortened(name)}': choose ${STANDARD.join(', ')}, hugepages-<size>, or one of a device plugin, for example example.com/gpu`);
  }
  requireLabelKey(property, name);
}
