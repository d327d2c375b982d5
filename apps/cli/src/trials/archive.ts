/** Files that hold files: zip archives, whole or cut off, entry after entry, so that size does not matter. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';

/** One file of an archive: its content, or why there is none. */
export interface ArchiveEntry {
  readonly name: string;
  /** Has to be read or destroyed before the next entry is asked for. */
  readonly content?: Readable;
  readonly why?: string;
  /** How far into the archive this is, 0 to 1. */
  readonly part: number;
}

/** The archive as a whole is at fault. What came before is good. */
export class ArchiveFault extends Error {}

const STORED = 0;
const DEFLATED = 8;

/**
 * Files of a zip archive. An archive without its list of contents, as a download that was cut off leaves it, is walked from the front
 * and gives what is whole. Throws an {@link ArchiveFault} in the end when the archive is not whole.
 */
export async function* zipEntries(file: string): AsyncGenerator<ArchiveEntry> {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(file, { strictFileNames: false });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    yield* salvagedEntries(file);
    throw new ArchiveFault(
      `It is not a whole zip file (${messageOf(error)}). What could be found in it was read; fetch it again for the rest.`,
    );
  }
  let packed = 0;
  let count = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      count += 1;
      packed += entry.compressedSize;
      // Entries that share their bytes make a small file seem endless.
      if (packed > zip.fileSize)
        throw new ArchiveFault('Its entries overlap, as those of a zip bomb do. The rest of it was not read.');
      if (entry.fileName.endsWith('/')) continue;
      yield { name: entry.fileName, part: count / zip.entryCount, ...(await contentOf(zip, entry)) };
    }
  } catch (error) {
    if (error instanceof ArchiveFault || (error instanceof Error && 'syscall' in error)) throw error;
    throw new ArchiveFault(`Its list of contents is damaged (${messageOf(error)}). The rest of it was not read.`);
  } finally {
    zip.close();
  }
}

async function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<{ content: Readable } | { why: string }> {
  if (entry.isEncrypted()) return { why: 'It is encrypted. Unpack the archive with its password and import the files.' };
  if (!entry.canDecodeFileData())
    return {
      why: `It is packed in a way that is not read here (method ${entry.compressionMethod}). Pack it again as an ordinary zip.`,
    };
  try {
    return { content: checked(await zip.openReadStreamPromise(entry), entry.crc32) };
  } catch (error) {
    return { why: `It is damaged in the archive (${messageOf(error)}).` };
  }
}

/** The stream, which fails at its end when its bytes do not have the sum that the archive gives. */
function checked(content: Readable, sum: number): Readable {
  let found = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      found = crc32(chunk, found);
      done(null, chunk);
    },
    flush(done) {
      done(found === sum ? null : new Error('its bytes do not have the sum that the archive gives'));
    },
  });
  content.on('error', (error) => check.destroy(error));
  check.on('close', () => content.destroy());
  return content.pipe(check);
}

/** Signature of the header before each file (APPNOTE.TXT 4.3.7). */
const LOCAL_HEADER = Buffer.from([0x50, 0x4b, 3, 4]);
const HEADER_SIZE = 30;
/** Content is read from the disk in steps of this many bytes, so that packed content of unknown length ends early. */
const STEP = 64 * 1024;

/** Walks from header to header. The last file, which is usually cut off, is reported as such by its reader. */
async function* salvagedEntries(file: string): AsyncGenerator<ArchiveEntry> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    let at = await nextHeader(handle, 0, size);
    while (at !== undefined) {
      const header = Buffer.alloc(HEADER_SIZE);
      if ((await handle.read(header, 0, HEADER_SIZE, at)).bytesRead < HEADER_SIZE) return;
      const flags = header.readUInt16LE(6);
      const method = header.readUInt16LE(8);
      // Absent where the sizes follow the content; then the packed content itself tells its end.
      const packed = (flags & 8) === 0 ? header.readUInt32LE(18) : undefined;
      const nameLength = header.readUInt16LE(26);
      const name = Buffer.alloc(nameLength);
      await handle.read(name, 0, nameLength, at + HEADER_SIZE);
      const start = at + HEADER_SIZE + nameLength + header.readUInt16LE(28);
      const entry = { name: name.toString('utf8'), part: at / size };
      let end = start + (packed ?? 0);
      if (!entry.name.endsWith('/')) {
        if ((flags & 1) !== 0) yield { ...entry, why: 'It is encrypted.' };
        else if (method === STORED && packed !== undefined && end <= size)
          yield { ...entry, content: checked(range(file, start, end), header.readUInt32LE(14)) };
        else if (method === DEFLATED) {
          const inflate = createInflateRaw();
          const raw = range(file, start, packed === undefined ? size : Math.min(end, size));
          raw.on('error', (error) => inflate.destroy(error));
          inflate.on('close', () => raw.destroy());
          raw.pipe(inflate);
          yield { ...entry, content: packed === undefined ? inflate : checked(inflate, header.readUInt32LE(14)) };
          end = packed === undefined ? start + inflate.bytesWritten : end;
        } else yield { ...entry, why: 'It is cut off, or packed in a way that is not read here.' };
      }
      at = await nextHeader(handle, Math.max(end, start), size);
    }
  } finally {
    await handle.close();
  }
}

const range = (file: string, start: number, end: number): Readable =>
  createReadStream(file, { start, end: Math.max(start, end - 1), highWaterMark: STEP });

/** Offset of the next header from here on. */
async function nextHeader(handle: FileHandle, from: number, size: number): Promise<number | undefined> {
  const buffer = Buffer.alloc(STEP);
  for (let at = from; at < size; at += STEP - LOCAL_HEADER.length + 1) {
    const { bytesRead } = await handle.read(buffer, 0, STEP, at);
    const found = buffer.subarray(0, bytesRead).indexOf(LOCAL_HEADER);
    if (found >= 0) return at + found;
  }
  return undefined;
}

export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.$/, '');
}
