import { MachineConfig, TalosVersion } from 'cdk8s-talos';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { keylessClusters } from './keyless-clusters';
import { kubelet, network, openIdConnect, registryMirror, userVolumes } from './typed-patches';

// writes the YAML that the projects of other languages compare theirs with
const [folder] = process.argv.slice(2);
MachineConfig.fromYaml('machine: {type: worker}', { talosVersion: TalosVersion.V1_14 })
  .patch(openIdConnect, registryMirror, kubelet, userVolumes, network)
  .toFile(join(folder, 'typed-patches.yaml'));
writeFileSync(join(folder, 'keyless-clusters.yaml'), keylessClusters());
