const MOST_CHARACTERS = 60;

/** Control, format and separator characters, and halves of characters, which change how a terminal shows a message. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** `'property' (value) what is wrong: what to do`. Hides a password in the value. */
export function problem(property: string, value: unknown, wrongAndRemedy: string): string {
  return `'${property}' (${shortened(withoutUser(String(value)))}) ${wrongAndRemedy}`;
}

/** A text for a message: printable, and at most 60 characters. */
export function shortened(text: string): string {
  const characters = [...escaped(text)];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 3).join('')}...` : characters.join('');
}

/** A list of the problem; empty if there is none. */
export function listed(found: string | undefined): string[] {
  return found === undefined ? [] : [found];
}

function withoutUser(text: string): string {
  return text.replace(/^([a-z]+:\/\/)?.*@/i, '$1...@');
}

function escaped(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const json = JSON.stringify(character).slice(1, -1);
    return json === character ? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}` : json;
  });
}
