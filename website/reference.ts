import { ApiReferenceSchema, DocsSchema, JsiiEntity, ParameterSchema, PropertySchema, TypeSchema } from 'jsii-docgen/lib/docgen/schema';
import { mapProse } from './markdown';
import { PackageTypes } from './package-types';
import { LANGUAGES } from './translations';

/** An item of VitePress's sidebar. */
export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly SidebarItem[];
}

/** The pages of one language, by their names, and their sidebar. */
export interface LanguageReference {
  readonly pages: ReadonlyMap<string, string>;
  readonly sidebar: readonly SidebarItem[];
}

interface Symbol {
  readonly id: string;
  readonly displayName: string;
  readonly docs: DocsSchema;
}

interface Member extends Symbol {
  readonly usage?: string;
  readonly parameters?: readonly ParameterSchema[];
  readonly type?: TypeSchema;
  readonly default?: string;
  readonly optional?: boolean;
}

/** What a symbol has of what jsii-docgen describes, in the order of its page. */
type Described = Symbol & Partial<ApiReferenceSchema['classes'][number] & ApiReferenceSchema['structs'][number] & ApiReferenceSchema['enums'][number]>;

const KINDS = [
  ['constructs', 'Constructs'], ['classes', 'Classes'], ['structs', 'Structs'], ['interfaces', 'Interfaces'], ['enums', 'Enums'],
] as const;

/** The pages of the API reference in one language: one for each symbol, and a list of all. */
export function languageReference(language: typeof LANGUAGES[number], api: ApiReferenceSchema, types: PackageTypes): LanguageReference {
  const groups = KINDS.map(([kind, title]) => ({ title, symbols: api[kind] as readonly Described[] }));
  const render = new Page(language, new Set(groups.flatMap(({ symbols }) => symbols.map(({ id }) => id))), types);
  const list = groups.flatMap(({ title, symbols }) => [
    `## ${title}`, '', '| name | what it is |', '| --- | --- |',
    ...symbols.map(({ id, displayName, docs }) => `| [${displayName}](./${pageOf(id)}.md) | ${cell(docs.summary)} |`), '',
  ]);
  return {
    pages: new Map([
      ['index', ['---', 'editLink: false', '---', '', `# API reference: ${language.title}`, '', others(language, 'index'), '', ...list].join('\n')],
      ...groups.flatMap(({ symbols }) => symbols.map((symbol): [string, string] => [pageOf(symbol.id), render.symbol(symbol)])),
    ]),
    sidebar: groups.map(({ title, symbols }, index) => ({
      text: title,
      collapsed: index > 1,
      items: symbols.map(({ id, displayName }) => ({ text: displayName, link: `/reference/${language.id}/${pageOf(id)}` })),
    })),
  };
}

/** The page that leads to the languages. */
export function referenceIndex(): string {
  return [
    '# API reference', '', 'The same constructs, in each language:', '',
    ...LANGUAGES.map(({ id, title }) => `- [${title}](./${id}/index.md)`), '',
    'Construct Hub shows the same text, from the docstrings of the source.', '',
  ].join('\n');
}

class Page {
  public constructor(
    private readonly language: typeof LANGUAGES[number],
    private readonly known: ReadonlySet<string>,
    private readonly types: PackageTypes,
  ) {}

  public symbol(symbol: Described): string {
    const { initializer, members = [] } = symbol;
    return [
      '---', 'editLink: false', '---', '',
      `# ${symbol.displayName}`, '', others(this.language, pageOf(symbol.id)), '',
      ...this.docs(symbol.docs),
      ...symbol.usage ? this.code(symbol.usage) : [],
      ...initializer ? ['## Initializer', '', ...this.code(initializer.usage), ...this.parameters(initializer.parameters)] : [],
      ...this.members('Static functions', symbol.staticMethods),
      ...this.members('Methods', symbol.instanceMethods?.filter(({ id }) => !/\.(?:toString|with)$/.test(id))),
      ...this.members('Properties', symbol.properties as readonly PropertySchema[]),
      ...this.members('Constants', symbol.constants),
      ...this.members('Members', members),
    ].join('\n');
  }

