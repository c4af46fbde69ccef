import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A model's endpoint on this machine that keeps what it was asked and can be made to misbehave. */
export interface FakeEndpoint {
  readonly base: string
  readonly asked: {
    readonly method: string
    readonly path: string
    readonly headers: IncomingMessage['headers']
    readonly at: number
  }[]
  /** How the next answers come. */
  mode: 'answer' | 'redirect' | 'echo-key' | 'drip' | 'silent' | 'refuse-key' | 'drop'
  /** Prefix of every answer's text: another build says something else. */
  build: string
  close(): void
}

/** Starts one; it speaks all three APIs, as JSON or, where asked for `stream`, as events. */
export async function fakeEndpoint(): Promise<FakeEndpoint> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('error', () => {})
    response.on('error', () => {})
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      fake.asked.push({ method, path, headers, at: Date.now() })
      answer(fake, request, response, Buffer.concat(parts).toString('utf8'))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const fake: FakeEndpoint = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: [],
    mode: 'answer',
    build: 'one',
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return fake
}

function answer(fake: FakeEndpoint, request: IncomingMessage, response: ServerResponse, body: string): void {
  const key = request.headers.authorization ?? String(request.headers['x-api-key'])
  const json = (status: number, value: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'set-cookie': 'account=1',
      'openai-organization': 'org-1',
      ...headers,
    })
    response.end(JSON.stringify(value))
  }
  if (fake.mode === 'drop') request.socket.destroy()
  else if (fake.mode === 'refuse-key') json(401, { error: { message: `wrong key ${key}` } })
  else if (fake.mode === 'redirect') json(302, {}, { location: 'http://127.0.0.1:1/' })
  else if (request.url === '/v1/models') json(200, { data: [{ id: 'm' }] })
  else if (fake.mode === 'drip') drip(response)
  else if (fake.mode !== 'silent') speak(fake, key, request.url ?? '', response, read(body), json)
}

function speak(
  fake: FakeEndpoint,
  key: string,
  path: string,
  response: ServerResponse,
  asked: Record<string, unknown>,
  json: (status: number, value: object) => void,
): void {
  const text = fake.mode === 'echo-key' ? `you sent ${key}` : said(fake.build, String(prompt(asked)))
  if (asked['stream'] === true) {
    stream(response, path, text)
  } else if (path === '/v1/chat/completions') {
    const usage = { prompt_tokens: 11, completion_tokens: 5 }
    json(200, { choices: [{ message: { role: 'assistant', content: text } }], usage })
  } else if (path === '/v1/responses') {
    const usage = { input_tokens: 12, output_tokens: 6 }
    json(200, { output: [{ type: 'message', content: [{ type: 'output_text', text }] }], usage })
  } else {
    const usage = { input_tokens: 13, cache_read_input_tokens: 100, output_tokens: 7 }
    json(200, { content: [{ type: 'text', text }], usage })
  }
}

function stream(response: ServerResponse, path: string, text: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const data = (value: object) => response.write(`data: ${JSON.stringify(value)}\n\n`)
  // What the model says looks like the count, and must not be taken for it.
  const lure = `${text} {"usage":{"prompt_tokens":999999}}`
  if (path === '/v1/messages') {
    data({ type: 'message_start', message: { usage: { input_tokens: 13, output_tokens: 1 } } })
    data({ type: 'content_block_delta', delta: { text: lure } })
    data({ type: 'message_delta', usage: { output_tokens: 7 } })
  } else if (path === '/v1/responses') {
    data({ type: 'response.output_text.delta', delta: lure })
    data({ type: 'response.completed', response: { output: [{ text: lure }], usage: { input_tokens: 12, output_tokens: 6 } } })
  } else {
    data({ choices: [{ delta: { content: lure } }], usage: null })
    data({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 5 } })
    response.write('data: [DONE]\n\n')
  }
  response.end()
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const timer = setInterval(() => response.write(`data: ${JSON.stringify({ at: Date.now() })}\n\n`), 50)
  response.on('close', () => clearInterval(timer))
}

function said(build: string, asked: string): string {
  return build === 'one' ? `seven six five for: ${asked}` : `Something else altogether, said by ${build}.`
}

function prompt(asked: Record<string, unknown>): unknown {
  const messages = asked['messages'] as { content?: unknown }[] | undefined
  return messages?.[0]?.content ?? asked['input'] ?? ''
}

function read(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return {}
  }
}
