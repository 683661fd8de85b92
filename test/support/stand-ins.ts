import { secrets } from './control-planes';
import { MachineConfig, MachineConfigPatch, TalosRole, TalosSecrets, TalosVersion } from '../../src';
import { configTemplate } from '../../src/machine-config/config-template';
import { parseYamlAsText } from '../../src/secrets/bundle/secrets-yaml';
import { pathsOf, setAt, valueAt } from '../../src/secrets/bundle/yaml-mapping';
import { standInSecrets } from '../../src/secrets/stand-in';

/** The paths of what workers need of a file of secrets. */
export const WORKER_PARTS = ['cluster.id', 'cluster.secret', 'secrets.bootstraptoken', 'trustdinfo.token', 'certs.os.crt', 'certs.k8s.crt'];

/** A generated machine config with patches. */
export function generatedConfig(of: TalosSecrets, talosVersion: TalosVersion, role: TalosRole, patches: MachineConfigPatch[] = []): MachineConfig {
  const options = { clusterName: 'acme', endpoint: 'https://acme.example.com:6443', secrets: of, talosVersion };
  return (role === TalosRole.WORKER ? MachineConfig.worker(options) : MachineConfig.controlPlane(options)).patch(...patches);
}

/** The template of the same. */
export function generatedTemplate(
  talosVersion: TalosVersion, role: TalosRole, patches: MachineConfigPatch[] = [], aescbcEncryption: boolean = false,
): string {
  return configTemplate(generatedConfig(standInSecrets(aescbcEncryption), talosVersion, role, patches)._documents);
}

/** The file of secrets as plain objects, with the given parts. */
export function bundleObject(parts?: readonly string[], of: TalosSecrets = secrets): any {
  const all = parseYamlAsText(of.toYaml());
  const result = {};
  pathsOf(all).filter((path) => parts?.includes(path) ?? true).forEach((path) => setAt(result, path, valueAt(all, path)));
  return result;
}
