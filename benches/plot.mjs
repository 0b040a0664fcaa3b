// Horizontal bars as SVG, readable on light and on dark.

const WIDTH = 720;
const LABEL = 230;
const BAR = 26;
const GAP = 12;
const TOP = 48;

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** @param {{ label: string, value: number, own: boolean }[]} bars */
export function plot(title, unit, bars) {
  const largest = Math.max(...bars.map((b) => b.value));
  const height = TOP + bars.length * (BAR + GAP) + GAP;
  const rows = bars.map(({ label, value, own }, i) => {
    const y = TOP + i * (BAR + GAP);
    const width = Math.max(2, (value / largest) * (WIDTH - LABEL - 110));
    const text = y + BAR / 2 + 5;
    return `<text x="${LABEL - 12}" y="${text}" text-anchor="end">${escape(label)}</text>
<rect x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="4" class="${own ? 'own' : 'peer'}"/>
<text x="${(LABEL + width + 8).toFixed(1)}" y="${text}">${value < 100 ? value.toFixed(1) : Math.round(value)} ${escape(unit)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">
<style>text{font:14px system-ui,sans-serif;fill:#1d2733}.title{font-weight:600;font-size:16px}.own{fill:#14706b}.peer{fill:#8a94a0}.back{fill:#fffdf8}
@media (prefers-color-scheme:dark){text{fill:#e8e6e1}.own{fill:#4fc1b8}.peer{fill:#77818d}.back{fill:#14191f}}</style>
<rect class="back" width="${WIDTH}" height="${height}" rx="8"/>
<text class="title" x="20" y="30">${escape(title)}</text>
${rows.join('\n')}
</svg>
`;
}
