/** How something about a hosting cluster is. */
export enum Fitness {
  FIT = 'ok',
  DOUBTFUL = 'hint',
  UNFIT = 'FAIL',
  UNKNOWN = '?',
}

/** One thing about a hosting cluster. */
export interface Finding {
  readonly fitness: Fitness;
  /** What was looked at, for example StorageClass. */
  readonly subject: string;
  /** What was found, and what to do. */
  readonly text: string;
}

export function fit(subject: string, text: string): Finding {
  return { fitness: Fitness.FIT, subject, text };
}

export function doubtful(subject: string, text: string): Finding {
  return { fitness: Fitness.DOUBTFUL, subject, text };
}

export function unfit(subject: string, text: string): Finding {
  return { fitness: Fitness.UNFIT, subject, text };
}

export function unknown(subject: string, text: string): Finding {
  return { fitness: Fitness.UNKNOWN, subject, text };
}
