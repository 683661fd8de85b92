/** A problem of an expression, with the index of its character if there is one. */
export class ExpressionProblem extends Error {
  public constructor(message: string, public readonly position?: number) {
    super(message);
  }
}
