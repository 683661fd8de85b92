import { applyPatches, asWritten, ConfigDocuments, loadConfig, loadPatch, plainDocuments } from '../config';
import { SecretsBundle } from '../pki';
import { checkOptions } from './checks';
import { contractOf } from './contract';
import { MachineType } from './input';
import { kubernetesDocuments } from './kubernetes-documents';
import { legacyDocuments } from './legacy-documents';
import { GenerateOptions, withDefaults } from './options';

/** Generates the configuration of control planes: the documents that `talosctl gen config` writes. */
export function generateControlPlane(secrets: SecretsBundle, options: GenerateOptions): ConfigDocuments {
  return generate('controlplane', secrets, options, options.configPatchesControlPlane);
}

/** Generates the configuration of workers: the documents that `talosctl gen config` writes. */
export function generateWorker(secrets: SecretsBundle, options: GenerateOptions): ConfigDocuments {
  return generate('worker', secrets, options, options.configPatchesWorker);
}

function generate(machineType: MachineType, secrets: SecretsBundle, options: GenerateOptions, ownPatches: readonly string[] = []): ConfigDocuments {
  const filled = withDefaults(options);
  checkOptions(filled);
  const contract = contractOf(filled.contract);
  const input = { machineType, secrets, options: filled, contract };
  const documents = contract.kubernetesDocuments ? kubernetesDocuments(input) : legacyDocuments(input);
  const generated = loadConfig(plainDocuments(documents), options.contract);
  return asWritten(patched(patched(generated, options.configPatches), ownPatches));
}

function patched(config: ConfigDocuments, patches: readonly string[] = []): ConfigDocuments {
  return applyPatches(config, patches.map((patch) => loadPatch(patch, config.release)), config.release);
}
