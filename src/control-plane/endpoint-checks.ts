import { IConstruct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { warn } from '../kubernetes/warnings';
import { MachineConfig } from '../machine-config/machine-config';
import { coversHost } from '../network/hosts';
import { shortened, TalosError } from '../problem';

/** Refuses an endpoint that leads to the members' own addresses, where no Service maps ports, with another port than their API servers have. */
export function requireEndpointPort(config: MachineConfig, { headlessForms, apiServerPort }: ControlPlaneAddresses): void {
  const { endpoint = '', endpointHost = '', endpointPort } = config._facts;
  if (headlessForms.includes(endpointHost) && endpointPort !== apiServerPort) {
    throw new TalosError('talos:invalid-value', `the endpoint in the machine config (${shortened(endpoint)}) leads to the members' own addresses, where the API server listens on ${apiServerPort}: `
      + 'give it that port');
  }
}

/**
 * Warns of an endpoint by a patch that leads elsewhere, as far as the other properties say.
 *
 * @param source the properties with the patches in quotes
 */
export function warnOfEndpoint(controlPlane: IConstruct, config: MachineConfig, addresses: ControlPlaneAddresses, source: string): void {
  const { endpoint, endpointHost, issuer } = config._facts;
  const names = [...addresses.subjectAlternativeNames, ...addresses.memberNames];
  if (endpoint !== undefined && endpointHost !== undefined && !names.some((name) => coversHost(name, endpointHost))) {
    warn(controlPlane, 'talos:endpoint-elsewhere', `${source} set the endpoint (${shortened(endpoint)}) to a host that isn't one of this control plane's: `
      + 'machines that can\'t reach the Kubernetes API there don\'t join, so give the host to \'endpointHost\' if pods reach it, or leave the endpoint out');
  }
  if (endpoint !== undefined && endpoint !== addresses.endpoint && issuer === addresses.endpoint) {
    warn(controlPlane, 'talos:issuer-elsewhere', `${source} set the endpoint (${shortened(endpoint)}), but the issuer in the tokens of service accounts stays ${issuer}: `
      + 'set \'issuer.issuerURL\' of KubeServiceAccountConfig too, or leave the endpoint out');
  }
}

/** Warns of workers to which trustd proves itself by a certificate without the host by which they call it. */
export function warnOfWorkerEndpoint(pool: IConstruct, config: MachineConfig, controlPlane: MachineConfig): void {
  const { endpoint, endpointHost } = config._facts;
  const { endpoint: known, machineNames } = controlPlane._facts;
  if (endpoint !== undefined && endpointHost !== undefined && endpoint !== known && !machineNames.some((name) => coversHost(name, endpointHost))) {
    warn(pool, 'talos:endpoint-elsewhere', `the workers join by the endpoint ${shortened(endpoint)}, whose host isn't among the names in the certificates of the control plane, `
      + 'so they get no certificate for their Talos API (50000): leave the endpoint out, or give the host to \'additionalSans\' of the control plane');
  }
}
