/** What stands in place of a secret: Talos's own mask. */
export const MASK = '******';

/** Where messages send their readers. */
export const DOCS = 'https://github.com/cdk8s-talos/cdk8s-talos/blob/main/docs';

const MOST_CHARACTERS = 60;

/** User and password before an `@`; an unescaped password can contain any character. The `@` of an image's digest isn't one. */
const CREDENTIALS = /(?<=\/\/|^|\s)[^\s/?#[]{0,200}:(?!\d*(?:[/?#,]|$))\S*@(?!sha256:)|(?<=\/\/)[^\s/?#]*@/g;
const QUERY = /\?(?<=\/\/[^\s?#]*\?)[^\s#]+/g;

/** Control, format and separator characters, and halves of characters, which change how a terminal shows a message. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** `'property' (value) what is wrong: what to do`. */
export function problem(property: string, value: unknown, wrongAndRemedy: string): string {
  return `'${property}' (${shortened(String(value))}) ${wrongAndRemedy}`;
}

/** A text for a message: printable, at most 60 characters, and without the credentials of URLs. */
export function shortened(text: string): string {
  const characters = [...escaped(withoutCredentials(text))];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 3).join('')}...` : characters.join('');
}

/** The same in quotes. */
export function quoted(text: string): string {
  return `"${shortened(text.replace(/["\\]/g, '\\$&'))}"`;
}

/** Masks user, password and query of the URLs in a text. */
export function withoutCredentials(text: string): string {
  return text.replace(CREDENTIALS, `${MASK}@`).replace(QUERY, `?${MASK}`);
}

/** A list of the problem; empty if there is none. */
export function listed(found: string | undefined): string[] {
  return found === undefined ? [] : [found];
}

function escaped(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const json = JSON.stringify(character).slice(1, -1);
    return json === character ? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}` : json;
  });
}
