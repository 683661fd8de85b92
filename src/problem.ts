/** `'property' (value) what is wrong: what to do`. Hides a password in the value. */
export function problem(property: string, value: unknown, wrongAndRemedy: string): string {
  return `'${property}' (${withoutUser(String(value))}) ${wrongAndRemedy}`;
}

/** A list of the problem; empty if there is none. */
export function listed(found: string | undefined): string[] {
  return found === undefined ? [] : [found];
}

function withoutUser(text: string): string {
  return text.replace(/^([a-z]+:\/\/)?.*@/i, '$1...@');
}
