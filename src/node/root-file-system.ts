import { IConstruct } from 'constructs';
import { TalosPodOptions } from './talos-pod-options';
import { warn } from '../kubernetes/warnings';

const PLUGINS = '/opt/cni/bin';

/**
 * Whether the root of the pods is read-only. Warns of a choice with which the CNI can't install its plugins.
 *
 * @param needsWritableRoot whether the CNI writes below the root
 */
export function readOnlyRoot(construct: IConstruct, options: TalosPodOptions, needsWritableRoot: boolean): boolean {
  const { readOnlyRootFilesystem = !needsWritableRoot, volumeMounts = [] } = options;
  const hasVolume = volumeMounts.some(({ mountPath }) => `${PLUGINS}/`.startsWith(mountPath.replace(/(?<!\/)\/*$/, '/')));
  if (readOnlyRootFilesystem && needsWritableRoot && !hasVolume) {
    warn(construct, 'talos:cni-needs-writable-root', '\'readOnlyRootFilesystem\' (true) keeps the CNI of the control plane\'s machine config, which isn\'t flannel, '
      + `from installing its plugins, and inner pods would stay ContainerCreating: the CNI must write ${PLUGINS}, set 'readOnlyRootFilesystem: false', `
      + 'or mount a volume there');
  }
  return readOnlyRootFilesystem;
}
