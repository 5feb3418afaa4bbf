import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'

const PAGES = join(import.meta.dirname, 'pages')
/** Under the studio's own address, so that a page of ours and another's reach the engine the same way. */
const PREFIX = '/bench-pages/'
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }

export type PeerPage = 'grid-peer' | 'canvas-peer'

export interface BuiltPages {
  /** The probe's source, to be put into a page before its own scripts. */
  readonly probe: string
  /** Opens another's page at the studio's address, with `asked` as its query. */
  openPeer(page: Page, url: string, peer: PeerPage, asked: Readonly<Record<string, string>>): Promise<void>
  /** Opens a page with nothing in it. */
  openEmpty(page: Page, url: string): Promise<void>
}

/** Builds the probe and the pages of others as they would be shipped. */
export async function buildPages(outDir: string): Promise<BuiltPages> {
  await build({
    configFile: false,
    root: PAGES,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      rolldownOptions: {
        input: Object.fromEntries(
          ['probe.ts', 'grid-peer.tsx', 'canvas-peer.tsx'].map((file) => [file.split('.')[0] ?? '', join(PAGES, file)]),
        ),
        output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  })
  return {
    probe: await readFile(join(outDir, 'probe.js'), 'utf8'),
    openPeer: async (page, url, peer, asked) => {
      await servePages(page, outDir, peer)
      await page.goto(`${url}${PREFIX}?${new URLSearchParams(asked).toString()}`)
    },
    openEmpty: async (page, url) => {
      await servePages(page, outDir, undefined)
      await page.goto(`${url}${PREFIX}`)
    },
  }
}

async function servePages(page: Page, folder: string, peer: PeerPage | undefined): Promise<void> {
  // A page that was handed in here came from no address, and such a page may not reach this machine unless it is allowed to.
  await page.context().grantPermissions(['local-network-access'])
  await page.route(`**${PREFIX}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(PREFIX.length)
    if (name === '') return route.fulfill({ contentType: 'text/html', body: html(peer) })
    return route.fulfill({ contentType: TYPES[extname(name)] ?? 'text/plain', path: join(folder, name) })
  })
}

function html(peer: PeerPage | undefined): string {
  const parts =
    peer === undefined ? '' : `<link rel=stylesheet href=${peer}.css><script type=module src=${peer}.js></script>`
  return `<!doctype html><meta charset=utf-8><style>html,body,#root{margin:0;height:100%}#root{display:grid;grid-template-rows:minmax(0,1fr)}#root>*{min-height:0}</style><div id=root></div>${parts}`
}
