import { ConfigDocuments, encodeConfig } from '../../src/config';
import * as documents from '../../src/generate';

/** The text of control planes' configuration, as `talosctl gen config` writes it but without comments. */
export const generateControlPlane = asText(documents.generateControlPlane);

/** The same of workers. */
export const generateWorker = asText(documents.generateWorker);

function asText<T extends unknown[]>(generate: (...parameters: T) => ConfigDocuments): (...parameters: T) => string {
  return (...parameters) => encodeConfig(generate(...parameters));
}
