import { Release, RELEASES } from '../config';
import { subnetOf, subnetProblems } from './check-subnets';
import { GenerateError } from './generate-error';
import { isAddress, isHost, isHostName, isPort, isPortText, parseHostAndPort, parseUrl } from './hosts';
import { kubernetesVersionProblem } from './kubernetes-versions';
import { FilledOptions, GenerateOptions, withDefaults } from './options';

/** Refuses options that can't be right. One error tells everything that is wrong. */
export function checkOptions(options: GenerateOptions): void {
  if (!RELEASES.includes(options.contract)) {
    throw new GenerateError(`'contract' (${options.contract}) is not a talos release known here: choose one of ${RELEASES.join(', ')}`);
  }
  const problems = [...optionProblems(withDefaults(options))];
  if (problems.length > 0) {
    throw new GenerateError(problems.join('\n'));
  }
}

function* optionProblems(options: FilledOptions): Generator<string> {
  yield* clusterNameProblems(options);
  yield* present(kubernetesVersionProblem(options.kubernetesVersion, options.contract));
  const networkProblems = [...subnetProblems(options)];
  yield* networkProblems;
  yield* endpointProblems(options, networkProblems.length === 0);
  yield* sanProblems(options);
  yield* dnsDomainProblems(options);
  yield* cniProblems(options);
  yield* portProblems(options);
  yield* kubeSpanProblems(options);
  yield* registryProblems(options);
  yield* installProblems(options);
  yield* sysctlProblems(options);
  yield* interfaceProblems(options);
}

function* clusterNameProblems({ clusterName }: FilledOptions): Generator<string> {
  // it ends up in labels and in the names of contexts and files
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(clusterName)) {
    yield `'clusterName' (${clusterName}) is not a name: use up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`;
  }
}

function* endpointProblems(options: FilledOptions, isNetworkKnown: boolean): Generator<string> {
  const { endpoint } = options;
  const shown = shownUrl('endpoint', endpoint);
  const url = parseUrl(endpoint);
  if (!url) {
    yield `${shown} is not a url: write it as https://${parseHostAndPort(endpoint)?.host || 'host'}:6443${endpoint.includes('::') ? ', an ipv6 address in brackets' : ''}`;
    return;
  }
  if (url.scheme !== 'https') {
    yield `${shown} is not https, which is all that the kubernetes api speaks: write https:// before the host`;
  }
  if (url.user !== undefined) {
    yield "'endpoint' has a user name in it: remove it";
  }
  if (url.host.includes('%')) {
    yield `${shown} has an ipv6 zone, which means something on one machine only: use an address without one`;
  } else if (!isHost(url.host)) {
    yield `${shown} has no valid host: use a dns name, an ipv4 address or an ipv6 address in brackets`;
  }
  if (url.port !== undefined && !isPortText(url.port)) {
    yield `${shown} has no valid port: use a number from 1 to 65535`;
  }
  for (const [part, name] of [[url.path, 'path'], [url.query, 'query'], [url.fragment, 'fragment']]) {
    if (part) {
      yield `${shown} has the ${name} '${part}': remove it, the kubernetes api is at the root of its host`;
    }
  }
  const subnet = isNetworkKnown && isAddress(url.host) ? subnetOf(url.host, options) : undefined;
  if (subnet) {
    yield `${shown} is an address within '${subnet.property}' (${subnet.text}), which exist inside the cluster only: choose another range for these`;
  }
}

function* sanProblems({ additionalSans }: FilledOptions): Generator<string> {
  for (const san of additionalSans) {
    const shown = shownUrl('additionalSans', san);
    if (isAddress(san) || isHostName(san.replace(/^\*\./, ''))) {
      continue;
    }
    const hostAndPort = parseHostAndPort(san);
    if (san.includes('//')) {
      yield `${shown} is a url: write the host alone`;
    } else if (san.includes('/')) {
      yield `${shown} is an ip range or has a path: write single addresses and names`;
    } else if (san.includes('%')) {
      yield `${shown} has an ipv6 zone, which can't be in a certificate: leave it out`;
    } else if (hostAndPort?.port !== undefined) {
      yield `${shown} has a port, which can't be in a certificate: write the host alone`;
    } else if (hostAndPort && isAddress(hostAndPort.host)) {
      yield `${shown} has brackets: write the ipv6 address without them`;
    } else {
      yield `${shown} is neither a dns name nor an ip address: use one of these`;
    }
  }
}

