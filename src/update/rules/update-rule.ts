import { UpdateRisk } from './update-risk';
import { Update } from '../manifests/update';

/** What is wrong with an update, and the safe way to the same end. */
export interface Finding {
  readonly problem: string;
  readonly remedy: string;
}

/** A rule of `UpdateCheck`. It finds nothing where the manifests don't show what it needs to know. */
export interface UpdateRule {
  readonly risk: UpdateRisk;
  readonly find: (update: Update) => Finding[];
}
