import { textsIn } from '../i18n/index.js';
import { ElementBase } from './base.js';
import { el } from './dom.js';
import { localeOf } from './locale.js';
import { adopt } from './sheet.js';
import { STATUS_STYLE } from './status-style.js';
import { schemeOf } from './tokens.js';

/** Options of `show`. */
export interface StatusOptions {
  /** Something that can be done about it. It hides the notice. */
  action?: { label: string; run: () => void } | undefined;
  /** Stays until `hide`, the action or the next notice. Default: with an action yes, else no. */
  lasting?: boolean | undefined;
}

/** Long enough to be read twice. */
const SHORTEST_MS = 6000;
const PER_CHARACTER_MS = 70;

/**
 * `<pausepoint-status>`: says something without interrupting, such as that a picture is being looked at. It is read aloud
 * when there is time, takes no focus, and stands over the page's own dialogs where browsers have popovers.
 */
export class PausepointStatus extends ElementBase {
  #surface: HTMLElement | null = null;
  readonly #said = globalThis.document === undefined ? (null as never) : el('div', { class: 'said', part: 'text', role: 'status' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  /** Shows a text, in the place of the one before. */
  show(text: string, { action, lasting = action !== undefined }: StatusOptions = {}): void {
    this.#stop();
    const surface = (this.#surface ??= this.#build());
    const texts = textsIn(localeOf(this));
    surface.lang = texts.language;
    surface.dir = texts.direction;
    surface.dataset['scheme'] = schemeOf(this);
    this.#said.textContent = '';
    surface.replaceChildren(this.#said, ...this.#actions(action, lasting ? null : texts.dismiss));
    raise(surface);
    // Screen readers hear what changes in something that is there already.
    this.#frame = requestAnimationFrame(() => (this.#said.textContent = text));
    if (!lasting) this.#timer = setTimeout(() => this.hide(), SHORTEST_MS + PER_CHARACTER_MS * text.length);
  }

  hide(): void {
    this.#stop();
    this.#said.textContent = '';
    if (this.#surface === null) return;
    if (canPop(this.#surface) && this.#surface.isConnected) this.#surface.hidePopover();
    this.#surface.hidden = true;
    this.#surface.replaceChildren(this.#said);
  }

  /** @internal */
  disconnectedCallback(): void {
    if (this.#surface !== null) this.hide();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  #build(): HTMLElement {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    adopt(root, STATUS_STYLE);
    const surface = el('div', { class: 'surface', part: 'surface', popover: 'manual', hidden: true }, this.#said);
    root.append(surface);
    return surface;
  }

  #actions(action: StatusOptions['action'], dismiss: string | null): Node[] {
    const labelled = (label: string, run: () => void) => {
      const made = el('button', { type: 'button', part: 'button' }, label);
      made.addEventListener('click', () => {
        this.hide();
        run();
      });
      return made;
    };
    const made = [
      ...(action === undefined ? [] : [labelled(action.label, action.run)]),
      ...(dismiss === null ? [] : [labelled(dismiss, () => {})]),
    ];
    return made.length === 0 ? [] : [el('div', { class: 'actions' }, ...made)];
  }
}

const canPop = (surface: HTMLElement) => typeof surface.showPopover === 'function';

/** Shows it above whatever has been opened since. Without popovers it is fixed to the page, below modal dialogs. */
function raise(surface: HTMLElement): void {
  surface.hidden = false;
  if (!canPop(surface) || !surface.isConnected) return;
  surface.hidePopover();
  surface.showPopover();
}
