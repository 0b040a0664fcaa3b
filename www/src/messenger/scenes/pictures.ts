import { hills, lighthouse } from '../drawings.js';
import { LINES, METADATA } from '../text.js';
import { tell } from '../narrator.js';
import { ANA, MILO } from '../people.js';
import { DEMO_PIN } from '../demo-guardian.js';
import { showPin, spaced } from '../pin-note.js';
import { pretendThatAsks } from '../tray.js';
import type { Scene } from './scene.js';

export const pause: Scene = async ({ messenger }, signal) => {
  messenger.open(ANA.id, false);
  tell('You are about to send a picture', 'It is a drawing. The demo pretends that it may show something intimate, so that you can meet the pause.');
  await messenger.send(ANA.id, await pretendThatAsks(), signal);
};

export const blur: Scene = async ({ messenger }, signal) => {
  messenger.restart(MILO);
  messenger.open(MILO.id, false);
  await messenger.say(MILO.id, 'I made this one today', signal);
  messenger.add(MILO.id, { is: 'media', from: 'peer', file: await pretendThatAsks() });
  tell('A picture came, and it stays covered', 'It is a drawing, and the demo pretends that something was found. You need not look. You can show it, block, or get help, and nobody is told which.');
};

export const place: Scene = async ({ messenger, metadata }, signal) => {
  messenger.open(ANA.id, false);
  const tool = await metadata;
  const file = await lighthouse();
  const { found } = await tool.scan(file, { signal });
  const says = found.flatMap(({ kind }) => (kind in METADATA ? [METADATA[kind as keyof typeof METADATA]] : []));
  tell('This file says more than its picture', `Inside it: ${says.join(', ')}. The place is 51°28′40″ N, 0°0′5″ W, an observatory in Greenwich; 4 October 2026, 16:20, “Pretend Camera One”.`);
  const [sent] = await messenger.send(ANA.id, file, signal);
  if (sent === undefined) return;
  const left = (await tool.scan(sent, { signal })).found.length;
  tell(left === 0 ? 'What arrives is the picture alone' : LINES.unable, 'Read again after sending: no place, no time, no camera. The pixels are the same.');
};

export const code: Scene = async ({ messenger, guardian, protectAs }, signal) => {
  tell('A guardian is set up for the demo', 'It lives in the memory of this page. The age is now under 13, where somebody else is asked.');
  await guardian.setUp();
  signal.throwIfAborted();
  protectAs('under-13');
  messenger.open(ANA.id, false);
  if (guardian.isDemo) {
    tell(`Demo code: ${spaced(DEMO_PIN)}`, 'Under 13, a guardian’s code lets one picture go on. The guardian sees neither the picture nor what was found. It may also simply stay.');
  } else {
    tell('The guardian’s code of this device is asked for', 'A guardian was set up on the guardian page, so that code counts. The guardian sees neither the picture nor what was found.');
  }
  const hidePin = guardian.isDemo ? showPin() : () => {};
  try {
    await messenger.send(ANA.id, await pretendThatAsks(), signal);
  } finally {
    hidePin();
  }
};

export const never: Scene = async ({ messenger, protection }, signal) => {
  messenger.open(ANA.id, false);
  const guard = await protection.guard;
  tell('The hills are on your own list now', 'Only a kind of fingerprint is kept, not the picture. Copies of it are known, also turned and reduced ones. This is the engine’s own work, nothing is pretended.');
  if (!guard.ownList.names.includes('hills')) await guard.ownList.add(await hills(), 'hills');
  signal.throwIfAborted();
  const whole = await createImageBitmap(await hills());
  const canvas = new OffscreenCanvas(480, 360);
  canvas.getContext('2d')?.drawImage(whole, 0, 0, 480, 360);
  const copy = new File([await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.7 })], 'a-smaller-copy.jpg', { type: 'image/jpeg' });
  await messenger.send(ANA.id, copy, signal);
  tell('A smaller copy was recognised', 'It stayed, because you once said that this picture is never to go out. The list is gone when you leave the page.');
};

