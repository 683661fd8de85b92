import { Check } from './check';
import { Place } from './place';
import { isAddress } from '../../../network/addresses';
import { parseNetwork } from '../../../network/networks';

/** Refuses elements that aren't networks or IP addresses; a `!` before one excludes it. */
export function refuseBadSubnets(subnets: Place, check: Check): void {
  subnets.items.forEach((subnet) => refuseBadSubnet(subnet, check));
}

/** Refuses a text that isn't a network or an IP address; a `!` before it excludes it. */
export function refuseBadSubnet(subnet: Place, check: Check): void {
  const text = subnet.text.replace(/^!/, '');
  if (!parseNetwork(text) && !isAddress(text, 'with-zone')) {
    check.error(subnet, `is ${subnet.shown}: use a network such as 10.0.0.0/8, with a ! before it to exclude it`);
  }
}
