import { Release } from '../release';

export function expressionProblem(_text: string, _environment: string, _release: Release): string | undefined {
  return undefined;
}
