import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { HostContext } from '../router/context.ts'
import type { Uploads } from '../uploads/uploads.ts'

export interface StudioOffer {
  /** The built pages: `dist/renderer`. */
  readonly pages: string
  /** What one connection of a page works with. */
  readonly open: (workspace: string | undefined, actor: string) => Promise<HostContext>
  /** Files from the browser's machine; without it none are taken. */
  readonly uploads?: Uploads
}

/**
 * Nothing but our own files runs. Styles may be inline: the UI kit writes its style elements while it runs; they cannot reach
 * anything, since every kind of request but to ourselves is refused.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const ENTRY = 'index.html'

/** Serves each file that is in the folder now at its own address, and no other address. They hold no secret and need no token. */
export async function serveStudioPages(app: FastifyInstance, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true })
  for (const entry of entries) {
    const file = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (!entry.isFile() || /\.(gz|br|map)$/.test(file)) continue
    for (const url of file === ENTRY ? ['/', `/${ENTRY}`] : [`/${file}`]) {
      app.get(url, { config: { isStudioPage: true } }, (_request, reply) =>
        reply.headers({ 'content-security-policy': PAGE_POLICY, 'cache-control': cachingOf(file) }).sendFile(file),
      )
    }
  }
}

/** What vite puts into assets/ has its digest in its name. */
function cachingOf(file: string): string {
  return file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

declare module 'fastify' {
  interface FastifyContextConfig {
    isStudioPage?: boolean
  }
}
