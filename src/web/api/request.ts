import { Refused, readProblem, Unreachable } from './failure.ts'

/** Same-origin JSON of a GET. Throws Refused or Unreachable. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return await call<T>(path, { method: 'GET', ...(signal ? { signal } : {}) })
}

/**
 * Sends JSON with the header that no other site can set. Throws Refused or Unreachable; null where the answer has no body. `key`: for
 * routes that take one, the same again under the same key changes nothing.
 */
export async function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { 'x-weir': '1' }
  if (key !== undefined) headers['idempotency-key'] = key
  if (body !== undefined) headers['content-type'] = 'application/json'
  return await call<T>(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

/** Bytes of a static file, or null where there is none. Throws Unreachable. */
export async function getBytes(path: string): Promise<Uint8Array | null> {
  const response = await reach(path, { cache: 'no-cache' })
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await reach(path, init)
  const text = await response.text()
  const body = parse(text)
  if (!response.ok) throw new Refused(readProblem(response.status, body))
  return body as T
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', redirect: 'error', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable()
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** A query string of what is set; empty when nothing is. */
export function queryString(params: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
