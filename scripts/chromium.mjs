/** Finds a Chromium for the browser tests, and installs Debian's where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [process.env.SEROSA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} path of the browser */
export function findChromium() {
  return PLACES.find((place) => place !== undefined && existsSync(place));
}

/** Installs Chromium and a font through apt when running as root on Debian or Ubuntu. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('Installing Chromium for the browser tests …');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], quiet);
  }
  const now = findChromium();
  if (!now)
    console.error(
      'No Chromium found: browser tests are skipped. Install one (Debian: apt-get install chromium) or set SEROSA_CHROMIUM to its path.',
    );
  return now;
}
