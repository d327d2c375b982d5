#!/usr/bin/env node
import { existsSync } from 'node:fs';

// Reports are drawn by React, whose other build checks each element for developers and takes twice as long.
process.env.NODE_ENV ??= 'production';

const built = new URL('../dist/index.js', import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error('Serosa is not built yet. Run `npm run setup` in its folder first.');
  process.exitCode = 3;
}
