import { Box, Picture, Report, Section, Table } from './section';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#c9cdd4, #454b55); --box: light-dark(#f4f6f9, #20242b); --text: light-dark(#1c2025, #e6e9ee); --arrow: light-dark(#66707d, #97a1ae); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-top: 3rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
body > svg { max-width: 100%; height: auto; } rect { fill: var(--box); stroke: var(--line); } .around { fill: none; stroke-dasharray: 4; }
text { fill: currentColor; font: 12px system-ui, sans-serif; } .name { font-weight: 600; } path { stroke: var(--arrow); fill: none; } marker path { fill: var(--arrow); }
`;

/** Reports as one page, which needs nothing else. */
export function htmlOf(reports: readonly Report[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(reports.map(({ title }) => title).join(', '))}</title>
<style>${STYLE}</style>
</head>
<body>
${reports.map(reportHtml).join('\n')}
</body>
</html>
`;
}

function reportHtml({ title, summary, picture, sections }: Report): string {
  return [`<h1>${escaped(title)}</h1>`, `<p>${escaped(summary)}</p>`, pictureSvg(picture, title), ...sections.map(sectionHtml)].join('\n');
}

function sectionHtml({ title, lines = [], table }: Section): string {
  return [`<h2>${escaped(title)}</h2>`, ...lines.map((line) => `<p>${escaped(line)}</p>`), ...table ? [tableHtml(table)] : []].join('\n');
}

function tableHtml({ columns, rows }: Table): string {
  const row = (tag: string, cells: readonly string[]) => `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<div class="table"><table>\n${[row('th', columns), ...rows.map((cells) => row('td', cells))].join('\n')}\n</table></div>`;
}

const [WIDTH, HEIGHT, GAP, BETWEEN] = [250, 86, 18, 120];

interface Place {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
}

/** Entrances in a column on the left, machines in one on the right, and arrows from one box to another. */
function pictureSvg({ namespaces, entrances, machines }: Picture, title: string): string {
  const top = 34;
  const column = (boxes: readonly Box[], x: number) => boxes.map((box, index): Place => ({ box, x, y: top + index * (HEIGHT + GAP) }));
  const right = entrances.length > 0 ? WIDTH + BETWEEN : GAP;
  const places = [...column(entrances, 1), ...column(machines, right)];
  const [width, height] = [right + WIDTH + BETWEEN / 2, top + Math.max(entrances.length, machines.length) * (HEIGHT + GAP)];
  const around = `<rect class="around" x="${right - GAP}" y="1" width="${WIDTH + 2 * GAP + 30}" height="${top - 3 + machines.length * (HEIGHT + GAP)}" rx="8"/>`
    + `<text x="${right}" y="22">${escaped(namespaces.length > 0 ? `namespace ${namespaces.join(', ')}` : 'hosting cluster')}</text>`;
  return `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${width} ${height}" width="${width}">
<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${[around, ...places.map(boxSvg), ...places.flatMap((place) => arrows(place, places))].join('\n')}
</svg>`;
}

function boxSvg({ box: { name, lines }, x, y }: Place): string {
  const text = [name, ...lines].map((line, index) => `<text${index === 0 ? ' class="name"' : ''} x="12" y="${22 + index * 17}">${escaped(shortened(line))}</text>`);
  const place = `x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}"`;
  // an inner picture cuts off what is too wide; its title, which browsers show under the pointer, is whole
  return `<rect ${place} rx="6"/><svg ${place}><title>${escaped([name, ...lines].join('\n'))}</title>${text.join('')}</svg>`;
}

function arrows({ box, x, y }: Place, places: readonly Place[]): string[] {
  return box.leadsTo.flatMap((name) => places.filter((place) => place.box.name === name)).map((to) => {
    const [from, end] = [y + HEIGHT / 2, to.y + HEIGHT / 2];
    return to.x === x
      ? `<path d="M${x + WIDTH} ${from} C${x + WIDTH + 30} ${from} ${x + WIDTH + 30} ${end} ${x + WIDTH + 2} ${end}" marker-end="url(#end)"/>`
      : `<path d="M${x + WIDTH} ${from} C${x + WIDTH + BETWEEN / 2} ${from} ${to.x - BETWEEN / 2} ${end} ${to.x - 2} ${end}" marker-end="url(#end)"/>`;
  });
}

/** What fits into a box. */
function shortened(line: string): string {
  return line.length > 36 ? `${line.slice(0, 35)}…` : line;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
