import { UnfitSetting } from './settings';

const NODE_REMEDY = 'set it there, or by a DaemonSet of the hosting cluster';

/** What reaches the hosting node, or has no effect because only the hosting node has it. */
export const HOST_SETTINGS: readonly UnfitSetting[] = [
  {
    id: 'talos:watchdog-of-host',
    settings: ['WatchdogTimerConfig'],
    isFatal: true,
    shows: 'device',
    problem: 'would arm the watchdog of the hosting node, which is then reset when this pod is killed: remove it',
  },
  {
    id: 'talos:zswap-of-host',
    settings: ['ZswapConfig'],
    isFatal: true,
    problem: `would switch on zswap on the hosting node: remove it, and ${NODE_REMEDY}`,
  },
  {
    id: 'talos:sysfs-of-host',
    settings: ['v1alpha1 machine.sysfs', 'SysfsConfig params'],
    problem: `would change the hosting node for all its pods, and stay when this pod is gone: ${NODE_REMEDY}`,
  },
  {
    id: 'talos:kernel-log-of-host',
    settings: ['KmsgLogConfig'],
    problem: 'would send the kernel log of the hosting node: remove it, and send the logs of Talos\'s services with \'machine.logging\'',
  },
  {
    id: 'talos:kernel-modules',
    settings: ['v1alpha1 machine.kernel.modules', 'KernelModuleConfig'],
    problem: 'would have no effect, because a pod loads no kernel modules: load them on the hosting nodes',
  },
  {
    id: 'talos:udev-rules',
    settings: ['v1alpha1 machine.udev.rules', 'UdevRulesConfig rules'],
    shows: '-',
    problem: 'would have no effect, because udev doesn\'t run in a pod: set them on the hosting nodes',
  },
  {
    id: 'talos:oom-handler',
    settings: ['OOMConfig'],
    problem: 'would have no effect in a pod: limit the memory of the pod with \'resources\' instead',
  },
  {
    id: 'talos:pci-driver',
    settings: ['PCIDriverRebindConfig'],
    problem: 'would have no effect in a pod, and keep it from starting where the hosting node has no IOMMU: remove it, and rebind the device there',
  },
  {
    id: 'talos:extension-service',
    settings: ['ExtensionServiceConfig'],
    problem: 'would have no effect, because the image for pods has no extensions: run it as a DaemonSet of the inner cluster, or in a container beside Talos',
  },
  {
    id: 'talos:time-servers',
    settings: ['v1alpha1 machine.time.servers', 'TimeSyncConfig ntp.servers', 'TimeSyncConfig ptp.devices'],
    problem: 'would have no effect, because a pod has the clock of the hosting node: set the time servers there',
  },
  {
    id: 'talos:siderolink',
    settings: ['SideroLinkConfig'],
    problem: 'would have no effect, because it waits for hardware data that a pod never has: remove it, Omni can\'t manage pods',
  },
];
