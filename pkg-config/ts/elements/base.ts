/** What the elements extend: where there is no DOM, as in Node, nothing, so that importing them does no harm. */
export const ElementBase: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);
