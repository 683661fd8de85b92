/** What is wrong with an expression, and where: the index of the character, or none. */
export class ExpressionProblem extends Error {
  public constructor(message: string, public readonly position?: number) {
    super(message);
  }
}
