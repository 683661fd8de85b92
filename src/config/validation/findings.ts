import { ConfigRule } from './check';

/** What Talos lets pass although it can't work. */
export const FINDING_RULES: readonly ConfigRule[] = [];
