import { announce } from './announcer.js';
import { byId } from './dom.js';
import type { GuardState } from './guard-session.js';
import { loadingText, readyText, startFailure, TEXT } from './text.js';

const box = byId('status', HTMLElement);
const line = byId('status-text', HTMLElement);
const bar = byId('status-progress', HTMLProgressElement);
const failure = byId('failure', HTMLElement);
const failureText = byId('failure-text', HTMLElement);
const retry = byId('retry', HTMLButtonElement);

export function startStatus(onRetry: () => void): void {
  retry.addEventListener('click', onRetry);
}

/** Shows how far the start has come. `saving`: the guard is ready, and the offline copy is still being made. */
export function showStatus(state: GuardState, saving: boolean): void {
  box.dataset['phase'] = state.phase === 'ready' && saving ? 'loading' : state.phase;
  box.hidden = state.phase === 'failed';
  failure.hidden = state.phase !== 'failed';
  bar.hidden = state.phase !== 'loading';

  switch (state.phase) {
    case 'loading': {
      const { progress } = state;
      if (progress === null || progress.phase === 'ready') {
        bar.removeAttribute('value');
        line.textContent = TEXT.start.starting;
        return;
      }
      // The program is a small part of it; a bar that runs to the end twice would mislead.
      if (progress.phase === 'model' && progress.total !== null) bar.value = progress.loaded / progress.total;
      line.textContent = loadingText(progress.phase, progress.loaded, progress.total);
      return;
    }
    case 'ready': {
      const text = readyText(state.info.model.name, state.info.build);
      line.textContent = saving ? TEXT.start.offline : text;
      if (!saving) announce(text);
      return;
    }
    case 'failed':
      failureText.textContent = startFailure(state.code);
      announce(`${TEXT.start.failed}. ${startFailure(state.code)}`);
      return;
  }
}
