/** Fetches the official FHIR example sets from the package registry into .cache/fhir, for the tests that read them all. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './run.mjs';

const SETS = ['hl7.fhir.us.mcode@4.0.0', 'hl7.fhir.r4.examples@4.0.1'];

export function fetchFhirExamples() {
  const cache = path.join(root, '.cache/fhir');
  mkdirSync(cache, { recursive: true });
  for (const set of SETS) {
    const [name, version] = set.split('@');
    const target = path.join(cache, name);
    if (existsSync(path.join(target, 'package'))) continue;
    const packed = spawnSync('npm', ['pack', set, '--silent', '--pack-destination', cache], { cwd: cache, encoding: 'utf8' });
    const tarball = path.join(cache, `${name}-${version}.tgz`);
    if (packed.status !== 0 || !existsSync(tarball)) {
      console.error(`${set} could not be fetched: the tests over it are skipped.`);
      continue;
    }
    const unpacking = `${target}.part`;
    rmSync(unpacking, { recursive: true, force: true });
    mkdirSync(unpacking, { recursive: true });
    const unpacked = spawnSync('tar', ['-xzf', tarball, '-C', unpacking]);
    if (unpacked.status !== 0) continue;
    rmSync(target, { recursive: true, force: true });
    renameSync(unpacking, target);
    rmSync(tarball);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) fetchFhirExamples();
