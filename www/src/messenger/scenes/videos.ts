import { recordClip } from '../clip.js';
import { liveVideo } from '../live-video.js';
import { tell } from '../narrator.js';
import { ANA } from '../people.js';
import type { Scene } from './scene.js';

export const video: Scene = async ({ messenger }, signal) => {
  messenger.open(ANA.id, false);
  tell('A short video is being made', 'Two seconds of a drawing that moves, recorded on this device.');
  const clip = await recordClip(signal);
  tell('The video waits', 'It is looked at from start to end before anybody else can see it.');
  const sent = await messenger.send(ANA.id, clip, signal);
  if (sent.length > 0) tell('The video went out', 'Nothing was found in any of the frames that were looked at.');
};

export const call: Scene = async ({ messenger, protection }, signal) => {
  messenger.open(ANA.id, false);
  tell('Ana’s video comes in', 'A live video is covered until a frame of it was looked at, and whenever none could be.');
  const guard = await protection.guard;
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const live = liveVideo(guard, ANA.name, (isShown) => {
      if (!isShown) return;
      tell('The video is shown', 'Its newest frame is looked at up to five times a second, and the cover comes back within one. Nothing is recorded.');
      resolve();
    });
    signal.addEventListener('abort', () => {
      live.end();
      reject(signal.reason as Error);
    });
    messenger.add(ANA.id, { is: 'live', element: live.element });
  });
};
