import { defineConfig } from 'vitest/config';

const sourceFirst = { resolve: { conditions: ['serosa-source'] }, ssr: { resolve: { conditions: ['serosa-source'] } } };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        ...sourceFirst,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}'], testTimeout: 20_000 },
      },
      {
        ...sourceFirst,
        test: { name: 'whole', include: ['tests/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
      },
    ],
  },
});
