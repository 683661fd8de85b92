import { Check } from './check';
import { Place } from './place';
import { Release } from '../../../talos/release';

/** The roles of the Talos API, and the release that introduced them. */
const ROLES: Readonly<Record<string, Release>> = {
  'os:admin': '1.7',
  'os:operator': '1.7',
  'os:reader': '1.7',
  'os:etcd:backup': '1.7',
  'os:impersonator': '1.7',
  'os:image:verifier': '1.13',
  'os:meta:writer': '1.13',
};

/** The elements must be roles of the Talos API. */
export function refuseUnknownRoles(roles: Place, check: Check): void {
  for (const role of roles.items) {
    const since = Object.hasOwn(ROLES, role.text) ? ROLES[role.text] : undefined;
    if (!since) {
      check.error(role, `is ${role.shown}: use one of ${Object.keys(ROLES).filter((name) => check.since(ROLES[name])).join(', ')}`);
    } else if (!check.since(since)) {
      check.error(role, `is ${role.shown}, a role that Talos has since ${since} only`);
    }
  }
}
