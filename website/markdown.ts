/** Text outside of fenced code, and fenced code, in turn. */
const FENCED = /^(?:```|~~~).*?^(?:```|~~~)[ \t]*$/gms;
const LINK = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g;

/** A link or an image of a page. */
export interface Link {
  readonly image: boolean;
  readonly target: string;
}

/** The text of a page without its fenced code. */
export function prose(markdown: string): string {
  return markdown.replace(FENCED, '');
}

/** Changes the text of a page, and leaves its fenced code as it is. */
export function mapProse(markdown: string, change: (text: string) => string): string {
  const fences = markdown.match(FENCED) ?? [];
  return markdown.split(FENCED).map((text, index) => change(text) + (fences[index] ?? '')).join('');
}

/** All links of a page, also those in links around images. */
export function linksOf(markdown: string): Link[] {
  const text = prose(markdown).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(LINK)].flatMap(([, bang, label, target]) => [{ image: bang === '!', target }, ...linksOf(label)]);
}

/** Replaces the target of each link and image of a page. */
export function mapLinks(markdown: string, change: (target: string) => string): string {
  const inText = (text: string): string =>
    text.replace(LINK, (_, bang: string, label: string, target: string) => `${bang}[${inText(label)}](${change(target)})`);
  return mapProse(markdown, inText);
}

/** The anchor that GitHub gives a heading, before it numbers those that come twice. */
export function slug(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replace(/ /g, '-');
}

/** The anchors of a page, as GitHub makes them. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = [...prose(markdown).matchAll(/^#{1,6} +(.+?)(?: #+)?$/gm)].map(([, text]) => slug(text.replace(LINK, '$2').replace(/[`*]/g, '')));
  const seen = new Map<string, number>();
  return new Set(headings.map((heading) => {
    const before = seen.get(heading) ?? 0;
    seen.set(heading, before + 1);
    return before === 0 ? heading : `${heading}-${before}`;
  }));
}
