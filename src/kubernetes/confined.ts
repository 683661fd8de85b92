import { SeccompProfileType, SecurityContext } from './container';
import { PodSecurityContext } from './pod-template';

/*
 * Security settings that pass Pod Security's level `restricted`.
 * See https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */

/** The user `nonroot` of distroless images. */
export const NONROOT = 65532;

/** A pod without root. */
export const CONFINED_POD = {
  runAsNonRoot: true,
  runAsUser: NONROOT,
  runAsGroup: NONROOT,
  seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
} satisfies PodSecurityContext & SecurityContext;

/** A container without rights, which can write to its volumes only. */
export const CONFINED: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  ...CONFINED_POD,
};
