/*
 * Literals of the Common Expression Language, as admission policies of Kubernetes have it.
 * See https://kubernetes.io/docs/reference/using-api/cel/
 */

/** A text. */
export function celText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A list of texts. */
export function celList(texts: readonly string[]): string {
  return `[${texts.map(celText).join(', ')}]`;
}
