// Light or dark, as asked for or as the system is. Not the colours (they are tokens).
import type { Theme } from '../generated/view';

const dark = (): MediaQueryList | undefined => window.matchMedia?.('(prefers-color-scheme: dark)');

let asked: Theme = 'system';

export function showTheme(theme: Theme): void {
  asked = theme;
  const shown = asked === 'system' ? (dark()?.matches ? 'dark' : 'light') : asked;
  document.documentElement.dataset.theme = shown;
}

if (typeof window !== 'undefined') dark()?.addEventListener('change', () => showTheme(asked));
