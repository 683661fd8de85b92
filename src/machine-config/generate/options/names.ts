import { FilledOptions } from './options';
import { isLabelValue } from '../../../kubernetes/names';
import { isAddress } from '../../../network/addresses';
import { hostAndPort, isHost, isHostName, isPortText, parseHostAndPort } from '../../../network/hosts';
import { splitUrl } from '../../../network/url';
import { problem } from '../../../problem';
import { KUBERNETES_API } from '../../../talos/ports';

/** What is wrong with the cluster's name. */
export function* clusterNameProblems({ clusterName }: FilledOptions): Generator<string> {
  // it becomes part of labels, and of the names of contexts and files
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
  const url = splitUrl(endpoint);
  if (!url) {
    yield problem('endpoint', endpoint, `is not a URL: write it as ${suggestedEndpoint(endpoint)}`);
    return;
  }
  if (url.scheme !== 'https') {
    yield problem('endpoint', endpoint, 'is not https, the only scheme of the Kubernetes API: write https:// before the host');
  }
  if (url.host.includes('%')) {
    yield problem('endpoint', endpoint, 'has an IPv6 zone, which means something on one machine only: use an IP address without a zone');
  } else if (!isHost(url.host)) {
    yield problem('endpoint', endpoint, 'has no valid host: use a DNS name, an IPv4 address, or an IPv6 address in brackets');
  }
  if (url.port !== undefined && !isPortText(url.port)) {
    yield problem('endpoint', endpoint, 'has no valid port: use a number from 1 to 65535');
  }
  for (const [part, name] of [[url.path, 'path'], [url.query, 'query'], [url.fragment, 'fragment']]) {
    if (part) {
      yield problem('endpoint', endpoint, `has a ${name}: remove it, the Kubernetes API is at the root of its host`);
    }
  }
}

function suggestedEndpoint(text: string): string {
  const { host = '', port = String(KUBERNETES_API.port) } = isAddress(text) ? { host: text } : parseHostAndPort(text) ?? {};
  return `https://${isHost(host) && isPortText(port) ? hostAndPort(host, port) : 'cluster.example.org:6443'}`;
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
  const parts = parseHostAndPort(san);
  if (san.includes('//')) {
    return 'is a URL: write its host alone';
  }
  if (san.includes('/')) {
    return 'is a network or has a path: write single IP addresses and DNS names';
  }
  if (san.includes('%')) {
    return "has an IPv6 zone, which can't be in a certificate: leave it out";
  }
  if (parts?.port !== undefined) {
    return "has a port, which can't be in a certificate: write the host alone";
  }
  return parts && isAddress(parts.host)
    ? 'has brackets: write the IPv6 address without them'
    : 'is neither a DNS name nor an IP address: use one of these';
}

/** What is wrong with the domain of the Services. */
export function* dnsDomainProblems({ dnsDomain }: FilledOptions): Generator<string> {
  if (!isHostName(dnsDomain) || dnsDomain !== dnsDomain.toLowerCase()) {
    yield problem('dnsDomain', dnsDomain, 'is not a DNS domain: use lower-case labels with dots between them, for example cluster.local');
  }
}
