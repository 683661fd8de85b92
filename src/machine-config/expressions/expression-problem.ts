import { Checker } from './checker';
import { environmentOf } from './environment';
import { EnvironmentName } from './environments';
import { parseExpression } from './parser';
import { ExpressionProblem } from './problem';
import { isSame, typeText } from './types';
import { Release } from '../../talos/release';

/** The problem of a CEL expression in this place, if there is one. */
export function expressionProblem(text: string, name: EnvironmentName, release: Release): string | undefined {
  const environment = environmentOf(name, release);
  try {
    const type = new Checker(environment).typeOf(parseExpression(text, environment.hasOptionals));
    return isSame(type, environment.result)
      ? undefined
      : `is an expression of the type ${typeText(type)}: it must be ${typeText(environment.result)}`;
  } catch (error) {
    if (error instanceof ExpressionProblem) {
      const where = error.position === undefined ? '' : ` at character ${error.position + 1}`;
      return `is not a valid expression: ${error.message}${where}`;
    }
    throw error;
  }
}
