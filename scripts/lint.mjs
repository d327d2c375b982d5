/** One check for style, types, import boundaries and knowledge. `npm run lint` */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, root, run } from './run.mjs';

ensureInstalled();
run(process.execPath, [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '.']);
run(process.execPath, [path.join(root, 'node_modules/typescript-native/bin/tsc'), '-b']);
const cruise = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
run(process.execPath, [cruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'packages', 'apps']);
// A boundary check that finds nothing because it reads nothing would pass in silence: this fixture must fail.
const seeded = spawnSync(
  process.execPath,
  [cruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'tests/fixtures/boundaries/packages'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
if (seeded.status === 0 || !seeded.stdout.includes('core-is-pure')) {
  console.error('The boundary check let the seeded violation in tests/fixtures/boundaries pass: it checks nothing.');
  process.exit(1);
}
console.error('lint: style, types and boundaries hold');
