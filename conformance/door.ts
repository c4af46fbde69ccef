import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { ReportAnswer } from '../src/contract/shapes/report.ts'

export type Body = Uint8Array | string | AsyncIterable<Uint8Array>

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** False when the connection ended before the answer did. */
  readonly whole: boolean
}

export interface Asked {
  readonly method?: string
  readonly cookie?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Body
}

/** One HTTP exchange; an answer that comes while the body is still being sent is taken as it is. Throws when none comes. */
export async function ask(url: string, asked: Asked = {}): Promise<Reply> {
  const headers = { ...(asked.cookie ? { cookie: asked.cookie, 'x-weir': '1' } : {}), ...asked.headers }
  return await new Promise<Reply>((resolve, reject) => {
    const sending = httpRequest(url, { method: asked.method ?? 'GET', headers, agent: false, timeout: 120_000 }, (answer) => {
      const parts: Buffer[] = []
      const end = (whole: boolean) => {
        sending.destroy()
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts), whole })
      }
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => end(answer.complete))
      answer.on('error', () => end(false))
    })
    sending.on('error', reject)
    sending.on('timeout', () => sending.destroy(new Error('no answer in two minutes')))
    void pour(sending, asked.body).catch(() => sending.destroy())
  })
}

async function pour(sending: ReturnType<typeof httpRequest>, body: Body | undefined): Promise<void> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    sending.end(body)
    return
  }
  for await (const part of body) {
    if (sending.destroyed) return
    if (!sending.write(part)) {
      await new Promise<void>((resolve) => {
        const go = () => {
          sending.off('drain', go).off('close', go)
          resolve()
        }
        sending.once('drain', go).once('close', go)
      })
    }
  }
  sending.end()
}

export interface Sent extends Reply {
  /** null for a problem document or an answer that was cut. */
  readonly answer: ReportAnswer | null
}

/** Sends one file of reports; `query` is that of POST /v1/reports, `key` the idempotency key. */
export async function send(
  url: string,
  cookie: string | null,
  body: Body,
  more: { query?: Record<string, string>; key?: string; headers?: Record<string, string> } = {},
): Promise<Sent> {
  const reply = await ask(`${url}/v1/reports?${new URLSearchParams(more.query)}`, {
    method: 'POST',
    cookie,
    body,
    headers: { ...(more.key === undefined ? {} : { 'idempotency-key': more.key }), ...more.headers },
  })
  const good = reply.status === 200 && reply.whole
  return { ...reply, answer: good ? (JSON.parse(reply.body.toString()) as ReportAnswer) : null }
}

/** What a GET answers as JSON. Throws on another status than 200. */
export async function read<T>(url: string, cookie: string | null = null): Promise<T> {
  const reply = await ask(url, { cookie })
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}: ${reply.body.toString().slice(0, 300)}`)
  return JSON.parse(reply.body.toString()) as T
}

/** Posts a JSON body. */
export async function post<T>(url: string, cookie: string | null, value: unknown): Promise<{ status: number; body: T }> {
  const reply = await ask(url, {
    method: 'POST',
    cookie,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json', 'x-weir': '1' },
  })
  return { status: reply.status, body: JSON.parse(reply.body.toString()) as T }
}
