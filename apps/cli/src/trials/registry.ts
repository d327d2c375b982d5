/** Asking a registry over the net, politely: one request at a time, a pause between two, and patience with a busy service. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@serosa/core';
import { Refusal } from '../input.js';

export interface ClientOptions {
  /** Between the end of a request and the next, milliseconds. Also the first wait before a request is tried again. */
  readonly pause: number;
  /** Milliseconds for one request with its whole answer. */
  readonly timeout: number;
  readonly userAgent: string;
  /** Told of each wait before another try. */
  readonly onWait: (why: string, milliseconds: number) => void;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Read JSON of a 200. */
  readonly body?: unknown;
  /** Words of any other answer. */
  readonly text: string;
}

/** The service is busy or hurt for the moment. */
const TRY_AGAIN: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const ATTEMPTS = 5;
/** Longest wait between two tries that is borne, milliseconds. */
const LONGEST_WAIT = 5 * 60_000;
/** Largest answer, in bytes after decompression: a page of 1,000 studies is far below. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

export class RegistryClient {
  #ended = 0;

  constructor(readonly options: ClientOptions) {}

  /**
   * One answer. 200 is read as JSON; 304 and refusals such as 400 and 404 are handed back. Busy answers and cut connections are
   * tried again with growing pauses. Throws a {@link Refusal} when the registry gives no answer in the end.
   */
  async get(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      await wait(Math.max(0, this.#ended + this.options.pause - Date.now()));
      const result = await this.#once(url, headers);
      this.#ended = Date.now();
      if ('status' in result) return result;
      const pause = result.retryAfter ?? this.#backOff(attempt);
      if (attempt === ATTEMPTS || pause > LONGEST_WAIT) throw unreachable(url, result.failure, attempt, pause);
      this.options.onWait(result.failure, pause);
      await wait(pause);
    }
  }

  /** Doubles with each try; the random part keeps many clients from coming back in one moment. */
  #backOff(attempt: number): number {
    return this.options.pause * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  }

  async #once(
    url: URL,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer | { readonly failure: string; readonly retryAfter?: number }> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': this.options.userAgent,
          ...headers,
        },
        signal: AbortSignal.timeout(this.options.timeout),
      });
      text = await wholeText(response, url);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      return { failure: failureOf(error) };
    }
    if (TRY_AGAIN.has(response.status)) {
      const asked = retryAfter(response.headers.get('retry-after'), Date.now());
      const failure = `it answered ${response.status}`;
      return asked === undefined ? { failure } : { failure, retryAfter: asked };
    }
    const answer = { status: response.status, headers: response.headers, text };
    if (response.status !== 200) return answer;
    try {
      return { ...answer, body: JSON.parse(text), text: '' };
    } catch {
      // Half of a JSON answer is a cut connection; a web page is somebody else who answers in place of the registry.
      if (/json/i.test(response.headers.get('content-type') ?? 'json')) return { failure: 'its answer was cut off' };
      throw new Refusal([
        problem(
          'not-a-registry',
          'The answer is no JSON.',
          url,
          'Check --base. A network that asks for a log-in first answers like this too: log in and try again.',
        ),
      ]);
    }
  }
}

async function wholeText(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body ?? []) {
    total += (chunk as Uint8Array).length;
    if (total > LARGEST_ANSWER)
      throw new Refusal([problem('answer-too-large', 'The answer is larger than 256 MiB.', url, 'Give a smaller --page-size.')]);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Milliseconds that a Retry-After header asks for (RFC 9110, section 10.2.3: seconds or a date); undefined when it says nothing. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function failureOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no whole answer came in time';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name is not known to the network';
  if (code === 'ECONNREFUSED') return 'it takes no connection';
  return `the connection was cut (${code ?? (error instanceof Error ? error.message : String(error))})`;
}

function unreachable(url: URL, failure: string, attempts: number, pause: number): Refusal {
  const tries = attempts === 1 ? 'once' : `${attempts} times`;
  const asked = pause > LONGEST_WAIT ? ` and asks to wait ${Math.ceil(pause / 60_000)} minutes` : '';
  return new Refusal([
    problem(
      'registry-unreachable',
      `The registry was asked ${tries}: ${failure}${asked}.`,
      url,
      'Try again later: pages that were fetched are kept for a day. Or fetch the records another way and use `serosa trials import`.',
    ),
  ]);
}

/** A problem with the registry; the place is the address. */
export function problem(code: string, message: string, url: URL, remedy: string): Problem {
  return { code, message, at: url.href, remedy };
}

/** The registry's own words, on one line and not too long. */
export function wordsOf(text: string): string {
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return words.length > 300 ? `${words.slice(0, 300)}…` : words;
}
