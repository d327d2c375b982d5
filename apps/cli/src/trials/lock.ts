/** One writer at a time in a folder, and no lock that outlives its process. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '../input.js';

/** Everything a lock says stands in its name, so that nobody can read half of it: process, birth of the process, machine. */
const NAME = /^(\d+)~(\d*)~(.+)\.lock$/;

/** How often two processes that started in the same moment and both gave way try again. */
const ATTEMPTS = 3;

/**
 * Runs the work while no other process does the same in this folder. Everybody first puts up a lock and only then looks for
 * others, so of two processes at least one sees the other and gives way. The lock of a process that has ended is removed.
 * Throws a {@link Refusal} when another process is at work.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const own = `${process.pid}~${(await birthOf(process.pid)) ?? ''}~${encodeURIComponent(hostname())}.lock`;
  const file = path.join(folder, own);
  let other: string | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await writeFile(file, '', { flag: 'wx' });
    try {
      other = await otherLock(folder, own);
      if (other === undefined) return await work();
    } finally {
      await rm(file, { force: true });
    }
    await wait(50 + Math.random() * 200);
  }
  throw new Refusal([
    {
      code: 'store-in-use',
      message: `Another process, ${NAME.exec(other as string)?.[1]}, is writing to the store of trials.`,
      at: folder,
      remedy: `Wait until it has ended. If it runs on a machine that is no longer there, remove ${path.join(folder, other as string)}.`,
    },
  ]);
}

async function otherLock(folder: string, own: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const [, pid, birth, host] = NAME.exec(name) ?? [];
    if (name === own || pid === undefined) continue;
    // Whether a process of another machine is alive cannot be seen from here.
    if (host !== encodeURIComponent(hostname()) || (await isAlive(Number(pid), birth as string))) return name;
    await rm(path.join(folder, name), { force: true });
  }
  return undefined;
}

async function isAlive(pid: number, birth: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not permitted to signal it: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // Process numbers are used again; the moment of birth tells the two apart where the system gives it.
  return birth === '' || (await birthOf(pid)) === birth;
}

/** Start of a process in clock ticks since boot (proc(5), field 22 of stat). Undefined: ended, or not a system with /proc. */
async function birthOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name in brackets, may hold blanks and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
