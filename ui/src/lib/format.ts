// Numbers, times and lengths as the user's language writes them. Not sentences.
import { formatLocale } from './locale.svelte';
import { m } from './paraglide/messages';

const numbers = new Map<string, Intl.NumberFormat>();

function number(value: number, options: Intl.NumberFormatOptions): string {
  const key = formatLocale() + JSON.stringify(options);
  let format = numbers.get(key);
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(formatLocale(), options)));
  return format.format(value);
}

export function count(value: number): string {
  return number(value, {});
}

export function percent(share: number): string {
  return number(share, { style: 'percent', maximumFractionDigits: 0 });
}

const STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

function bytesIn(value: number, per: '' | '-per-second'): string {
  let step = 0;
  while (value >= 999.5 && step < STEPS.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  return number(value, {
    style: 'unit',
    unit: `${STEPS[step]}${per}`,
    unitDisplay: step === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function bytes(value: number): string {
  return bytesIn(value, '');
}

export function speed(bytesPerSecond: number): string {
  return bytesIn(bytesPerSecond, '-per-second');
}

const dates = new Map<string, Intl.DateTimeFormat>();

function date(value: number, options: Intl.DateTimeFormatOptions): string {
  const key = formatLocale() + JSON.stringify(options);
  let format = dates.get(key);
  if (!format) dates.set(key, (format = new Intl.DateTimeFormat(formatLocale(), options)));
  return format.format(value);
}

/** Fewer than a week: a weekday says which day. */
const DAYS_APART_MS = 6 * 24 * 3_600_000;

/** "14:05", with the day where it is another one: "Tue 14:05", "3 Mar, 14:05". */
export function timeOfDay(time: number, now: number): string {
  return date(time, { ...dayParts(time, now), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function dayParts(time: number, now: number): Intl.DateTimeFormatOptions {
  if (new Date(time).toDateString() === new Date(now).toDateString()) return {};
  return Math.abs(time - now) < DAYS_APART_MS ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
}

export function dayAndTime(time: number): string {
  return date(time, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}

/** "11 h 40 min", "9 min", "40 s": the two largest parts. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0 && minutes > 0) return m.duration_hours_minutes({ hours: count(hours), minutes });
  if (hours > 0) return m.duration_hours({ hours: count(hours) });
  if (minutes > 0) return m.duration_minutes({ minutes });
  return m.duration_seconds({ seconds: whole });
}

/** Cut in the middle, where a path says least. */
export function elideMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = Math.ceil((longest - 1) * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (longest - 1 - head))}`;
}
