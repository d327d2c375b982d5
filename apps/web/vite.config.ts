/** Builds the page into dist/site. The knowledge and the examples for download are copied beside it by `npm run build`. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { STYLE } from './src/view/style.js';

const REPORT_STYLE = 'virtual:report.css';

/** The report's style is one string for Node and the browser; the page needs it as a file, since its policy allows no inline style. */
const reportStyle: Plugin = {
  name: 'report-style',
  resolveId: (id) => (id === REPORT_STYLE ? `\0${REPORT_STYLE}` : undefined),
  load: (id) => (id === `\0${REPORT_STYLE}` ? STYLE : undefined),
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), reportStyle],
  resolve: { conditions: ['serosa-source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    outDir: path.join(import.meta.dirname, 'dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    // The polyfill would be an inline script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The page is one program: it reads, reasons and draws by itself.
    chunkSizeWarningLimit: 800,
  },
});
