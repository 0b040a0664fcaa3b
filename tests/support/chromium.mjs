// The system's Chromium, started so that it talks to nobody by itself.
import { chromium } from 'playwright-core';

/** So that it talks to nobody by itself. */
export const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(extra = []) {
  const executablePath = process.env.PAUSEPOINT_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...FLAGS, ...extra] });
}
