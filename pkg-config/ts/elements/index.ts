/** `pausepoint/elements`: what a person sees, as custom elements. Importing it does nothing; `defineElements` does. */
export type { AgeBand } from '../client/options.js';
export { LANGUAGES, textsIn } from '../i18n/index.js';
export type { Texts } from '../i18n/texts.js';
export type { MessageAdvice, MessageLevel, MessagePattern } from '../messages/messages.js';
export { defineElements } from './define.js';
export { type AskOptions, PausepointIntervention, type Verify } from './intervention.js';
export type { Choice, Finding, HelpTopic, Occasion } from './occasion.js';
export type { StepName } from './path.js';
export type { PausepointImage } from './image.js';
export type { PausepointElements } from './tags.js';
export { PausepointStatus, type StatusOptions } from './status.js';
