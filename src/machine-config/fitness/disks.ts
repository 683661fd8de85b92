import { UnfitSetting } from './settings';

const CLAIMS = 'use claims (\'storage\')';

/** Settings of disks. A pod has none: its volumes are claims. */
export const DISK_SETTINGS: readonly UnfitSetting[] = [
  {
    id: 'talos:disks',
    settings: ['v1alpha1 machine.disks'],
    shows: 'device',
    problem: `would have no effect, because a pod has no disks: ${CLAIMS}`,
  },
  {
    id: 'talos:disk-encryption',
    settings: ['v1alpha1 machine.systemDiskEncryption', 'VolumeConfig encryption'],
    shows: '-',
    problem: 'would have no effect, so nothing is encrypted: use claims of a storage class that encrypts',
  },
  {
    id: 'talos:volume-size',
    settings: ['VolumeConfig provisioning'],
    shows: '-',
    problem: `would have no effect, because a pod has no disks: ${CLAIMS}, which say the size`,
  },
  {
    id: 'talos:volumes',
    settings: ['UserVolumeConfig'],
    unless: (document) => document.at('volumeType').text === 'directory',
    problem: 'would have no effect, because a pod has no disks, and what is written to its path lands on the claim of /var: '
      + 'use \'volumeType: directory\' (since Talos 1.12), or a volume of the pod',
  },
  {
    id: 'talos:volumes',
    settings: [
      'RawVolumeConfig', 'ExistingVolumeConfig', 'SwapVolumeConfig', 'LVMVolumeGroupConfig', 'LVMLogicalVolumeConfig', 'RAIDArrayConfig',
    ],
    problem: 'would have no effect, because a pod has no disks: use claims or volumes of the pod',
  },
  {
    id: 'talos:volumes',
    settings: ['ExternalVolumeConfig'],
    problem: 'would have no effect, or mount what the hosting virtual machine shares: use a volume of the pod',
  },
  {
    id: 'talos:image-cache',
    settings: ['v1alpha1 machine.features.imageCache.localEnabled', 'ImageCacheConfig local.enabled'],
    problem: 'would have no effect, because a pod has no disk with an image cache: use a registry mirror',
  },
];
