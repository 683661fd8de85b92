import { kubernetesDocuments } from './kubernetes-documents';
import { legacyDocuments } from './legacy-documents';
import { SecretsBundle } from '../../secrets/bundle/secrets-bundle';
import { MachineType } from '../../talos/machine-type';
import { ConfigDocuments } from '../documents/config-documents';
import { asWritten, loadConfig } from '../documents/load';
import { plainDocuments } from '../documents/plain-documents';
import { applyPatches } from '../patches/apply';
import { loadPatch } from '../patches/load-patch';
import { checkOptions } from './options/check-options';
import { contractOf } from './options/contract';
import { GenerateOptions, withDefaults } from './options/options';

/** Generates the machine config of control planes: the documents that `talosctl gen config` writes. */
export function generateControlPlane(secrets: SecretsBundle, options: GenerateOptions): ConfigDocuments {
  return generate(MachineType.CONTROL_PLANE, secrets, options, options.configPatchesControlPlane);
}

/** Generates the machine config of workers: the documents that `talosctl gen config` writes. */
export function generateWorker(secrets: SecretsBundle, options: GenerateOptions): ConfigDocuments {
  return generate(MachineType.WORKER, secrets, options, options.configPatchesWorker);
}

function generate(machineType: MachineType, secrets: SecretsBundle, options: GenerateOptions, ownPatches: readonly string[] = []): ConfigDocuments {
  const filled = withDefaults(options);
  checkOptions(filled);
  const contract = contractOf(filled.contract);
  const input = { machineType, secrets, options: filled, contract };
  const documents = contract.kubernetesDocuments ? kubernetesDocuments(input) : legacyDocuments(input);
  const generated = loadConfig(plainDocuments(documents), filled.release);
  if (!options.configPatches?.length && ownPatches.length === 0) {
    return generated; // has the empty values with which Talos writes it
  }
  return asWritten(patched(patched(generated, options.configPatches), ownPatches));
}

function patched(config: ConfigDocuments, patches: readonly string[] = []): ConfigDocuments {
  return applyPatches(config, patches.map((patch) => loadPatch(patch, config.release)), config.release);
}
