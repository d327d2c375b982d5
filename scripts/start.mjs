/** `npm start`: installs and builds what is missing, then serves the page. */
import path from 'node:path';
import { root, run } from './run.mjs';

await import('./build.mjs');
run(process.execPath, [path.join(root, 'apps/cli/bin/serosa.js'), 'serve', ...process.argv.slice(2)]);
