export { applyPatches } from './apply';
export { ConfigDocuments, type DocumentId } from './documents';
export { encodeConfig } from './encode';
export { MachineConfigError, type MachineConfigStage } from './errors';
export { type ConfigPatch, loadConfig, loadPatch } from './load';
export { documentsText } from './plain-documents';
export { compareReleases, type Release, RELEASES } from './release';
export { unsupportedIn, type UnsupportedPart } from './unsupported';
export { type PlainValue } from './values';
