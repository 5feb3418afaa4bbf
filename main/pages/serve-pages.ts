import { readFile, realpath } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { protocol } from 'electron'
import { PAGE_SCHEME } from '../identity.ts'
import { pageFile } from './page-file.ts'
import { PAGE_POLICY } from './page-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Call before the app is ready: afterwards Chromium takes no new scheme. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges }])
}

/** Serves the files of `folder` to our windows, each with our policy. */
export async function servePages(folder: string): Promise<void> {
  const root = await realpath(folder)
  protocol.handle(PAGE_SCHEME, async ({ url, method }) => {
    const file = method === 'GET' ? pageFile(root, url) : undefined
    const real = file === undefined ? undefined : await realpath(file).catch(() => undefined)
    const type = TYPES[extname(real ?? '')]
    // A link inside the folder that leads out of it is refused like any other address.
    if (real === undefined || type === undefined || !real.startsWith(root + sep)) return refused()
    return new Response(new Uint8Array(await readFile(real)), { headers: { ...FIXED_HEADERS, 'content-type': type } })
  })
}

const FIXED_HEADERS = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

function refused(): Response {
  return new Response('Not found', { status: 404, headers: { ...FIXED_HEADERS, 'content-type': 'text/plain' } })
}