function* dnsDomainProblems({ dnsDomain }: FilledOptions): Generator<string> {
  if (!isHostName(dnsDomain) || dnsDomain !== dnsDomain.toLowerCase()) {
    yield `'dnsDomain' (${dnsDomain}) is not a dns domain: use lower-case labels with dots between them, for example cluster.local`;
  }
}

function* cniProblems({ cniName, cniUrls = [] }: FilledOptions): Generator<string> {
  const names = ['flannel', 'custom', 'none'];
  if (cniName !== undefined && !names.includes(cniName)) {
    yield `'cniName' (${String(cniName)}) is not a choice of talos: choose one of ${names.join(', ')}`;
  } else if (cniName === 'custom' && cniUrls.length === 0) {
    yield "'cniUrls' is empty, but 'cniName' is custom: give the urls of the cni's manifests, or choose none and install the cni by other means";
  } else if (cniName !== 'custom' && cniUrls.length > 0) {
    yield `'cniUrls' (${cniUrls.map(withoutUser).join(', ')}) has no effect without a custom 'cniName': set it to custom, or remove the urls`;
  }
  for (const url of cniUrls) {
    // manifests may be behind a user name, a query and so on
    yield* present(webUrlProblem('cniUrls', url));
  }
}

/** Ports that every control plane listens on. */
const TAKEN_PORTS: Readonly<Record<number, string>> = {
  2379: 'etcd',
  2380: 'etcd',
  10249: 'kube-proxy',
  10250: 'the kubelet',
  10256: 'kube-proxy',
  10257: 'the controller manager',
  10259: 'the scheduler',
  50000: 'apid',
  50001: 'trustd',
};

function* portProblems({ kubePrismPort, localApiServerPort = 6443 }: FilledOptions): Generator<string> {
  const isOff = kubePrismPort === 0;
  if (!isOff) {
    yield* present(portProblem('kubePrismPort', kubePrismPort, ', or 0 to turn kubeprism off'));
  }
  yield* present(portProblem('localApiServerPort', localApiServerPort));
  if (!isOff && kubePrismPort === localApiServerPort) {
    yield `'kubePrismPort' (${kubePrismPort}) is the port of the kubernetes api: choose another one`;
  }
}

function portProblem(property: string, port: number, alternative = ''): string | undefined {
  const shown = `'${property}' (${port})`;
  if (!isPort(port)) {
    return `${shown} is not a port: choose a number from 1 to 65535${alternative}`;
  }
  return port in TAKEN_PORTS ? `${shown} is the port of ${TAKEN_PORTS[port]}: choose another one` : undefined;
}

function* kubeSpanProblems({ kubeSpan, discovery }: FilledOptions): Generator<string> {
  if (kubeSpan && !discovery) {
    yield "'kubeSpan' (true) needs 'discovery' (false), by which its members find each other: turn discovery on, or kubespan off";
  }
}

function* registryProblems({ registryMirrors = {}, registryCaCerts = {}, registryInsecure = [] }: FilledOptions): Generator<string> {
  for (const [registry, endpoints] of Object.entries(registryMirrors)) {
    if (registry !== '*') {
      yield* present(registryHostProblem('registryMirrors', registry, ', or * for all others'));
    }
    if (endpoints.length === 0) {
      yield `'registryMirrors' (${withoutUser(registry)}) has no endpoints: give it at least one url`;
    }
    for (const endpoint of endpoints) {
      yield* present(webUrlProblem('registryMirrors', endpoint) ?? registryUrlProblem(endpoint));
    }
  }
  for (const [registry, certificate] of Object.entries(registryCaCerts)) {
    yield* present(registryHostProblem('registryCaCerts', registry));
    yield* present(certificateProblem(registry, certificate));
  }
  for (const registry of registryInsecure) {
    yield* present(registryHostProblem('registryInsecure', registry));
  }
}

