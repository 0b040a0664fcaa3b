import type { ContactDecision } from 'pausepoint/contact';
import { kite } from '../drawings.js';
import { showKeptAway } from '../list-view.js';
import { tell } from '../narrator.js';
import { ANA, LOU, MILO, ROB, SUNNY } from '../people.js';
import type { Scene } from './scene.js';

export const friend: Scene = async ({ messenger }, signal) => {
  messenger.restart(ANA);
  messenger.open(ANA.id, false);
  tell('Ana writes', 'Every message is read on this device as it comes, and so is this one.');
  await messenger.say(ANA.id, 'Did you finish the maths sheet? Number four is strange', signal);
  await messenger.say(ANA.id, 'I drew the kite from Saturday, look', signal);
  messenger.add(ANA.id, { is: 'media', from: 'peer', file: await kite() });
  await messenger.say(ANA.id, 'See you at practice on Thursday', signal);
  tell('Nothing got in the way', 'The picture was covered for the moment that it took to look at it. There was nothing to say, so nothing was said.');
};

const GATE_TOLD: Partial<Record<ContactDecision, [string, string]>> = {
  block: ['Two requests were kept away', 'At 13 to 15, adults whom nobody around you knows cannot write. Under Requests you can see how many, and why. They are not told.'],
  'ask-guardian': ['Two requests were kept away', 'Under 13, a guardian is asked about the one, and the other cannot write at all. You see how many, and why. They are not told.'],
  quarantine: ['One request waits, one was kept away', 'At 16 and 17, an adult without a sign against them waits under Requests: no preview, no sound. The other has many signs against them.'],
};

export const gate: Scene = async ({ messenger }, signal) => {
  for (const { id } of [ROB, SUNNY]) messenger.remove(id);
  messenger.showList();
  const { gate: found } = await messenger.request(ROB);
  signal.throwIfAborted();
  await messenger.request(SUNNY);
  showKeptAway();
  const told = GATE_TOLD[found?.decision ?? 'block'];
  if (told !== undefined) tell(...told);
};

const MILO_WRITES = [
  'Hey, good round yesterday. The game chat is so slow, so I write to you here',
  'I’m 15 too, we play the same map all the time',
  'You are really nice to talk to. Can you send me a pic of you?',
  'Not that kind. A private one, just for me. Keep it between us',
  'Too late. I have screenshots. Send 50 in gift cards or I post it to all your followers',
  'You have one hour. If you block me everyone sees it',
] as const;

export const pressure: Scene = async ({ messenger, protection }, signal) => {
  messenger.restart(MILO);
  messenger.open(MILO.id, false);
  tell('Somebody from a game writes', 'It begins like any other chat. Each message is weighed together with those before it.');
  for (const text of MILO_WRITES) {
    const outlook = await messenger.say(MILO.id, text, signal);
    if (outlook?.raised !== true) continue;
    if (outlook.level !== 'warn') {
      tell('The chat was noticed', 'A calm line says what it looks like and what helps. Nothing is locked, and nobody is told.');
      continue;
    }
    tell('It speaks up', 'It looks like threats or pressure now, so there is a question, with ways out. Nobody is told what you choose.');
    const choice = await protection.page.speakUp(MILO.id, outlook, { signal });
    if (choice === 'block') return tell('The account is blocked', 'It was your choice. The messages stay here, as they can help later.');
    if (choice === 'someone') return;
  }
  tell('It spoke up, and the chat is yours', 'It misses some and is wrong about others, so it says “looks like”. Send the pretend picture here, and the pause knows what kind of chat it is.');
};

export const details: Scene = async ({ messenger }, signal) => {
  const view = messenger.restart(LOU);
  messenger.open(LOU.id, false);
  tell('An adult asks for your number', 'Wanting to be called is nothing bad. A second to think costs nothing.');
  await messenger.say(LOU.id, 'Size 39 is still here. Which number can I call?', signal);
  // From the range that is kept free for films.
  view.composer.write('Great, my number is +44 7700 900123');
  await view.composer.submit();
};
