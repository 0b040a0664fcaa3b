/** The language of an element: what it was told, else the nearest `lang` around it, else the browser's. */
export function localeOf(element: HTMLElement): string {
  return element.getAttribute('locale') || nearestLang(element) || navigator.language;
}

/** Also outside of the shadow trees that it is in. */
function nearestLang(element: Element): string | null {
  const near = element.closest('[lang]');
  if (near !== null) return near.getAttribute('lang');
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? nearestLang(root.host) : null;
}

/** The country that a locale names, if it names one. */
export function regionOf(locale: string): string | null {
  try {
    return new Intl.Locale(locale).region ?? null;
  } catch {
    return null;
  }
}

/** An ISO 3166-1 code in the form of the help directory, or `null` if it is none. The United Kingdom is better known as UK. */
export function countryCode(country: string): string | null {
  const code = country.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) return null;
  return code === 'UK' ? 'GB' : code;
}
