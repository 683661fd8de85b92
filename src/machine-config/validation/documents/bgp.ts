import { requireName } from './kubernetes';
import { hasHostBits, Network, parseNetwork } from '../../../network/networks';
import { Check, DocumentRules } from '../check/check';
import { refuseNegative } from '../check/durations';
import { overlaps } from '../check/overlaps';
import { Place, repeated } from '../check/place';

/** The rules for BGP. */
export const BGP_RULES: DocumentRules = {
  BGPInstanceConfig: [requireName, validateInstance, validateNeighbors, validateImports],
};

function validateInstance(document: Place, check: Check): void {
  check.requires(document.at('localASN'), 'give the number of the autonomous system');
  const router = document.at('routerID');
  if (router.text.includes(':')) {
    check.error(router, `is ${router.shown}: use an IPv4 address`);
  }
  if (document.at('neighbors').isEmpty) {
    check.warn(document.at('neighbors'), 'talos:bgp-without-neighbors', 'is empty, so nothing is announced');
  }
}

function validateNeighbors(document: Place, check: Check): void {
  const neighbors = document.at('neighbors').items;
  for (const neighbor of neighbors) {
    if (neighbor.at('address').isEmpty === neighbor.at('link').isEmpty) {
      check.error(neighbor, 'needs either \'address\' or \'link\'');
    }
    refuseNegative(neighbor.at('holdTime'), check);
    validateBfd(neighbor.at('bfd'), document.at('vrf'), check);
  }
  const named = neighbors.filter((neighbor) => neighbor.at('address').isEmpty !== neighbor.at('link').isEmpty);
  for (const [neighbor, earlier] of repeated(named.map((place) => [place.at('address').text + place.at('link').text, place] as const))) {
    check.error(neighbor, `is the same as ${earlier.quoted}: remove one of them`);
  }
}

function validateBfd(bfd: Place, vrf: Place, check: Check): void {
  if (!bfd.isSet) {
    return;
  }
  if (!vrf.isEmpty) {
    check.error(bfd, 'is not available in a VRF: remove it');
  }
  refuseNegative(bfd.at('transmitInterval'), check);
  refuseNegative(bfd.at('receiveInterval'), check);
}

function validateImports(document: Place, check: Check): void {
  const routes = document.at('importRoutes').items;
  const sources = routes.map((route) => route.at('bgpInstance'));
  for (const source of sources) {
    if (check.requires(source, 'name the BGP instance to import from') && source.text === document.at('name').text) {
      check.error(source, `is ${source.shown}, this instance itself: choose another one`);
    }
  }
  for (const [source, earlier] of repeated(sources.filter((place) => !place.isEmpty).map((place) => [place.text, place] as const))) {
    check.error(source, `is ${source.shown}, like ${earlier.quoted}: merge the two entries`);
  }
  routes.forEach((route) => validatePrefixes(route.at('prefixes'), check));
  refuseOverlapOfRoutes(routes, check);
}

/** The valid networks of a list. */
function networksOf(prefixes: Place): Array<readonly [Place, Network]> {
  return prefixes.items.flatMap((place) => {
    const network = parseNetwork(place.text);
    return network ? [[place, network] as const] : [];
  });
}

function validatePrefixes(prefixes: Place, check: Check): void {
  check.requires(prefixes, 'give the networks to import');
  prefixes.items.filter((place) => place.isEmpty).forEach((place) => check.error(place, 'is empty: give a network such as 10.0.0.0/8'));
  for (const [place] of networksOf(prefixes).filter(([, network]) => hasHostBits(network))) {
    check.error(place, `is ${place.shown}, which is not the first address of its network`);
  }
  for (const [place, earlier] of overlaps(networksOf(prefixes))) {
    refuseOverlap(place, earlier, check);
  }
}

function refuseOverlapOfRoutes(routes: readonly Place[], check: Check): void {
  const networks = routes.flatMap((route) => networksOf(route.at('prefixes'))
    .filter(([, network]) => !hasHostBits(network))
    .map(([place, network]) => [{ route, place }, network] as const));
  for (const [later, earlier] of overlaps(networks)) {
    if (later.route !== earlier.route) {
      refuseOverlap(later.place, earlier.place, check);
    }
  }
}

function refuseOverlap(place: Place, earlier: Place, check: Check): void {
  check.error(place, `is ${place.shown}, which overlaps ${earlier.quoted}: keep one of them`);
}
