import type { z } from '@hono/zod-openapi'

/** What a server answered that is no success; 0: it could not be reached. */
export class NoAnswer extends Error {
  readonly status: number
  constructor(status: number, say: string) {
    super(say)
    this.status = status
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

const MOST_JSON = 16 << 20
const MOST_INPUT = 2 ** 30
const WITHIN_MS = 60_000
/** A source of half a gigabyte takes its time. */
const INPUT_WITHIN_MS = 15 * 60_000

/** A server and the token that the runner shows it. */
export class Server {
  readonly #base: URL
  readonly #token: string

  constructor(base: URL, token: string) {
    this.#base = base
    this.#token = token
  }

  /** Sends JSON and reads the answer in the shape it should have. Throws NoAnswer, or the signal's reason. */
  async post<T extends z.ZodType>(path: string, body: unknown, shape: T, signal: AbortSignal): Promise<z.infer<T>> {
    const headers = { 'content-type': 'application/json' }
    const bytes = await this.#send(path, { method: 'POST', headers, body: JSON.stringify(body) }, MOST_JSON, signal)
    try {
      return shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    } catch {
      throw new NoAnswer(502, 'what answers is not a server of this version')
    }
  }

  /** The bytes at a path, at most 1 GiB. */
  get(path: string, signal: AbortSignal): Promise<Uint8Array> {
    return this.#send(path, { method: 'GET', headers: {} }, MOST_INPUT, signal, INPUT_WITHIN_MS)
  }

  async put(path: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' }
    await this.#send(path, { method: 'PUT', headers, body: bytes }, MOST_JSON, signal)
  }

  async #send(
    path: string,
    options: { method: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
    most: number,
    signal: AbortSignal,
    withinMs = WITHIN_MS,
  ): Promise<Uint8Array> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(withinMs)])
    const headers = { ...options.headers, accept: 'application/json', authorization: `Bearer ${this.#token}`, 'x-weir': '1' }
    try {
      const response = await fetch(new URL(path, this.#base), { ...options, headers, redirect: 'error', signal: within })
      const bytes = await readAll(response, response.ok ? most : MOST_JSON)
      if (!response.ok) throw new NoAnswer(response.status, `the server answered ${response.status}`)
      return bytes
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof NoAnswer) throw error
      const cause = (error as { cause?: { code?: string } }).cause?.code
      throw new NoAnswer(0, cause ?? (error as Error).message)
    }
  }
}

async function readAll(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let held = 0
  for await (const part of response.body ?? []) {
    held += part.length
    if (held > most) throw new NoAnswer(502, 'the answer is larger than any this path gives')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
