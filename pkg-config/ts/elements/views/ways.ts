import { el } from '../dom.js';
import { button, type Scope, text, tile } from '../view.js';

/** What "stop" is called: a picture is not sent, or not shown. */
export function stopLabel({ occasion, texts }: Scope): string {
  return occasion?.about === 'showing' ? texts.ways.stopShowing : texts.ways.stopSending;
}

/** In sight on every step: not going on, and help; alike. */
export function outAndHelp(scope: Scope): HTMLElement[] {
  return [
    button(stopLabel(scope), () => scope.choose('stop'), 'out'),
    button(scope.texts.ways.help, () => scope.go('help'), 'out'),
  ];
}

/** Whether there is a way on. A code that nobody can check is none. */
export function wayOn({ occasion, verify }: Scope): 'deliberate' | 'guardian' | 'none' {
  if (occasion === null) return 'none';
  return occasion.wayOn === 'guardian' && verify === null ? 'none' : occasion.wayOn;
}

/** All choices about a picture, alike, and why there is no way on where there is none. */
export function allWays(scope: Scope): Node[] {
  const { occasion, texts } = scope;
  if (occasion === null) return [];
  const { ways } = texts;
  const sending = occasion.about === 'sending';
  const on = wayOn(scope);
  const tiles = [
    ...(occasion.finding === 'unchecked' && occasion.canRetry ? [tile(ways.retry, 'retry', () => scope.choose('retry'))] : []),
    tile(stopLabel(scope), 'stop', () => scope.choose('stop')),
    ...(occasion.offers.someone ? [tile(ways.someone, 'someone', () => scope.choose('someone'))] : []),
    ...(occasion.offers.block ? [tile(ways.block, 'block', () => scope.choose('block'))] : []),
    tile(ways.help, 'help', () => scope.go('help')),
    ...(on === 'guardian' ? [tile(ways.guardianCode, 'key', () => scope.go('guardian'))] : []),
    ...(on === 'deliberate' ? [tile(sending ? ways.sendAnyway : ways.showAnyway, 'on', () => scope.go(sending ? 'confirm-send' : 'confirm-show'))] : []),
  ];
  return [el('div', { class: 'tiles' }, ...tiles), ...(on === 'none' ? [text(stays(scope), 'quiet')] : [])];
}

function stays({ occasion, texts }: Scope): string {
  const { about = 'sending', finding } = occasion ?? {};
  if (about === 'showing') return texts.stays.showing;
  return finding === undefined || finding === 'explicit' || finding === 'suggestive' ? texts.stays.sending : texts.stays[finding];
}
