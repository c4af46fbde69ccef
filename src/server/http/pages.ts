import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Hono } from 'hono'
import type { Env } from './door.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/** The built page: known files only (no path of a request ever reaches the file system), and the one page for every other address. */
export async function servePages(app: Hono<Env>, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  const files = new Map<string, { body: Buffer; type: string }>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const body = await readFile(path).catch(() => null)
    // Built anew this very moment: what is gone is not served.
    if (body === null) continue
    files.set(`/${relative(folder, path).split(sep).join('/')}`, {
      body,
      type: TYPES[extname(path)] ?? 'application/octet-stream',
    })
  }
  const index = readFileSync(join(folder, 'index.html'))
  app.get('*', (c) => {
    const path = c.req.path
    const file = files.get(path)
    if (file !== undefined && path !== '/index.html') {
      // Names carry a hash of their content, but for a few at the root.
      c.header('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      return c.body(file.body as never, 200, { 'content-type': file.type })
    }
    if (/^\/(v1|ledger|schemas|\.well-known)(\/|$)/.test(path) || extname(path) !== '') return c.notFound()
    return c.body(index as never, 200, { 'content-type': TYPES['.html']!, 'cache-control': 'no-cache' })
  })
}
