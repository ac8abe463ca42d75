import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['yunfab-source'] },
  ssr: { resolve: { conditions: ['yunfab-source', 'module', 'node', 'development|production'] } },
  test: {
    include: [
      'packages/**/src/**/*.test.{ts,tsx}',
      'packages/**/test/**/*.test.{ts,tsx}',
      'examples/**/*.test.{ts,tsx}',
      'test/**/*.test.{ts,tsx}',
    ],
    globalSetup: ['./test/postgres.setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 180_000,
  },
});
