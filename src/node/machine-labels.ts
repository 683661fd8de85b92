import { clusterLabels } from '../kubernetes/labels';
import { TalosRole } from '../talos/talos-role';

/** The label of all machines. */
export const MACHINES = { 'app.kubernetes.io/name': 'talos' };

/** The labels by which the pods of machines are selected. */
export function machineSelector(name: string): { [key: string]: string } {
  return { ...MACHINES, 'app.kubernetes.io/instance': name };
}

/** The labels of the objects of machines. */
export function machineLabels(name: string, role: TalosRole | undefined, clusterName?: string): { [key: string]: string } {
  return {
    ...machineSelector(name),
    ...role && { 'app.kubernetes.io/component': role },
    ...clusterName && clusterLabels(clusterName),
  };
}
