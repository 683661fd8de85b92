import { FilledOptions } from './options';
import { isHost, isPortText, parseHostAndPort } from '../../../network/hosts';
import { splitUrl } from '../../../network/url';
import { listed, problem } from '../../../problem';

/** What is wrong with the mirrors of registries, and with the certificates by which they are trusted. */
export function* registryProblems({ registryMirrors = {}, registryCaCerts = {}, registryInsecure = [] }: FilledOptions): Generator<string> {
  for (const [registry, endpoints] of Object.entries(registryMirrors)) {
    if (registry !== '*') {
      yield* listed(registryProblem('registryMirrors', registry, ', or * for all others'));
    }
    if (endpoints.length === 0) {
      yield problem('registryMirrors', registry, 'has no endpoints: give it at least one URL');
    }
    for (const endpoint of endpoints) {
      yield* listed(webUrlProblem('registryMirrors', endpoint) ?? mirrorProblem('registryMirrors', endpoint, 'a patch'));
    }
  }
  for (const [registry, certificate] of Object.entries(registryCaCerts)) {
    yield* listed(registryProblem('registryCaCerts', registry, ''));
    yield* listed(certificateProblem('registryCaCerts', registry, certificate));
  }
  for (const registry of registryInsecure) {
    yield* listed(registryProblem('registryInsecure', registry, ''));
  }
}

/** What is wrong with the host of a registry, if anything is. */
export function registryProblem(property: string, registry: string, alternative: string): string | undefined {
  const { host = '', port = '443' } = parseHostAndPort(registry) ?? {};
  return isHost(host) && isPortText(port)
    ? undefined
    : problem(property, registry, `is not the host of a registry: write it as ghcr.io or registry.example.org:5000, without https:// and path${alternative}`);
}

/** What is wrong with the URL of a mirror, if anything is. */
export function mirrorProblem(property: string, endpoint: string, credentials: string): string | undefined {
  const { user, query, fragment } = splitUrl(endpoint)!;
  if (user !== undefined) {
    return problem(property, endpoint, `has a user name in it: remove it, and give the credentials of the registry by ${credentials}`);
  }
  return query || fragment
    ? problem(property, endpoint, 'has a query or a fragment: write only the host and, if need be, a path')
    : undefined;
}

/** What is wrong with a registry's certificate, if anything is. */
export function certificateProblem(property: string, registry: string, certificate: string): string | undefined {
  if (certificate.includes('PRIVATE KEY')) {
    return problem(property, registry, 'has a private key in it: give the certificate alone');
  }
  return /-----BEGIN CERTIFICATE-----\s[^-]+\s-----END CERTIFICATE-----/.test(certificate)
    ? undefined
    : problem(property, registry, 'has no PEM certificate: give the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----');
}

/** What is wrong with an http or https URL, if anything is. */
export function webUrlProblem(property: string, text: string): string | undefined {
  const { scheme = '', host = '', port = '443' } = splitUrl(text) ?? {};
  return ['http', 'https'].includes(scheme) && isHost(host) && isPortText(port) && !/\s/.test(text)
    ? undefined
    : problem(property, text, 'is not an http or https URL: write it as https://host, with a port and a path if need be');
}
