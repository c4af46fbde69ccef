import { extname } from 'node:path'
import type { MiddlewareHandler } from 'hono'
import { problem } from '../../contract/problem.ts'
import type { TreeReader } from '../feeds/tree-reader.ts'
import type { Env } from './door.ts'

const PLACES =
  /^\/(?:(?:advisories|csaf|osv|cve|feed)\/[^?#]*\.[a-z0-9]+|feed\.atom|\.well-known\/csaf\/provider-metadata\.json)$/
const TYPES = new Map([
  ['.json', 'application/json'],
  ['.ndjson', 'application/x-ndjson'],
  ['.atom', 'application/atom+xml; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
])
const PLAIN = 'text/plain; charset=utf-8'
const HEADERS = {
  // For programs and other sites: it is public, and nothing of it runs.
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/**
 * Serves the public tree before anybody is recognised: readers reach files only, never the records. An address with the file's
 * digest (`?sha256=`) always means the same bytes and may be kept for good; every other one is asked again after a minute, by its ETag.
 */
export function publicFiles(tree: Pick<TreeReader, 'read'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { path, method } = c.req
    if ((method !== 'GET' && method !== 'HEAD') || !PLACES.test(path)) return await next()
    const file = await tree.read(path.slice(1))
    const wanted = c.req.query('sha256')
    if (file === null || (wanted !== undefined && wanted !== file.digest))
      return c.body(JSON.stringify(problem('thing.not-found')), 404, { ...HEADERS, 'content-type': 'application/problem+json' })
    const etag = `"${file.digest}"`
    const kept = wanted === undefined ? 'public, max-age=60' : 'public, max-age=31536000, immutable'
    const headers = { ...HEADERS, etag, 'cache-control': kept }
    if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
    const type = TYPES.get(extname(path)) ?? PLAIN
    return c.body(method === 'HEAD' ? null : (file.bytes as never), 200, { ...headers, 'content-type': type })
  }
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined || header.length > 1000) return false
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
