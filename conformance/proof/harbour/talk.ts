import { spawn } from 'node:child_process'
import { createConnection } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'
import type { Tree } from './tree.ts'

// Speaks with a harbour of its own, started for one exchange and ended after it. Nothing here is shared with what is judged.

export interface Talk {
  /** One a connection, as text of single bytes. */
  readonly answers: readonly string[]
  readonly exit: number | null
  readonly signal: string | null
  readonly log: string
}

// Below the range that outgoing connections take, so that only another talk can hold it.
let port = 12_000 + (process.pid % 6000)

/** Sends each request over a connection of its own and reads to its end; then ends the server in order. */
export async function talk(tree: Tree, requests: readonly Uint8Array[], symbols = true): Promise<Talk> {
  for (let attempt = 0; attempt < 20; attempt++) {
    port = port >= 29_999 ? 12_000 : port + 1
    const said = await talkOn(port, tree, requests, symbols)
    if (!said.log.includes('cannot listen')) return said
  }
  throw new Error('no port is free between 12000 and 30000')
}

async function talkOn(at: number, tree: Tree, requests: readonly Uint8Array[], symbols: boolean): Promise<Talk> {
  const server = spawn(`${tree.folder}/harbour`, ['-p', String(at), '-r', `${tree.folder}/site`], {
    env: { PATH: '/usr/bin:/bin', ASAN_OPTIONS: `detect_leaks=1:exitcode=77:symbolize=${symbols ? 1 : 0}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  server.stderr.setEncoding('latin1').on('data', (text: string) => {
    if (log.length < 1 << 20) log += text
  })
  const ended = new Promise<Pick<Talk, 'exit' | 'signal'>>((done) =>
    server.on('close', (exit, signal) => done({ exit, signal })),
  )
  const isOver = () => server.exitCode !== null || server.signalCode !== null
  const watch = setTimeout(() => server.kill('SIGKILL'), 30_000)
  const answers: string[] = []
  for (const request of requests) {
    for (let attempt = 0; attempt < 500 && !isOver(); attempt++) {
      const answer = await exchange(at, request)
      if (answer === null) {
        await later(10)
        continue
      }
      answers.push(answer)
      break
    }
  }
  server.kill('SIGTERM')
  const end = await ended
  clearTimeout(watch)
  return { answers, ...end, log }
}

/** What came back; null where nothing listens. */
function exchange(at: number, request: Uint8Array): Promise<string | null> {
  return new Promise((done) => {
    let got = ''
    const socket = createConnection({ host: '127.0.0.1', port: at }, () => socket.write(request))
    socket.setEncoding('latin1').setTimeout(10_000, () => socket.destroy())
    socket.on('data', (text: string) => {
      got += text
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') done(null)
    })
    socket.on('close', () => done(got))
  })
}
