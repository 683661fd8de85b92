import { IConstruct } from 'constructs';
import { ControlPlaneNetworkPolicy } from '../access/network-policy';
import { warn } from '../kubernetes/warnings';
import { MachineConfig } from '../machine-config/machine-config';

/** Warns of a port of the overlay network that isn't that of the CNI, as far as it is known: policies would drop the packets of inner pods. */
export function warnOfOverlayPort(controlPlane: IConstruct, { overlayPort }: ControlPlaneNetworkPolicy, config: MachineConfig): void {
  const { hasFlannel, flannelPort } = config._facts;
  if (hasFlannel && overlayPort !== undefined && overlayPort !== flannelPort) {
    warn(controlPlane, 'talos:overlay-port', `'networkPolicy.overlayPort' (${overlayPort}) isn't flannel's port (${flannelPort}), so inner pods on different machines `
      + 'can\'t reach each other: leave it out');
  }
  if (!hasFlannel && overlayPort === undefined) {
    warn(controlPlane, 'talos:overlay-port', '\'networkPolicy.overlayPort\' is missing, and the CNI isn\'t flannel: if it uses another port than 4789 between machines, '
      + 'inner pods on different machines can\'t reach each other, so give the CNI\'s port');
  }
}
