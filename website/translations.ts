import { TargetLanguage, Translator, TypeScriptSnippet } from 'jsii-rosetta';
import ts from 'typescript';
import { PackageTypes } from './package-types';

/** The languages of the package, in the order of the tabs. */
export const LANGUAGES = [
  { id: 'typescript', title: 'TypeScript', fence: 'ts' },
  { id: 'python', title: 'Python', fence: 'python', target: TargetLanguage.PYTHON },
  { id: 'java', title: 'Java', fence: 'java', target: TargetLanguage.JAVA },
  { id: 'go', title: 'Go', fence: 'go', target: TargetLanguage.GO },
] as const;

/** What jsii-rosetta leaves as it is or writes wrongly, and why: a snippet with one of these stays in TypeScript alone. */
const UNTRANSLATABLE: readonly [pattern: RegExp, reason: string][] = [
  [/\bfrom '(?!cdk8s|constructs)/, 'modules of Node.js are others in each language'],
  [/\bprocess\./, 'environment variables are read in another way'],
  [/=>/, 'functions and `map` are left in TypeScript'],
  [/\.\.\./, 'spreads have no counterpart'],
  [/\bfor \(/, 'loops over objects are taken apart wrongly'],
  [/\?\?/, 'the operator `??` has no counterpart'],
  [/`[^`]*\$\{/, 'template strings are left out'],
  [/\b(?:const|let) [{[]/, 'destructuring is left in TypeScript'],
  [/\btry \{/, 'exceptions are other classes in each language'],
  [/MachineConfigPatch\.of\(/, 'names of the types of documents are taken for those of the package; docs/typed-patches.md has them in each language'],
];

const SNIPPET = /^```ts\n(.*?)^```$/gms;
type Target = Extract<typeof LANGUAGES[number], { target: TargetLanguage }>;
const targets = LANGUAGES.filter((language): language is Target => 'target' in language);

/** Snippets of TypeScript, each with its translations by the ids of languages. */
export type Translations = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Why a snippet can't be translated, if so. */
export function untranslatable(snippet: string): string | undefined {
  const code = snippet.replace(/\/\/.*$/gm, '');
  return UNTRANSLATABLE.find(([pattern]) => pattern.test(code))?.[1];
}

/** Translates all snippets of pages at once, as reading the types takes most of the time. */
export function translate(pages: Iterable<string>, types: PackageTypes): Translations {
  const all = [...pages].flatMap((page) => [...page.matchAll(SNIPPET)].map(([, code]) => code));
  const sources = [...new Set(all)].filter((code) => !untranslatable(code));
  const snippets = sources.map((source, index): TypeScriptSnippet => ({
    visibleSource: longhand(source),
    location: { api: { api: 'file', fileName: `snippet-${index}.ts` } },
  }));
  const translated = new Translator(false).translateSnippets(snippets, targets.map(({ target }) => target));
  return new Map(translated.map((snippet, index) => [
    sources[index],
    new Map(targets.map(({ id, target }) => [id, types.complete(target, snippet.get(target)!.source)])),
  ]));
}

/** `{ name }` as `{ name: name }`: jsii-rosetta takes the former for the name of a type in Go. */
function longhand(code: string): string {
  const ends: { readonly name: string; readonly end: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      ends.unshift({ name: node.name.text, end: node.end });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest));
  return ends.reduce((text, { name, end }) => `${text.slice(0, end)}: ${name}${text.slice(end)}`, code);
}

/** A page with a tab of each language for each snippet that is translated. */
export function withTabs(page: string, translations: Translations): string {
  return page.replace(SNIPPET, (block, code: string) => {
    const inLanguages = translations.get(code);
    return !inLanguages ? block : [
      '::: code-group', '',
      ...LANGUAGES.map(({ id, title, fence }) => `\`\`\`${fence} [${title}]\n${(inLanguages.get(id) ?? code).trim()}\n\`\`\`\n`),
      ':::',
    ].join('\n');
  });
}
