import { ConfigDocuments } from '../../src/machine-config/documents/config-documents';
import { encodeConfig } from '../../src/machine-config/documents/encode';
import * as documents from '../../src/machine-config/generate/generate';

/** The text of control planes' configuration, as `talosctl gen config` writes it but without comments. */
export const generateControlPlane = asText(documents.generateControlPlane);

/** The same of workers. */
export const generateWorker = asText(documents.generateWorker);

function asText<T extends unknown[]>(generate: (...parameters: T) => ConfigDocuments): (...parameters: T) => string {
  return (...parameters) => encodeConfig(generate(...parameters));
}
