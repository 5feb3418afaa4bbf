import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { defineConfig, mergeConfig, type Plugin } from 'vite'
import { installedLicences, LICENCES_FILE } from './engine/host/router/studio/licences.ts'
import own from './package.json' with { type: 'json' }

/** Packages with binaries of their own, and those that look for optional parts at run time: they are installed, not bundled. */
const INSTALLED = [
  '@aws-sdk/client-s3',
  '@duckdb/node-api',
  'better-sqlite3',
  '@napi-rs/keyring',
  'fastify',
  'mysql2',
  'pg',
  'pino',
  'ssh2-sftp-client',
  'ws',
] as const
const BUILT_IN = new Set(builtinModules)

/** Bundled packages keep out of node_modules, which npm clears of what it did not install. */
function entryFileNames({ name }: { readonly name: string }): string {
  return `${name.replaceAll('node_modules/', 'packages/')}.js`
}

/** Makes dist/ a package of its own: `npm install` in a copy of it brings the packages that are not bundled; nothing else is needed. */
function ownPackage(): Plugin {
  const { name, version, description, license, engines, dependencies } = own
  const manifest = {
    name,
    version,
    description,
    license,
    private: true,
    type: 'module',
    main: 'main/main.js',
    engines,
    bin: { runnel: 'runnel.js' },
    dependencies: Object.fromEntries(INSTALLED.map((each) => [each, dependencies[each]])),
  }
  return {
    name: 'own-package',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: `${JSON.stringify(manifest, null, 2)}\n` })
    },
  }
}

const SAMPLE = 'resources/sample'

/** What the engine reads besides its code: the sample workspace, and the licences of the packages that are bundled. */
function resources(): Plugin {
  return {
    name: 'resources',
    async generateBundle() {
      for (const entry of readdirSync(SAMPLE, { recursive: true, withFileTypes: true })) {
        const fileName = join(entry.parentPath, entry.name)
        // What somebody left in the template by running in it is not part of the sample.
        if (!entry.isFile() || /[\\/](?:\.runnel|data|out)[\\/]/.test(fileName)) continue
        this.emitFile({ type: 'asset', fileName: fileName.replaceAll('\\', '/'), source: readFileSync(fileName) })
      }
      const licences = JSON.stringify(await installedLicences(), null, 2)
      this.emitFile({ type: 'asset', fileName: LICENCES_FILE, source: `${licences}\n` })
    },
  }
}

/** Anything that Node runs, with all packages in it but those that are installed. */
export const nodeProgram = defineConfig({
  build: {
    target: 'node24',
    ssr: true,
    minify: false,
    rolldownOptions: {
      external: (id) =>
        id.startsWith('node:') ||
        BUILT_IN.has(id) ||
        INSTALLED.some((name) => id === name || id.startsWith(`${name}/`)),
      output: { format: 'es' },
    },
  },
  ssr: { noExternal: true, external: [...INSTALLED] },
  // The other one reads a file that lies beside it, which a bundle leaves behind.
  resolve: { alias: [{ find: /^@platformatic\/wasm-utils$/, replacement: '@platformatic/wasm-utils/bundled' }] },
})

/** `npm run build`: the command line with its engine as plain JavaScript in dist/, one file for each of ours. */
export default defineConfig(
  mergeConfig(nodeProgram, {
    build: {
      outDir: 'dist',
      // The pages and the desktop's parts lie there too; scripts/build.ts empties it.
      emptyOutDir: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          runnel: 'engine/host/cli/main.ts',
          'engine/host/worker/main': 'engine/host/worker/main.ts',
          'engine/host/desktop/main': 'engine/host/desktop/main.ts',
        },
        output: { preserveModules: true, preserveModulesRoot: '.', entryFileNames },
      },
    },
    plugins: [ownPackage(), resources()],
  }),
)
