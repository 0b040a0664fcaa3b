import type { Texts } from './texts.js';

export const en: Texts = {
  language: 'en',
  direction: 'ltr',
  title: 'My next steps',
  lead: [
    'Whatever happened, it is not your fault. If somebody shares your picture, or says that they will, that was their choice.',
    'You do not have to go through this alone, and a lot can be done about it. Take one step at a time. You can stop anywhere and go on another day.',
  ],
  stepsHeading: 'What you can do',
  steps: {
    safety: {
      title: 'You come first',
      text: 'If you are in danger, or feel that you might hurt yourself, call {numbers} now. They are there for you, too.',
    },
    talk: {
      title: 'Talk to somebody you trust',
      text: 'A parent, a relative, a friend, a teacher. You can say as little as you like, or just show them this page.',
    },
    'do-not-pay': {
      title: 'Don’t pay, and don’t send more',
      text: 'If somebody asks for money or for more pictures, you do not have to answer. Paying or sending more rarely makes it stop. If you already did, that is all right: you can stop now, and every step here still helps.',
    },
    'keep-messages': {
      title: 'Keep the messages, then block',
      text: 'Messages, user names and times show what was done to you. Take screenshots of the chat, leaving the intimate picture out, and note the address of the account. Then report the account and block it. Your own account and the chat can stay: they may help you later.',
    },
    remove: {
      title: 'Ask for the pictures to be taken down',
      text: 'There are services that work on this every day. Each says below what it needs. Most make the hashes themselves: you choose the picture on their page, and the picture stays with you.',
    },
    report: {
      title: 'Report it where it was shared',
      text: 'Apps and sites let you report an intimate picture that is shared without your consent, and people who threaten you. Somebody you trust can do it with you.',
    },
    'hand-over': {
      title: 'Give hashes only to those who ask for them',
      text: 'A service, or the safety team of an app, may ask for hashes that are made already. The CSV or JSON file of this kit is for them. Nobody else needs it. Never send the pictures themselves by message or mail.',
    },
    'keep-or-delete': {
      title: 'This page is yours',
      text: 'Keep it where only you can open it, or delete it when you no longer need it. It can be made again at any time.',
    },
  },
  safetyWithoutNumber:
    'If you are in danger, or feel that you might hurt yourself, call the emergency number of your country now. They are there for you, too.',
  services: {
    helpline: 'If that feels too hard right now, these people listen. They are used to hearing about this.',
    removal: 'You can use more than one:',
    report: 'These take reports as well:',
  },
  or: 'or',
  who: {
    'under-18': 'For people under 18.',
    adult: 'For people of 18 and over.',
    anyone: 'For people of any age.',
  },
  pictured: {
    'under-18': 'For pictures that show you under 18, whatever your age is now.',
    adult: 'For pictures that show you at 18 or over.',
  },
  takes: {
    'picture-hashes-made-there': 'Makes the hashes in your browser. You choose the picture there, and it stays on your device.',
    'picture-upload': 'Takes the picture itself, through a secure page. People who are trained for it look at it to get it removed.',
    url: 'Takes the address of the page where the picture is.',
    'report-form': 'Has a form in which you can tell what happened.',
    call: 'Call {phone}.',
    'text-message': 'Send a message: {text}.',
    chat: 'Has a chat.',
    email: 'Answers mail.',
    'advice-page': 'Explains what you can do, step by step.',
    'country-choice': 'You choose your country there, and it says who helps.',
  },
  languages: 'Languages: {languages}.',
  overdue: 'This was not looked at for some time and may have changed. Open the page first.',
  aboutHeading: 'About the hashes',
  about: [
    'The pictures are not in this kit. Nothing was sent to anybody: the hashes were made on this device.',
    'A hash is a row of digits that is computed from a file. Services find copies with it, without having the picture.',
    'The picture itself cannot be made again from its hash. But a PDQ hash gives away a little: roughly where the picture is light and dark. And anybody who has the same picture can tell that the hash is of it. So share hashes only with services that help with removal.',
    'PDQ comes in two families that do not match each other, so always give the family with the hash. 512-nearest is what the web pages of removal services compute, full-size what python-threatexchange does.',
    'A PDQ hash of quality below 50 is marked as unreliable: it says too little to tell the picture from others. SHA-256 and MD5 find exact copies all the same.',
  ],
  filesHeading: 'Your files',
  noFiles: 'No files were chosen. The steps above are for you all the same.',
  file: 'File {number}',
  upright: '{type}, as shown',
  quality: 'quality {quality}',
  lowQuality: 'unreliable: quality {quality}',
  noPdq: 'There is no PDQ hash, as this is no picture that could be read. SHA-256 and MD5 find exact copies.',
  made: 'Made on {made}. Help directory of {version}.',
};
