/** Small helpers that every script shares: run a command, and find out what is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a command in the repository's root and stops the script when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (done.error) throw done.error;
  if (done.status !== 0) process.exit(done.status ?? 1);
  return done;
}

/** Installs the packages when they are missing or do not belong to this lock file. */
export function ensureInstalled() {
  const stamp = path.join(root, 'node_modules', '.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  const wanted = ['vitest', 'typescript-native', 'vite', 'fastify'];
  const missing = !existsSync(stamp) || wanted.some((name) => !existsSync(path.join(root, 'node_modules', name)));
  if (!missing) return;
  const npm = process.env.npm_execpath;
  const args = existsSync(lock) ? ['ci', '--no-audit', '--no-fund'] : ['install', '--no-audit', '--no-fund'];
  console.error('Installing packages …');
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

export function readJson(relative) {
  return JSON.parse(readFileSync(path.join(root, relative), 'utf8'));
}
