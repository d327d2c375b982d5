/** The local server of the page: static files, a strict policy, nothing else. A case never reaches it. */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; the default is reached from this machine alone. */
  readonly host?: string;
  /** Folder of the built page; holds index.html. */
  readonly root: string;
}

export interface Serving {
  /** Where the page is, with a closing slash. */
  readonly url: string;
  /** Ends every connection and frees the port. */
  readonly close: () => Promise<void>;
}

export type ServeErrorCode = 'port-taken' | 'port-forbidden' | 'no-host' | 'no-page' | 'not-listening';

/** The server cannot start: what is wrong, where, what to do. */
export class ServeError extends Error {
  override readonly name = 'ServeError';

  constructor(
    readonly code: ServeErrorCode,
    message: string,
    readonly at: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Nothing comes from elsewhere, nothing inline runs, nothing may frame the page. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

const NOT_FOUND = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Not found – Serosa</title>
  </head>
  <body>
    <main>
      <h1>There is nothing at this address</h1>
      <p>The link may be old, or a letter in it may be wrong.</p>
      <p><a href="/">Go to the start page</a></p>
    </main>
  </body>
</html>
`;

/** Serves the built page. Throws a {@link ServeError} when that is not possible. */
export async function serve({ port, host = '127.0.0.1', root }: ServeOptions): Promise<Serving> {
  const folder = path.resolve(root);
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new ServeError('no-page', 'The page has not been built.', folder, 'Run `npm run build`, then start again.');
  }
  const server = fastify({ logger: false, forceCloseConnections: true });
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    referrerPolicy: { policy: 'no-referrer' },
    // Without TLS the header is void, and with a proxy in front it is the proxy's to send.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  });
  await server.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    preCompressed: true,
    index: false,
    // Files that begin with a dot are nobody's business.
    dotfiles: 'ignore',
    setHeaders: (response, file) => {
      response.setHeader(
        'cache-control',
        isHashed(path.relative(folder, file)) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  // Of a folder the plug-in looks for compressed files only.
  server.get('/', async (_request, reply) => reply.sendFile('index.html'));
  server.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  server.setNotFoundHandler(notFound);
  server.setErrorHandler((error: { readonly statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return notFound(request, reply);
    return reply.code(500).type('text/plain; charset=utf-8').send('The server made a mistake. Load the page again.\n');
  });
  try {
    await server.listen({ port, host });
  } catch (error) {
    await server.close();
    throw listenError(error, host, port);
  }
  const address = server.server.address() as AddressInfo;
  const shown = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${shown}:${address.port}/`, close: () => server.close() };
}

/** Vite puts files whose name holds a hash of their content into `assets/`. */
function isHashed(relative: string): boolean {
  return /^assets[/\\].+-[\w-]{8}\.\w+$/.test(relative);
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'no-store');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return reply
      .code(405)
      .header('allow', 'GET, HEAD')
      .type('text/plain; charset=utf-8')
      .send('This server only hands out files. It takes nothing in.\n');
  }
  return reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND);
}

function listenError(error: unknown, host: string, port: number): ServeError {
  const code = (error as NodeJS.ErrnoException).code;
  const at = `${host}:${port}`;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    return new ServeError(
      'port-taken',
      `Port ${port} is already in use.`,
      at,
      'Stop the other program, or choose another port with `--port`; 0 takes any free one.',
      cause,
    );
  }
  if (code === 'EACCES') {
    return new ServeError(
      'port-forbidden',
      `Port ${port} may not be opened by this user.`,
      at,
      'Choose a port above 1023 with `--port`.',
      cause,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ServeError(
      'no-host',
      `This machine has no address ${host}.`,
      at,
      'Leave the host out to listen on this machine alone, or name one of its own addresses.',
      cause,
    );
  }
  return new ServeError(
    'not-listening',
    `The server could not start: ${(error as Error).message}`,
    at,
    'Choose another port with `--port`.',
    cause,
  );
}
