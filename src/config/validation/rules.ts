import { BGP_RULES } from './bgp';
import { DocumentRules } from './check';
import { CONTAINER_RULES } from './containers';
import { IMAGE_VERIFICATION_RULES } from './image-verification';
import { KUBERNETES_RULES } from './kubernetes';
import { LEGACY_RULES } from './legacy';
import { LINK_RULES } from './links';
import { NETWORK_RULES } from './network';
import { REGISTRY_RULES } from './registries';
import { RUNTIME_RULES } from './runtime';
import { STORAGE_RULES } from './storage';
import { VOLUME_RULES } from './volumes';

/** What Talos checks in a document, by its kind. Kinds without rules are fine as they were loaded. */
export const DOCUMENT_RULES: DocumentRules = {
  ...LEGACY_RULES,
  ...BGP_RULES,
  ...CONTAINER_RULES,
  ...IMAGE_VERIFICATION_RULES,
  ...KUBERNETES_RULES,
  ...LINK_RULES,
  ...NETWORK_RULES,
  ...REGISTRY_RULES,
  ...RUNTIME_RULES,
  ...STORAGE_RULES,
  ...VOLUME_RULES,
};
