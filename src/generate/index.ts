export { SUBNET_SIZES } from './checks/subnets';
export { generateControlPlane, generateWorker } from './generate';
export { GenerateError } from './generate-error';
export { isAddress, isHost } from './hosts';
export { type KubernetesImages } from './kubernetes-images';
export { type KubernetesRange, kubernetesRange } from './kubernetes-versions';
export { type CniName, type GenerateOptions } from './options';
export { defaultKubernetesVersion, knownTalosVersions, type ReleaseImages, releaseImages } from './release-images';
