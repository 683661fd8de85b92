import { IDENTITY_RULES } from './identity';
import { IMMUTABLE_RULES } from './immutable';
import { KEY_RULES } from './keys';
import { MEMBER_RULES } from './members';
import { NETWORK_RULES } from './networks';
import { STORAGE_RULES } from './storage';
import { UpdateRule } from './update-rule';
import { VERSION_RULES } from './versions';

/** The rules of `UpdateCheck`, by family; the worst come first. */
export const UPDATE_RULES: readonly UpdateRule[] = [
  ...IDENTITY_RULES, ...KEY_RULES, ...MEMBER_RULES, ...STORAGE_RULES, ...NETWORK_RULES, ...VERSION_RULES, ...IMMUTABLE_RULES,
];
