import { Check } from './check';
import { Place } from './place';
import { isSubnetFilter } from '../../../network/ip-networks';

/** The elements must be networks or addresses; a `!` before one excludes it. */
export function refuseBadSubnets(subnets: Place, check: Check): void {
  subnets.items.forEach((subnet) => refuseBadSubnet(subnet, check));
}

/** The text must be a network or an address; a `!` before it excludes it. */
export function refuseBadSubnet(subnet: Place, check: Check): void {
  if (!isSubnetFilter(subnet.text)) {
    check.error(subnet, `is ${subnet.shown}: use a network such as 10.0.0.0/8, with a ! before it to exclude it`);
  }
}
