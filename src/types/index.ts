// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

export type * as block from './block';
export type * as cluster from './cluster';
export type * as container from './container';
export type * as cri from './cri';
export type * as extensions from './extensions';
export type * as hardware from './hardware';
export type * as k8s from './k8s';
export type * as meta from './meta';
export type * as network from './network';
export type * as runtime from './runtime';
export type * as security from './security';
export type * as siderolink from './siderolink';
export type * as storage from './storage';
export type * as v1alpha1 from './v1alpha1';
export type * as x509 from './x509';
export * from './documents';
