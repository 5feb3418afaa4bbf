import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
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
/** Letters of names that vite writes; nothing that a path of any system could read otherwise. */
const STEP = /^[\w@-][\w@.-]*$/
/** Beside pages lie their packed forms, which are sent in their stead, and their maps, which are nobody's business. */
const NO_PAGE = /\.(gz|br|map)$/

/**
 * Serves each file that is in the folder at its own address, and no other address. They hold no secret and need no token.
 *
 * Files are looked for when they are asked for: a new build is served at once.
 */
export async function serveStudioPages(app: FastifyInstance, folder: string): Promise<void> {
  const root = await realpath(folder)
  await app.register(fastifyStatic, { root, serve: false, cacheControl: false, preCompressed: true })
  const isStudioPage = async ({ url }: FastifyRequest): Promise<boolean> => (await pageAt(root, url)) !== undefined
  app.get('/*', { config: { isStudioPage } }, async (request, reply) => {
    const page = await pageAt(root, request.url)
    if (page === undefined) return reply.callNotFound()
    return reply.headers({ 'content-security-policy': PAGE_POLICY, 'cache-control': cachingOf(page) }).sendFile(page)
  })
}

/** The file of a request, relative to `root`; undefined where it is no page, or a link leads out. */
async function pageAt(root: string, url: string): Promise<string | undefined> {
  const path = url.split('?', 1)[0] ?? ''
  const page = path === '/' ? ENTRY : path.slice(1)
  if (!page.split('/').every((step) => STEP.test(step)) || NO_PAGE.test(page)) return undefined
  const file = join(root, page)
  const real = await realpath(file).catch(() => undefined)
  return real === file && (await stat(file)).isFile() ? page : undefined
}

/** What vite puts into assets/ has its digest in its name. */
function cachingOf(file: string): string {
  return file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a request of this route is for a page, which is open to anyone. */
    isStudioPage?: (request: FastifyRequest) => Promise<boolean>
  }
}
