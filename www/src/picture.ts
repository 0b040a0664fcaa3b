import type { ImageSource } from 'pausepoint';

/** A picture that was brought to the page. */
export interface Picture {
  name: string;
  /** What is checked, as often as settings change, and shown if that may be. */
  content: Blob | HTMLCanvasElement;
  /** For the first check, in place of `content`: where it was taken from, which may not last. */
  live?: ImageSource;
}
