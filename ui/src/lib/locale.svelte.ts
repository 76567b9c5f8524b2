// Which language the window speaks. Not the words (they are in `messages/`).
import type { Language } from '../generated/view';
import { overwriteGetLocale, type Locale } from './paraglide/runtime';

let current: Locale = $state('en');
overwriteGetLocale(() => current);

export function locale(): Locale {
  return current;
}

/** The locale for dates and numbers: the system's own variant of the language, if it has one. */
export function formatLocale(): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === current) ?? current;
}

export function speak(language: Language): void {
  current = language === 'system' ? ofSystem() : language;
}

function ofSystem(): Locale {
  for (const tag of navigator.languages) {
    const language = tag.split('-')[0];
    if (language === 'en' || language === 'ja') return language;
  }
  return 'en';
}
