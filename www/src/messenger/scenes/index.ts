import { tell } from '../narrator.js';
import type { SceneName } from '../text.js';
import { details, friend, gate, pressure } from './chats.js';
import { blur, code, never, pause, place } from './pictures.js';
import type { Scene } from './scene.js';
import { call, video } from './videos.js';

const help: Scene = async ({ protection }) => {
  tell('Help is open', 'It works without an account and without saying why. Nobody is told that it was opened.');
  await protection.page.openHelp();
};

export const ALL: Readonly<Record<SceneName, Scene>> = { friend, gate, pressure, pause, blur, video, call, place, details, code, never, help };
