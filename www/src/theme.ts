import { byId } from './dom.js';

/** Remembered on this device only; the page stores nothing else of the visitor. */
const KEY = 'pausepoint-colours';

const form = byId('theme', HTMLFormElement);
const buttons = form.elements.namedItem('theme') as RadioNodeList;

/** Lets the visitor choose light or dark colours instead of those of the device. */
export function startTheme(): void {
  buttons.value = remembered() ?? 'system';
  apply();
  form.addEventListener('change', () => {
    apply();
    remember(buttons.value);
  });
}

function apply(): void {
  document.documentElement.dataset['theme'] = buttons.value;
}

// Storage may be switched off; the choice then lasts as long as the page.
function remembered(): string | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
