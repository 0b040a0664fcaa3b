// What every page here begins with: the pause, and what the page is seen to get.
import { createGuard } from './pausepoint/protect.js';

const decisions = [];
/** Names of files that the page's own code was given, in their order. */
const given = [];

const guard = await createGuard({ ageBand: '13-15', model: 'small', onDecision: (decision) => decisions.push(decision) });
guard.protect(document);

/** Never again shall this one go out. */
await guard.ownList.add(await (await fetch('withheld.jpg')).blob(), 'harbour');

async function choose(label) {
  for (let i = 0; i < 1000; i += 1) {
    const buttons = document.querySelector('pausepoint-intervention')?.shadowRoot?.querySelectorAll('dialog[open] button') ?? [];
    const button = [...buttons].find((one) => one.textContent.trim() === label);
    if (button !== undefined) return button.click();
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`no button ${label}`);
}

/** Sends files as a page does, each by itself. */
export async function upload(files) {
  for (const file of files) {
    given.push(file.name);
    const form = new FormData();
    form.append('file', file);
    await fetch('upload', { method: 'POST', body: form });
  }
}

Object.assign(window, { decisions, given, choose });
export const ready = () => {
  window.ready = true;
};
