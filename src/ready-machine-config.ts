import { ITalosMachineConfig } from './talos-machine-config';

/**
 * That nothing is given beside a ready machine config that would only reach a generated one.
 *
 * @param remedy what to do beside putting it into the config
 */
export function requireNothingBeside<P extends object>(
  machineConfig: ITalosMachineConfig, props: P, properties: readonly (keyof P & string)[], remedy: string,
): void {
  const property = properties.find((candidate) => props[candidate] !== undefined);
  if (property !== undefined) {
    throw new Error(`'${property}' would not reach 'machineConfig' (${machineConfig.secretName}), which is ready: put it there, or ${remedy}`);
  }
}
