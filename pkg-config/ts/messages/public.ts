/** What both entries of `pausepoint/messages` export. */
export { MessageError } from './message-error.js';
export type {
  ChatMessage,
  ExplainedSpan,
  LanguagePackInfo,
  LanguagePacks,
  MessageAdvice,
  MessageLevel,
  MessageOutlook,
  MessagePattern,
  Messages,
  OutgoingDetails,
  PeerAbout,
  PictureEvent,
} from './messages.js';
export type { Language, MessagesOptions } from './options.js';
