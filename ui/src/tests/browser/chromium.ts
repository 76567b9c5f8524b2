// Where the system's Chromium is. Tests download none.
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

export function chromiumPath(): string {
  const named = process.env.CHROMIUM;
  const found = named ? [named].find(existsSync) : PLACES.find((place) => existsSync(place));
  if (found) return found;
  throw new Error(
    named
      ? `The UI's tests need a Chromium, and there is none at CHROMIUM=${named}.`
      : "The UI's tests need a Chromium, and this machine has none where it is looked for. " +
          'Debian: apt install chromium. Elsewhere: set CHROMIUM to the path of a Chromium or Chrome.',
  );
}
