import { Report, Section, Table } from './section';

/** Reports as plain text. */
export function textOf(reports: readonly Report[]): string {
  return reports.map(({ title, summary, sections }) => [title, '='.repeat(title.length), summary, ...sections.map(sectionText)].join('\n')).join('\n\n');
}

/** The least that one must know of each, as plain text. */
export function summaryOf(reports: readonly Report[]): string {
  return reports.flatMap(({ title, summary, brief }) => [`${title}: ${summary}`, ...brief.map((line) => `  ${line}`)]).join('\n');
}

function sectionText({ title, lines = [], table }: Section): string {
  return [`\n${title}`, ...lines.map((line) => `  ${line}`), ...table ? tableLines(table) : []].join('\n');
}

function tableLines({ columns, rows }: Table): string[] {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index].length)));
  return [columns, ...rows].map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index])).join('  ')}`.trimEnd());
}
