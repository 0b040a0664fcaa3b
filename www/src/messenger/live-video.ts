import type { Guard, WatchState } from 'pausepoint/protect';
import { el } from '../dom.js';
import { flight } from './clip.js';

/** A video call that is a drawing: covered until the guard has seen it, and whenever it cannot see it. */
export function liveVideo(guard: Guard, name: string, onState: (isShown: boolean) => void): { element: HTMLElement; end(): void } {
  const { stream, end: endFlight } = flight();
  const video = el('video', { muted: true, playsinline: true, 'aria-label': `Live video from ${name}` });
  const cover = el('p', { class: 'live-cover' }, 'Covered until it was looked at');
  const hangUp = el('button', { type: 'button' }, 'Hang up');
  const element = el('div', { class: 'live', 'data-covered': 'true' }, video, cover, hangUp);

  const show = (state: WatchState) => {
    const may = state.fallback ?? state.action;
    const isShown = may === 'allow' || may === 'notice';
    element.dataset['covered'] = String(!isShown);
    cover.hidden = isShown;
    onState(isShown);
  };
  video.srcObject = stream;
  void video.play().catch(() => {});
  const watch = guard.watch(video, { direction: 'incoming', onChange: show });

  const end = () => {
    watch.stop();
    endFlight();
    video.srcObject = null;
    element.dataset['covered'] = 'true';
    cover.hidden = false;
    cover.textContent = 'The call has ended';
    hangUp.remove();
  };
  hangUp.addEventListener('click', end, { once: true });
  return { element, end };
}
