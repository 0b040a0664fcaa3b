/** `pausepoint/react`: the pause for React 18 and 19. React is the app's own; nothing else is needed. */
import { createContext, createElement, type ReactElement, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { PausepointImage as ImageElement } from '../elements/image.js';
import './jsx.js';
import { type PageProtection, protect, type ProtectPageOptions } from '../protect/index.js';

export type { PageProtection, ProtectPageOptions } from '../protect/index.js';

/** What decides whether a protection has to be made anew. Functions are not among it: the last ones are called. */
const MADE_OF = ['ageBand', 'policy', 'model', 'locale', 'country', 'guard', 'camera', 'guardian', 'messages', 'contacts'] as const;

/**
 * Protects the page while the component is there.
 *
 * @param options - as those of `protect`; `guard` and other objects by their identity, so keep them from render to render
 * @returns what `protect` gives; `null` before the page is there, so on a server too
 */
export function useProtection(options: ProtectPageOptions = {}): PageProtection | null {
  const latest = useRef(options);
  latest.current = options;
  const [protection, setProtection] = useState<PageProtection | null>(null);
  useEffect(() => {
    const { current } = latest;
    const peerNow = (target: EventTarget | null) => {
      const { peer } = latest.current;
      return typeof peer === 'function' ? peer(target) : peer;
    };
    const made = protect(document, {
      ...current,
      peer: peerNow,
      onDecision: (decision) => latest.current.onDecision?.(decision),
      // Offered only where the app can do it.
      onBlock: current.onBlock && ((peer) => latest.current.onBlock?.(peer)),
      onSomeone: current.onSomeone && ((peer) => latest.current.onSomeone?.(peer)),
    });
    setProtection(made);
    return () => made.dispose();
  }, MADE_OF.map((name) => options[name]));
  return protection;
}

const Context = createContext<PageProtection | null>(null);

/** Protects the page while it is there, and gives what `usePausepoint` returns to all within. */
export function PausepointProvider({ children, ...options }: ProtectPageOptions & { children?: ReactNode }): ReactElement {
  return createElement(Context.Provider, { value: useProtection(options) }, children);
}

/** What protects the page: `beforeSend`, `openHelp`, `speakUp`, …; `null` until the page is there. */
export function usePausepoint(): PageProtection | null {
  return useContext(Context);
}

/** Properties of `PausepointImage`. */
export interface PausepointImageProps {
  /** The picture's address. */
  src?: string | undefined;
  /** The picture as a file; goes before `src`. */
  file?: Blob | undefined;
  /** What it shows, read out once it is shown. */
  alt: string;
  /** The app's name for who sent it. */
  peer?: string | undefined;
  className?: string | undefined;
}

/** `<pausepoint-image>`: a picture that came, covered until it was looked at. */
export function PausepointImage({ file, className, ...attributes }: PausepointImageProps): ReactElement {
  const element = useRef<ImageElement>(null);
  // React 18 knows attributes of such elements only.
  useEffect(() => {
    if (element.current !== null) element.current.file = file;
  }, [file]);
  return createElement('pausepoint-image', { ...attributes, class: className, ref: element });
}
