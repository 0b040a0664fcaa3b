// Horizontal bars as SVG, readable on light and on dark.

const WIDTH = 760;
const LABEL = 250;
const LONGEST = WIDTH - LABEL - 110;
const BAR = 26;
const GAP = 12;
const TOP = 48;
/** Bars of more than so many medians are cut, or one slow subject would hide the others' differences. */
const CUT = 4;

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** @param {{ label: string, value: number, own: boolean }[]} bars */
export function plot(title, unit, bars) {
  const sorted = bars.map(({ value }) => value).sort((a, b) => a - b);
  const limit = CUT * sorted[Math.floor((sorted.length - 1) / 2)];
  const largest = sorted.at(-1);
  const longest = Math.max(...sorted.filter((value) => value <= limit));
  const cut = largest > 2 * longest;
  const full = cut ? longest : largest;
  const height = TOP + bars.length * (BAR + GAP) + GAP + (cut ? 20 : 0);
  const rows = bars.map(({ label, value, own }, i) => {
    const y = TOP + i * (BAR + GAP);
    const width = Math.max(2, Math.min(1, value / full) * LONGEST);
    const text = y + BAR / 2 + 5;
    const x = LABEL + width;
    const gap = value > full ? `\n<path class="gap" d="M${x - 40} ${y - 2}l-6 ${BAR + 4}h8l6 -${BAR + 4}z"/>` : '';
    return `<text x="${LABEL - 12}" y="${text}" text-anchor="end">${escape(label)}</text>
<rect x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="4" class="${own ? 'own' : 'peer'}"/>${gap}
<text x="${(x + 8).toFixed(1)}" y="${text}">${value < 100 ? value.toFixed(1) : Math.round(value)} ${escape(unit)}</text>`;
  });
  const note = cut ? `\n<text class="note" x="${LABEL}" y="${height - 12}">Bars with a gap are longer than drawn.</text>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">
<style>text{font:14px system-ui,sans-serif;fill:#1d2733}.title{font-weight:600;font-size:16px}.note{font-size:12px}.own{fill:#14706b}.peer{fill:#8a94a0}.back,.gap{fill:#fffdf8}
@media (prefers-color-scheme:dark){text{fill:#e8e6e1}.own{fill:#4fc1b8}.peer{fill:#77818d}.back,.gap{fill:#14191f}}</style>
<rect class="back" width="${WIDTH}" height="${height}" rx="8"/>
<text class="title" x="20" y="30">${escape(title)}</text>
${rows.join('\n')}${note}
</svg>
`;
}
