import { readChoice, readStructure } from '../input';
import { htmlOf } from './html';
import { markdownOf } from './markdown';
import { Report } from './section';
import { summaryOf, textOf } from './text';

/** The form of a description of clusters. */
export enum DescriptionFormat {
  /** A few lines of plain text. */
  SUMMARY = 'summary',

  /** Plain text. */
  TEXT = 'text',

  /** Markdown with a diagram by Mermaid, as GitHub and GitLab show it. */
  MARKDOWN = 'markdown',

  /** One HTML page with a picture, which needs no other file. */
  HTML = 'html',
}

/**
 * Options of a description of a cluster.
 */
export interface ClusterDescriptionOptions {
  /**
   * The form.
   *
   * @default DescriptionFormat.TEXT
   */
  readonly format?: DescriptionFormat;
}

export const readClusterDescriptionOptions = readStructure<ClusterDescriptionOptions>({}, { format: readChoice(DescriptionFormat) });

/** Writes reports in a form. */
export function writeReports(reports: readonly Report[], format: DescriptionFormat): string {
  switch (format) {
    case DescriptionFormat.SUMMARY: return `${summaryOf(reports)}\n`;
    case DescriptionFormat.TEXT: return `${textOf(reports)}\n`;
    case DescriptionFormat.MARKDOWN: return markdownOf(reports);
    case DescriptionFormat.HTML: return htmlOf(reports);
  }
}