function registryHostProblem(property: string, registry: string, alternative = ''): string | undefined {
  const hostAndPort = parseHostAndPort(registry);
  return hostAndPort && isHost(hostAndPort.host) && (hostAndPort.port === undefined || isPortText(hostAndPort.port))
    ? undefined
    : `${shownUrl(property, registry)} is not the host of a registry: write it as ghcr.io or registry.example.org:5000, without https:// and path${alternative}`;
}

function registryUrlProblem(endpoint: string): string | undefined {
  const { user, query, fragment } = parseUrl(endpoint)!;
  if (user !== undefined) {
    return "'registryMirrors' has an endpoint with a user name in it: remove it, and give the registry's credentials by a patch";
  }
  return query || fragment
    ? `${shownUrl('registryMirrors', endpoint)} has a query or a fragment: write only the host and, if need be, a path`
    : undefined;
}

function certificateProblem(registry: string, certificate: string): string | undefined {
  if (/PRIVATE KEY/.test(certificate)) {
    return `'registryCaCerts' (${registry}) has a private key in it: give the certificate alone`;
  }
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(certificate)
    ? undefined
    : `'registryCaCerts' (${registry}) is not a pem certificate: give the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----`;
}

function* installProblems({ contract, installDisk, installImage, installExtraKernelArgs = [] }: FilledOptions): Generator<string> {
  if (installDisk !== undefined) {
    yield* present(installDiskProblem(installDisk, contract));
  }
  if (installImage !== undefined && !/^[a-z0-9][\w.:@/-]*$/i.test(installImage)) {
    yield `${shownUrl('installImage', installImage)} is not an image: write it as ghcr.io/siderolabs/installer:v${contract}.0`;
  }
  for (const argument of installExtraKernelArgs) {
    if (!/^\S+$/.test(argument)) {
      yield `'installExtraKernelArgs' (${argument}) is not one kernel argument: give each argument as an item of its own, without spaces`;
    }
  }
}

function installDiskProblem(disk: string, contract: Release): string | undefined {
  const shown = `'installDisk' (${disk})`;
  if (!/^\/dev\/[A-Za-z0-9][A-Za-z0-9/_.:+-]*$/.test(disk)) {
    return `${shown} is not the path of a disk: write it as /dev/sda or /dev/nvme0n1`;
  }
  return contract === '1.14' && disk.startsWith('/dev/disk/')
    ? `${shown} is a link, which talos ${contract} does not compare with: name the disk itself, or select it by a patch of UnattendedInstallConfig`
    : undefined;
}

function* sysctlProblems({ sysctls = {} }: FilledOptions): Generator<string> {
  for (const [parameter, value] of Object.entries(sysctls)) {
    if (!/^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_*:-]+)+$/.test(parameter)) {
      yield `'sysctls' (${parameter}) is not a kernel parameter: write it as vm.max_map_count`;
    }
    if (value === '') {
      yield `'sysctls' (${parameter}) has no value: give it one, or remove it`;
    }
  }
}

function* interfaceProblems({ ignoreInterfaces = [] }: FilledOptions): Generator<string> {
  for (const name of ignoreInterfaces) {
    if (!/^[^\s/:%]{1,15}$/.test(name)) {
      yield `'ignoreInterfaces' (${name}) is not an interface name: write it as eth0, at most 15 characters`;
    }
  }
}

/** What is wrong with a http or https URL, if anything is. */
function webUrlProblem(property: string, text: string): string | undefined {
  const url = parseUrl(text);
  const isWebUrl = url && ['http', 'https'].includes(url.scheme) && isHost(url.host) && (url.port === undefined || isPortText(url.port)) && !/\s/.test(text);
  return isWebUrl ? undefined : `${shownUrl(property, text)} is not a http or https url: write it as https://host, with a port and a path if need be`;
}

/** The value as a message may show it: without a password. */
function shownUrl(property: string, text: string): string {
  return `'${property}' (${withoutUser(text)})`;
}

function withoutUser(text: string): string {
  return text.replace(/^([^/?#]*:?\/\/)?[^/?#]*@/, '$1...@');
}

function* present(problem: string | undefined): Generator<string> {
  if (problem !== undefined) {
    yield problem;
  }
}
