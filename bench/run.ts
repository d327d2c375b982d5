/** Side-by-side benchmarks. Each prints ratios measured in one run; none is an assertion. `npm run bench` */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

await import('./one-case.js');
await import('./guide.js');
await import('./trials.js');
await import('./page.js');

console.log('\nThe command line as a whole process (budget: under 1 s)');
const start = (args: readonly string[]): number => {
  const begin = performance.now();
  const done = spawnSync(process.execPath, args, { cwd: root, maxBuffer: 64e6 });
  if (done.status !== 0) throw new Error(done.stderr.toString());
  return performance.now() - begin;
};
const cli = path.join(root, 'apps/cli/bin/serosa.js');
for (const [name, args] of [
  ['node alone', ['-e', '0']],
  ['serosa report, text', [cli, 'report', 'examples/john.yaml', '--as-of', '2026-11-24']],
  ['serosa report, json', [cli, 'report', 'examples/john.yaml', '--as-of', '2026-11-24', '--format', 'json']],
  ['serosa report, html', [cli, 'report', 'examples/john.yaml', '--as-of', '2026-11-24', '--format', 'html']],
] as const) {
  const taken = Array.from({ length: 7 }, () => start(args)).sort((a, b) => a - b);
  console.log(`  ${name.padEnd(24)} median ${(taken[3] as number).toFixed(0)} ms`);
}
