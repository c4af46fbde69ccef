import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '..', 'cli', 'main.ts')
/** The begin of an escape code: what others wrote steers no terminal. */
const ESCAPE = '\u001b'

/** What a verb asked its server; `text` is the body as it came. */
export interface AskedByVerb {
  readonly method: string
  readonly url: string
  readonly text: string
}

export interface VerbRun {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** One verb of the real command line, run as a process of its own against a server that answers as a test says. */
export class VerbStage {
  readonly #verb: string
  readonly #server

  /** `answer` gives the JSON of an answer; who asks `/v1/me` is a stranger on an instance called Weir, and no test is told of it. */
  constructor(verb: string, answer: (asked: AskedByVerb) => unknown, status: (asked: AskedByVerb) => number = () => 200) {
    this.#verb = verb
    this.#server = createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += chunk
      const asked = { method: request.method ?? '', url: request.url ?? '', text }
      if (asked.url === '/v1/me') return response.end(JSON.stringify({ instance: { name: 'Weir' }, person: null }))
      const json = JSON.stringify(answer(asked))
      response.statusCode = status(asked)
      response.end(json)
    })
  }

  async open(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', () => done()))
  }

  close(): void {
    this.#server.close()
  }

  /** Runs the verb with a token and these words. Throws where it wrote an escape code. */
  async run(...words: readonly string[]): Promise<VerbRun> {
    const url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const given = ['--disable-warning=ExperimentalWarning', MAIN, this.#verb, ...words, '--server', url]
    const child = spawn(process.execPath, given, {
      env: { ...env, WEIR_TOKEN: 'weir_token' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    const code = await new Promise<number | null>((done) => child.on('close', done))
    assert.ok(!`${out}${err}`.includes(ESCAPE), 'an escape code reaches the terminal')
    return { code, out, err }
  }
}
