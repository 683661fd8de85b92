/** `'property' (value) what is wrong: what to do`. A password in the value is not shown. */
export function problem(property: string, value: unknown, wrongAndRemedy: string): string {
  return `'${property}' (${withoutUser(String(value))}) ${wrongAndRemedy}`;
}

/** The problem as a list of none or one. */
export function listed(found: string | undefined): string[] {
  return found === undefined ? [] : [found];
}

function withoutUser(text: string): string {
  return text.replace(/^([a-z]+:\/\/)?.*@/i, '$1...@');
}
