import { FilledOptions } from './options';
import { isLabelValue } from '../../../kubernetes/names';
import { isAddress, isHost, isHostName, isPortText, parseHostAndPort, parseUrl } from '../../../network/hosts';
import { problem } from '../../../problem';

/** What is wrong with the cluster's name. */
export function* clusterNameProblems({ clusterName }: FilledOptions): Generator<string> {
  // it ends up in labels, and in the names of contexts and files
  if (clusterName === '' || !isLabelValue(clusterName)) {
    yield problem('clusterName', clusterName, "is not a name: use up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends");
  }
}

/** What is wrong with the URL of the Kubernetes API. */
export function* endpointProblems({ endpoint }: FilledOptions): Generator<string> {
  if (endpoint.includes('@')) {
    yield problem('endpoint', endpoint, 'has a user name in it: remove it');
    return;
  }
  const url = parseUrl(endpoint);
  if (!url) {
    yield problem('endpoint', endpoint, `is not a url: write it as ${suggestedEndpoint(endpoint)}`);
    return;
  }
  if (url.scheme !== 'https') {
    yield problem('endpoint', endpoint, 'is not https, the only scheme of the kubernetes api: write https:// before the host');
  }
  if (url.host.includes('%')) {
    yield problem('endpoint', endpoint, 'has an ipv6 zone, which means something on one machine only: use an address without a zone');
  } else if (!isHost(url.host)) {
    yield problem('endpoint', endpoint, 'has no valid host: use a dns name, an ipv4 address, or an ipv6 address in brackets');
  }
  if (url.port !== undefined && !isPortText(url.port)) {
    yield problem('endpoint', endpoint, 'has no valid port: use a number from 1 to 65535');
  }
  for (const [part, name] of [[url.path, 'path'], [url.query, 'query'], [url.fragment, 'fragment']]) {
    if (part) {
      yield problem('endpoint', endpoint, `has the ${name} '${part}': remove it, the kubernetes api is at the root of its host`);
    }
  }
}

function suggestedEndpoint(text: string): string {
  if (isAddress(text)) {
    return text.includes(':') ? `https://[${text}]:6443` : `https://${text}:6443`;
  }
  const { host = '', port = '6443' } = parseHostAndPort(text) ?? {};
  return isHost(host) && isPortText(port) ? `https://${host.includes(':') ? `[${host}]` : host}:${port}` : 'https://cluster.example.org:6443';
}

/** What is wrong with the further names of the certificates. */
export function* sanProblems({ additionalSans }: FilledOptions): Generator<string> {
  for (const san of additionalSans) {
    if (!isAddress(san) && !isHostName(san.replace(/^\*\./, ''))) {
      yield problem('additionalSans', san, sanRemedy(san));
    }
  }
}

function sanRemedy(san: string): string {
  const hostAndPort = parseHostAndPort(san);
  if (san.includes('//')) {
    return 'is a url: write its host alone';
  }
  if (san.includes('/')) {
    return 'is an ip range or has a path: write single addresses and names';
  }
  if (san.includes('%')) {
    return "has an ipv6 zone, which can't be in a certificate: leave it out";
  }
  if (hostAndPort?.port !== undefined) {
    return "has a port, which can't be in a certificate: write the host alone";
  }
  return hostAndPort && isAddress(hostAndPort.host)
    ? 'has brackets: write the ipv6 address without them'
    : 'is neither a dns name nor an ip address: use one of these';
}

/** What is wrong with the domain of the Services. */
export function* dnsDomainProblems({ dnsDomain }: FilledOptions): Generator<string> {
  if (!isHostName(dnsDomain) || dnsDomain !== dnsDomain.toLowerCase()) {
    yield problem('dnsDomain', dnsDomain, 'is not a dns domain: use lower-case labels with dots between them, for example cluster.local');
  }
}
