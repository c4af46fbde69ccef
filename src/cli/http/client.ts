import {
  type ClientRequest,
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
  type RequestOptions,
} from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { EXIT, Stop } from '../exit.ts'
import { readProblem } from './problem.ts'

/** A server and what we show it: a token, a session's cookie, or nothing. */
export interface Client {
  readonly base: URL
  readonly credential: Readonly<Record<string, string>>
}

// An answer that is not a stream of items has a bounded size; a page of 500 rows is far below it.
const MOST = 32 << 20
const SILENCE = 60_000
const agents = { 'http:': new PlainAgent({ keepAlive: true }), 'https:': new SecureAgent({ keepAlive: true }) }

/** Begins a request; the caller sends the body and listens. */
export function begin(client: Client, path: string, options: RequestOptions & { readonly method: string }): ClientRequest {
  const url = new URL(path, client.base)
  const secure = url.protocol === 'https:'
  const headers = {
    accept: 'application/json',
    'user-agent': 'weir-cli',
    'x-weir': '1',
    ...client.credential,
    ...options.headers,
  }
  return (secure ? secureRequest : plainRequest)(url, { agent: agents[secure ? 'https:' : 'http:'], ...options, headers })
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** One request with a small answer. Rejects with the connection's own error, or when the answer is too large or falls silent. */
export function exchange(
  client: Client,
  method: string,
  path: string,
  body: unknown = undefined,
  accept = 'application/json',
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      accept,
      ...(sent === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }),
    }
    const request = begin(client, path, { method, headers, timeout: SILENCE })
    request.on('timeout', () => request.destroy(new Error('the server fell silent')))
    request.on('error', reject)
    request.on('response', (response) => {
      readAll(response).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        (error: Error) => {
          request.destroy()
          reject(error)
        },
      )
    })
    request.end(sent)
  })
}

/** All of a small body. Rejects above 32 MiB. */
export async function readAll(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let held = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    held += part.length
    if (held > MOST) throw new Error('the answer is larger than any this address gives')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** JSON of a request that succeeded; throws Stop with the server's reason, or saying that it cannot be reached. */
export async function ask(client: Client, method: string, path: string, body?: unknown): Promise<unknown> {
  const answered = await reach(client, () => exchange(client, method, path, body))
  if (answered.status < 200 || answered.status > 299) throw readProblem(answered.status, answered.body)
  try {
    return JSON.parse(answered.body.toString('utf8'))
  } catch {
    throw new Stop(EXIT.unavailable, `What answers at ${client.base.origin} is not Weir.`, 'Name the server with --server.')
  }
}

/** Runs a request and turns a connection that cannot be made into a Stop. */
export async function reach<T>(client: Client, run: () => Promise<T>, first = ''): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Stop) throw error
    throw new Stop(
      EXIT.unavailable,
      `${first}No answer from ${client.base.origin} (${reasonOf(error)}).`,
      'Is it running? weir status, or name another with --server.',
    )
  }
}

/** Why a connection failed, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { code?: string }[] }
  const known = code ?? errors?.[0]?.code
  return known === undefined ? message || 'connection failed' : (WORDS[known] ?? known)
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection cut',
  EPIPE: 'connection cut',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name cannot be looked up now',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'host not reachable',
}
