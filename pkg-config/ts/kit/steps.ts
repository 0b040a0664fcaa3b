import { emergencyOf, type ServiceKind } from './directory.js';
import type { Service } from './services.js';
import { fill, STEPS, type StepCode, type Texts } from './texts/texts.js';

/** Something to do next. */
export interface Step {
  code: StepCode;
  title: string;
  text: string;
  /** Who helps with it. */
  services: Service[];
}

/** Whose services belong to a step. */
const HELPED_BY: Partial<Record<StepCode, ServiceKind>> = { talk: 'helpline', remove: 'removal', report: 'report' };

/** The steps to take in a country, the most pressing first. */
export function stepsFor(country: string | null, services: readonly Service[], texts: Texts): Step[] {
  const numbers = emergencyOf(country).join(` ${texts.or} `);
  return STEPS.map((code) => {
    const kind = HELPED_BY[code];
    const helping = services.filter((service) => service.kind === kind);
    const { title, text } = texts.steps[code];
    const told = code === 'safety' && numbers === '' ? texts.safetyWithoutNumber : fill(text, { numbers });
    const offer = kind === undefined || helping.length === 0 ? '' : ` ${texts.services[kind]}`;
    return { code, title, text: `${told}${offer}`, services: helping };
  });
}