  private members(title: string, members: readonly Member[] = []): string[] {
    if (members.length === 0) {
      return [];
    }
    const typed = members.some(({ type }) => type);
    return [
      `## ${title}`, '',
      typed ? '| name | type | what it is |\n| --- | --- | --- |' : '| name | what it is |\n| --- | --- |',
      ...members.map((member) => [
        '', `[\`${member.displayName}\`](#${anchorOf(member.id)})`, ...typed ? [this.type(member.type!)] : [], cell(member.docs.summary), '',
      ].join(' | ').trim()),
      '',
      ...members.flatMap((member) => this.member(member)),
    ];
  }

  private member({ id, displayName, docs, usage, parameters, type, optional, default: byDefault }: Member): string[] {
    return [
      `### ${displayName} {#${anchorOf(id)}}`, '',
      ...type ? [`${this.type(type)}${optional ? ', optional' : ''}`, ''] : [],
      ...parameters && usage ? this.code(usage) : [],
      ...this.docs(docs),
      ...byDefault ? [`*Default:* ${safe(byDefault.replace(/^-\s+/, ''))}`, ''] : [],
      ...this.parameters(parameters),
    ];
  }

  private parameters(parameters: readonly ParameterSchema[] = []): string[] {
    return parameters.length === 0 ? [] : [
      '| parameter | type | what it is |', '| --- | --- | --- |',
      ...parameters.map(({ displayName, type, docs, optional }) => `| \`${displayName}\`${optional ? ' (optional)' : ''} | ${this.type(type)} | ${cell(docs.summary)} |`), '',
    ];
  }

  private docs({ summary, remarks, links = [], example, deprecated, deprecationReason }: DocsSchema): string[] {
    return [
      ...deprecated ? [`**Deprecated.** ${safe(deprecationReason ?? '')}`, ''] : [],
      ...[summary, remarks].flatMap((text) => text ? [safe(text), ''] : []),
      ...links.length > 0 ? [`See ${links.map((link) => /^https?:/.test(link) ? `<${link}>` : safe(link)).join(', ')}.`, ''] : [],
      ...example ? ['*Example*', '', ...this.code('target' in this.language ? this.types.complete(this.language.target, example) : example)] : [],
    ];
  }

  private code(text: string = ''): string[] {
    return [`\`\`\`${this.language.fence}`, text.trim(), '```', ''];
  }

  private type(type: TypeSchema | JsiiEntity): string {
    return `<code v-pre>${this.typeText(type)}</code>`;
  }

  private typeText(type: TypeSchema | JsiiEntity): string {
    if (!('formattingPattern' in type)) {
      return this.known.has(type.id) ? `<a href="./${pageOf(type.id)}">${escaped(type.displayName)}</a>` : escaped(type.displayName);
    }
    const types = [...type.types ?? []];
    return escaped(type.formattingPattern).replace(/%/g, () => this.typeText(types.shift()!));
  }
}

/** The page of a symbol: all languages have the same. */
function pageOf(id: string): string {
  return id.replace(/^.*\./, '').replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2').toLowerCase();
}

function anchorOf(id: string): string {
  return `member-${id.replace(/^.*\./, '')}`;
}

/** Links to the same page in the other languages. */
function others(language: typeof LANGUAGES[number], page: string): string {
  return LANGUAGES.map(({ id, title }) => id === language.id ? `**${title}**` : `[${title}](../${id}/${page}.md)`).join(' · ');
}

/** Docstrings have angle brackets, which aren't HTML, and braces, which aren't Vue's. */
function safe(text: string): string {
  return mapProse(text, (prose) => prose.replace(/(`[^`]*`)|<(?!https?:)|\{\{/g, (match, code: string | undefined) => code ?? (match === '<' ? '&lt;' : '&#123;&#123;')));
}

function cell(text: string = ''): string {
  return safe(text).replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '&#124;');
}
