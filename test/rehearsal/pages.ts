import { readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..', '..');

/** A page of the documentation. */
export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** A section of a page of the documentation: from its heading to the next one of that level. */
export function section(page: string, heading: string): string {
  const [, text] = readPage(page).split(`\n## ${heading}\n`);
  if (text === undefined) {
    throw new Error(`${page} has no section '${heading}'`);
  }
  return text.split('\n## ')[0];
}

/** The first block of code in a language. */
export function code(text: string, language: string): string {
  const [, block] = text.match(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms')) ?? [];
  if (block === undefined) {
    throw new Error(`there is no code in ${language} in:\n${text}`);
  }
  return block;
}

/** The commands of the first block for a shell, without what is said about them. */
export function commands(text: string): string[] {
  return code(text, 'sh').trimEnd().split('\n').map((line) => line.replace(/\s+# .*/, ''));
}

/** A command within a line, which begins as given. */
export function inlineCommand(text: string, beginning: string): string {
  const command = [...text.matchAll(/`([^`\n]+)`/g)].map(([, inline]) => inline).find((inline) => inline.startsWith(beginning));
  if (command === undefined) {
    throw new Error(`there is no command '${beginning} …' in:\n${text}`);
  }
  return command;
}
