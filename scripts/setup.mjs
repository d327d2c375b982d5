/** Makes a fresh clone ready: packages, then a build. `npm run setup` */
import { ensureInstalled } from './run.mjs';

ensureInstalled();
await import('./build.mjs');
console.error('Ready. `npx serosa --help` shows what it can do, `npm start` opens the page.');
