/** The options of a machine configuration can't be right; the message names each property, its value and the remedy. */
export class GenerateError extends Error {
  public readonly name = 'GenerateError';
}
