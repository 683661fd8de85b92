import { Check } from './check';
import { Place } from './place';
import { Release } from '../../../talos/release';
import { API_ROLES_SINCE } from '../../../talos/talos-api-role';

const ROLES: Readonly<Record<string, Release>> = API_ROLES_SINCE;

/** Refuses elements that aren't roles of the Talos API. */
export function refuseUnknownRoles(roles: Place, check: Check): void {
  for (const role of roles.items) {
    const since = Object.hasOwn(ROLES, role.text) ? ROLES[role.text] : undefined;
    if (!since) {
      check.error(role, `is ${role.shown}: use one of ${Object.keys(ROLES).filter((name) => check.since(ROLES[name])).join(', ')}`);
    } else if (!check.since(since)) {
      check.error(role, `is ${role.shown}, a role that only Talos ${since} and newer have`);
    }
  }
}
