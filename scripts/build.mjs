/** Builds everything: types and JavaScript, the knowledge bundle, the page. `npm run build` */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ensureInstalled, root, run } from './run.mjs';

ensureInstalled();
const { LANGUAGES, languageFile } = await import('./languages.mjs');
run(process.execPath, [path.join(root, 'node_modules/typescript-native/bin/tsc'), '-b']);
const { buildBundle } = await import('../packages/knowledge/dist/node.js');
const bundle = path.join(root, 'packages/knowledge/dist/bundle.json');
try {
  await buildBundle(path.join(root, 'knowledge'), bundle);
} catch (error) {
  if (error?.name !== 'KnowledgeError') throw error;
  console.error(error.message);
  process.exit(1);
}
run(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', 'apps/web', '--logLevel', 'warn']);
const site = path.join(root, 'apps/web/dist/site');
mkdirSync(path.join(site, 'examples'), { recursive: true });
// The page reasons with one part and reads the other: a report need not wait for the pages of the guide.
const { topics, words, ...knowledge } = JSON.parse(readFileSync(bundle, 'utf8'));
const phrases = Object.fromEntries(knowledge.symptoms.map((symptom) => [symptom.id, symptom.phrases ?? []]));
const symptoms = knowledge.symptoms.map(({ phrases: _phrases, ...symptom }) => symptom);
writeFileSync(path.join(site, 'knowledge.json'), asciiJson({ ...knowledge, symptoms, topics: [], words: [] }));
writeFileSync(path.join(site, 'guide.json'), asciiJson({ topics, words, phrases }));
// The starter set of trials is read when trials are asked for, and never before.
const trials = readFileSync(path.join(path.dirname(bundle), 'trials.json'), 'utf8');
writeFileSync(path.join(site, 'trials.json'), asciiJson(JSON.parse(trials)));
// A language is fetched by those who choose it.
for (const code of LANGUAGES) writeFileSync(path.join(site, `${code}.json`), asciiJson(languageFile(code)));
const { caseSchema } = await import('../packages/interop/dist/index.js');
writeFileSync(path.join(site, 'case-1.schema.json'), JSON.stringify(caseSchema(JSON.parse(readFileSync(bundle, 'utf8')).facts)));
cpSync(path.join(root, 'examples'), path.join(site, 'examples'), { recursive: true });

// Sent compressed: the knowledge is text, and phones are slow.
const assets = readdirSync(path.join(site, 'assets')).map((name) => `assets/${name}`);
const languages = LANGUAGES.map((code) => `${code}.json`);
for (const file of ['knowledge.json', 'guide.json', 'trials.json', ...languages, ...assets]) {
  if (!/\.(json|js|css)$/.test(file)) continue;
  const content = readFileSync(path.join(site, file));
  writeFileSync(path.join(site, `${file}.gz`), gzipSync(content, { level: 9 }));
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_LGWIN]: 22 };
  writeFileSync(path.join(site, `${file}.br`), brotliCompressSync(content, { params: size }));
}

// What the page needs without a network: all of it but the examples, which are in the program already.
const files = ['index.html', 'icon.svg', 'knowledge.json', 'guide.json', 'trials.json', ...assets].sort();
const version = createHash('sha256');
for (const file of [...files, ...languages]) version.update(file).update(readFileSync(path.join(site, file)));
const list = JSON.stringify(files.map((file) => (file === 'index.html' ? './' : file)));
writeFileSync(
  path.join(site, 'service-worker.js'),
  `const FILES = ${list};\nconst WHEN_USED = ${JSON.stringify(languages)};\nconst VERSION = '${version.digest('hex').slice(0, 16)}';\n${readFileSync(path.join(root, 'apps/web/service-worker.js'), 'utf8')}`,
);

/** JSON with every other letter escaped: one letter beyond Latin-1 doubles what a browser has to decode, hold and parse. */
function asciiJson(value) {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
