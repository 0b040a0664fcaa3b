import { UsageError } from './usage-error.js';

/** Seconds since 1970 for people. */
export function dated(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? `${seconds} s after 1970` : time.toISOString().replace('.000Z', 'Z');
}

/** `90d`, or a date, in seconds since 1970. Throws `UsageError`. */
export function expiry(text: string, issued: number): number {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  const time = days === undefined ? Date.parse(text) / 1000 : issued + Number(days) * 86_400;
  if (!/^\d{4}-\d\d-\d\d|^\d{1,5}d$/.test(text) || Number.isNaN(time)) throw new UsageError(`--expires is a date, such as 2027-01-31, or days, such as 90d`);
  if (time <= issued) throw new UsageError('--expires is not after now');
  return Math.floor(time);
}
