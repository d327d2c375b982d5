import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serve } from './index.js';

let root: string;
let server: Serving;

beforeAll(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'serosa-server-'));
  mkdirSync(path.join(root, 'site/assets'), { recursive: true });
  writeFileSync(path.join(root, 'secret.txt'), 'outside');
  writeFileSync(path.join(root, 'site/index.html'), '<!doctype html><title>page</title>');
  writeFileSync(path.join(root, 'site/knowledge.json'), '{}');
  writeFileSync(path.join(root, 'site/.hidden'), 'hidden');
  writeFileSync(path.join(root, 'site/assets/index-AbCd_123.js'), 'export {};');
  server = await serve({ port: 0, root: path.join(root, 'site') });
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

const get = (at: string, init?: RequestInit): Promise<Response> => fetch(new URL(at, server.url), init);

/** Sends a request line as it is; `fetch` would tidy the path first. */
function raw(line: string): Promise<string> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('serve', () => {
  it('serves the page under a policy that lets nothing in', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';worker-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('lets hashed files be kept for ever and nothing else', async () => {
    expect((await get('/assets/index-AbCd_123.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get('/knowledge.json')).headers.get('cache-control')).toBe('no-cache');
  });

  it('answers an unknown address in plain words, under the same policy', async () => {
    const response = await get('/nothing/here');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('There is nothing at this address');
  });

  it('hands out nothing from outside of its folder', async () => {
    for (const line of [
      'GET /../secret.txt HTTP/1.1',
      'GET /%2e%2e/secret.txt HTTP/1.1',
      'GET /..%2fsecret.txt HTTP/1.1',
      'GET /.hidden HTTP/1.1',
      'GET /%00 HTTP/1.1',
      'GET /%zz HTTP/1.1',
    ]) {
      const answer = await raw(line);
      expect(answer, line).toMatch(/^HTTP\/1\.1 40[0-9]/);
      expect(answer, line).not.toMatch(/outside|hidden$/);
    }
  });

  it('takes nothing in', async () => {
    const response = await get('/', { method: 'POST', body: 'case' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('says that it is well', async () => {
    const response = await get('/healthz');
    expect(await response.json()).toEqual({ status: 'ok' });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('says what to do when the port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serve({ port, root: path.join(root, 'site') })).rejects.toMatchObject({
      name: 'ServeError',
      code: 'port-taken',
      at: `127.0.0.1:${port}`,
      remedy: expect.stringContaining('--port'),
    });
  });

  it('says what to do when the page has not been built', async () => {
    await expect(serve({ port: 0, root })).rejects.toMatchObject({
      code: 'no-page',
      remedy: expect.stringContaining('npm run build'),
    });
  });
});
