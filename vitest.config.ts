import { defineConfig } from 'vitest/config'

const shared = {
  setupFiles: ['engine/testing/setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 180_000,
  // What is waited for comes when a loaded machine gets to it.
  expect: { poll: { timeout: 30_000 } },
  pool: 'forks' as const,
}
const server = 'engine/**/*.server.test.ts'
const queues = 'engine/**/*.queues.test.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{bench,engine,main,preload,renderer,scripts,e2e}/**/*.test.{ts,tsx}'],
          exclude: [server, queues],
        },
      },
      // Needs PostgreSQL and MariaDB; the global set-up starts what is not running and fails when it cannot.
      {
        test: {
          ...shared,
          name: 'servers',
          include: [server],
          globalSetup: ['engine/testing/servers/global-setup.ts'],
        },
      },
      // Needs Kafka and PostgreSQL, likewise. Tests stop the broker under the others' feet: one file at a time.
      {
        test: {
          ...shared,
          name: 'queues',
          include: [queues],
          globalSetup: ['engine/testing/servers/queue-setup.ts'],
          fileParallelism: false,
        },
      },
      // Needs Chromium; the global set-up installs it where it may, and builds the pages. One browser at a time.
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: ['e2e/global-setup.ts'],
          // In this order: what a failed flow shows is told before its page is closed.
          setupFiles: [...shared.setupFiles, 'e2e/fixtures/tell-failures.ts'],
          sequence: { hooks: 'list' },
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
