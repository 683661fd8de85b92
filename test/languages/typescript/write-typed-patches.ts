import { MachineConfig, TalosVersion } from 'cdk8s-talos';
import { kubelet, network, openIdConnect, registryMirror, userVolumes } from './typed-patches';

// writes the machine config that the projects of other languages compare theirs with
MachineConfig.fromYaml('machine: {type: worker}', { talosVersion: TalosVersion.V1_14 })
  .patch(openIdConnect, registryMirror, kubelet, userVolumes, network)
  .toFile(process.argv[2]);
