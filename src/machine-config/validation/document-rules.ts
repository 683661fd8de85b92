import { DocumentRules } from './check/check';
import { BGP_RULES } from './documents/bgp';
import { CONTAINER_RULES } from './documents/containers';
import { IMAGE_VERIFICATION_RULES } from './documents/image-verification';
import { KUBERNETES_RULES } from './documents/kubernetes';
import { LINK_RULES } from './documents/links';
import { NETWORK_RULES } from './documents/network';
import { REGISTRY_RULES } from './documents/registries';
import { RUNTIME_RULES } from './documents/runtime';
import { STORAGE_RULES } from './documents/storage';
import { VOLUME_RULES } from './documents/volumes';
import { LEGACY_RULES } from './legacy/legacy';

/** Talos's checks of documents, by kind. Kinds without rules need no checks after loading. */
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
