/** `npm test`: installs what is missing, builds, lints, runs every test, and ends in one line that counts them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './run.mjs';

ensureInstalled();
const { ensureChromium } = await import('./chromium.mjs');
const { fetchFhirExamples } = await import('./fetch-fhir-examples.mjs');
const chromium = ensureChromium();
fetchFhirExamples();

const step = (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
const built = step(['scripts/build.mjs']);
const linted = built && step(['scripts/lint.mjs']);

const results = path.join(root, '.cache/test-results.json');
mkdirSync(path.dirname(results), { recursive: true });
rmSync(results, { force: true });
const env = { ...process.env, ...(chromium ? { SEROSA_CHROMIUM: chromium } : {}) };
const vitest = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env },
);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const summary = JSON.parse(readFileSync(results, 'utf8'));
  passed = summary.numPassedTests;
  failed = summary.numFailedTests;
  skipped = summary.numPendingTests + (summary.numTodoTests ?? 0);
  // A file that does not load fails no test of its own.
  failed += summary.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
} catch {
  failed += 1;
}
if (!built) console.error('The build failed.');
if (built && !linted) console.error('The lint failed.');
failed += (built ? 0 : 1) + (built && !linted ? 1 : 0);
if (failed === 0 && vitest.status !== 0) failed = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
