const LIGHT: Readonly<Record<string, string>> = {
  ground: '#f4f1ec',
  surface: '#fffdf9',
  ink: '#1b2530',
  'ink-soft': '#525d69',
  line: '#ddd5c9',
  edge: '#827b70',
  accent: '#175e63',
  'accent-strong': '#0f474b',
  'on-accent': '#ffffff',
  'accent-soft': '#dcebe8',
  glow: '#e3ece6',
  warm: '#f3dcae',
  shade: '#1b253066',
};

const DARK: typeof LIGHT = {
  ground: '#10151d',
  surface: '#19212c',
  ink: '#eef0ec',
  'ink-soft': '#aab5c0',
  line: '#2d3846',
  edge: '#76828f',
  accent: '#82d5ce',
  'accent-strong': '#a6e4de',
  'on-accent': '#06282b',
  'accent-soft': '#173b40',
  glow: '#16262d',
  warm: '#c9a869',
  shade: '#05080cb3',
};

/** What the page can set, and the fallbacks of both schemes. `--pausepoint-accent` is heard by `--_accent`, and so on. */
const heard = (colours: typeof LIGHT) =>
  Object.entries(colours)
    .map(([name, value]) => `--_${name}: var(--pausepoint-${name}, ${value});`)
    .join(' ');

/**
 * The colours of an element's surface in both schemes, as rules. `data-scheme` on the surface says which; without a choice
 * of the page it is the device's.
 */
export const tokens = (surface: string): string => `
${surface} { color-scheme: light; ${heard(LIGHT)} }
${surface}[data-scheme='dark'] { color-scheme: dark; ${heard(DARK)} }
@media (prefers-color-scheme: dark) {
  ${surface}[data-scheme='system'] { color-scheme: dark; ${heard(DARK)} }
}
`;

/** Which scheme: the `theme` attribute’s, else the page’s own `color-scheme` where it names one only, else the device’s. */
export function schemeOf(host: HTMLElement): 'light' | 'dark' | 'system' {
  const theme = host.getAttribute('theme');
  if (theme === 'light' || theme === 'dark') return theme;
  const named = getComputedStyle(host).colorScheme.split(' ');
  const [light, dark] = [named.includes('light'), named.includes('dark')];
  if (light === dark) return 'system';
  return light ? 'light' : 'dark';
}
