type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Makes an element. Attributes that are `false` or `undefined` are left out; text is always text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children);
}

/** Makes a part of a drawing. */
export function svg(name: string, attributes: Attributes = {}, ...children: readonly Node[]): SVGElement {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement, attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly (Node | string)[]): E {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}
