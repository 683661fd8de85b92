import { readChoice, readList, readStructure, readText } from '../input';
import { ClientCertificateOptions, readClientCertificateOptions } from '../secrets/talos-secrets';
import { TalosApiRole } from '../talos/talos-api-role';

/**
 * Options of a talosconfig of a control plane. Its validity and generation are those of the control plane's `credentials` by default.
 */
export interface ControlPlaneTalosconfigOptions extends ClientCertificateOptions {
  /**
   * The hosts that `talosctl` connects to.
   *
   * @default - the address at which the Talos API is exposed, or the headless Service
   */
  readonly endpoints?: string[];

  /**
   * The machines to which commands apply.
   *
   * @default - each command must name them
   */
  readonly nodes?: string[];

  /**
   * What its holder may do.
   *
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: TalosApiRole[];
}

/**
 * Options of a kubeconfig of a control plane. Its validity and generation are those of the control plane's `credentials` by default.
 */
export interface ControlPlaneKubeconfigOptions extends ClientCertificateOptions {
  /**
   * The URL of the Kubernetes API.
   *
   * @default - the address at which the Kubernetes API is exposed
   */
  readonly endpoint?: string;

  /**
   * The name of the user.
   *
   * @default 'admin'
   */
  readonly user?: string;

  /**
   * The groups of the user.
   *
   * @default ['system:masters']
   */
  readonly groups?: string[];
}

export const readControlPlaneTalosconfigOptions = readStructure<ControlPlaneTalosconfigOptions>({}, {
  ...readClientCertificateOptions.optional,
  endpoints: readList(readText),
  nodes: readList(readText),
  roles: readList(readChoice(TalosApiRole)),
});
export const readControlPlaneKubeconfigOptions = readStructure<ControlPlaneKubeconfigOptions>({}, {
  ...readClientCertificateOptions.optional,
  endpoint: readText,
  user: readText,
  groups: readList(readText),
});
