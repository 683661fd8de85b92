import { Picture, Report, Section, Table } from './section';

/** Reports as Markdown, each with a diagram by Mermaid. */
export function markdownOf(reports: readonly Report[]): string {
  return `${reports.map(({ title, summary, picture, sections }) =>
    [`# ${escaped(title)}`, escaped(summary), diagram(picture), ...sections.map(sectionText)].join('\n\n')).join('\n\n')}\n`;
}

function sectionText({ title, lines = [], table }: Section): string {
  return [`## ${title}`, ...lines.length > 0 ? [lines.map((line) => `- ${escaped(line)}`).join('\n')] : [], ...table ? [tableText(table)] : []].join('\n\n');
}

function tableText({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

function diagram({ namespaces, entrances, machines }: Picture): string {
  const boxes = [...entrances, ...machines];
  const id = (name: string) => `n${boxes.findIndex((box) => box.name === name)}`;
  const node = (name: string, lines: readonly string[]) => `  ${id(name)}["${[name, ...lines].map(quoted).join('<br>')}"]`;
  return [
    '```mermaid',
    'flowchart LR',
    ...entrances.length > 0 ? ['  clients((clients))', ...entrances.map(({ name, lines }) => node(name, lines))] : [],
    `  subgraph cluster["${quoted(namespaces.join(', ') || 'hosting cluster')}"]`,
    ...machines.map(({ name, lines }) => `  ${node(name, lines)}`),
    '  end',
    ...entrances.map(({ name }) => `  clients --> ${id(name)}`),
    ...boxes.flatMap(({ name, leadsTo }) => leadsTo.map((other) => `  ${id(name)} --> ${id(other)}`)),
    '```',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, '\\$&').replace(/\n/g, ' ');
}

function quoted(text: string): string {
  return text.replace(/["<>&#]/g, (character) => `#${character.charCodeAt(0)};`);
}
