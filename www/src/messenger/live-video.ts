import type { Guard, WatchState } from 'pausepoint/protect';
import { el } from '../dom.js';
import { flight } from './clip.js';
import { TEXT } from './text.js';

/** A video call that is a drawing: covered until the guard has seen it, and whenever it cannot see it. */
export function liveVideo(guard: Guard, name: string, onState: (isShown: boolean) => void): { element: HTMLElement; end(): void } {
  const { stream, end: endFlight } = flight();
  const video = el('video', { muted: true, playsinline: true, 'aria-label': TEXT.thread.liveFrom(name) });
  const cover = el('p', { class: 'live-cover' }, TEXT.thread.liveCovered);
  const hangUp = el('button', { type: 'button' }, TEXT.thread.hangUp);
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
    element.replaceChildren(el('p', {}, TEXT.thread.callEnded));
  };
  hangUp.addEventListener('click', end, { once: true });
  return { element, end };
}
