import { builtinModules } from 'node:module'
import { defineConfig, type Plugin } from 'vite'
import own from './package.json' with { type: 'json' }

/** Packages with binaries of their own, and what loads them by a path that only exists in node_modules. */
const NATIVE = ['@duckdb/node-api', 'better-sqlite3', '@napi-rs/keyring'] as const
const BUILT_IN = new Set(builtinModules)

/** Bundled packages keep out of node_modules, which npm clears of what it did not install. */
function entryFileNames({ name }: { readonly name: string }): string {
  return `${name.replaceAll('node_modules/', 'packages/')}.js`
}

/** Makes dist/ a package of its own: `npm install` in a copy of it brings the native packages, nothing else is needed. */
function ownPackage(): Plugin {
  const { name, version, description, license, engines, dependencies } = own
  const manifest = {
    name,
    version,
    description,
    license,
    private: true,
    type: 'module',
    engines,
    bin: { runnel: 'runnel.js' },
    dependencies: Object.fromEntries(NATIVE.map((each) => [each, dependencies[each]])),
  }
  return {
    name: 'own-package',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: `${JSON.stringify(manifest, null, 2)}\n` })
    },
  }
}

/** `npm run build`: the command line with its engine as plain JavaScript in dist/, one file for each of ours. */
export default defineConfig({
  build: {
    outDir: 'dist',
    target: 'node24',
    ssr: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        runnel: 'engine/host/cli/main.ts',
        'engine/host/worker/main': 'engine/host/worker/main.ts',
      },
      external: (id) =>
        id.startsWith('node:') || BUILT_IN.has(id) || NATIVE.some((name) => id === name || id.startsWith(`${name}/`)),
      output: { format: 'es', preserveModules: true, preserveModulesRoot: '.', entryFileNames },
    },
  },
  ssr: { noExternal: true, external: [...NATIVE] },
  plugins: [ownPackage()],
})
