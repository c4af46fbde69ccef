import { createReadStream } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { ItemAnswer } from '../../contract/shapes/report.ts'
import { EXIT, Stop } from '../exit.ts'
import { begin, type Client, readAll, reasonOf } from '../http/client.ts'
import { Lines } from '../http/lines.ts'
import { readProblem } from '../http/problem.ts'
import { object, text } from '../http/read.ts'
import { readItem, readSummary } from './tally.ts'

/** The connection ended before the summary: what has no answer was not acknowledged. */
export class Cut extends Error {
  override name = 'Cut'
}

export interface Watcher {
  readonly begun: (report: string, receivedAt: string | null) => void
  readonly item: (item: ItemAnswer) => void
  /** Bytes handed to the connection. */
  readonly sent: (bytes: number) => void
}

const LONGEST_LINE = 1 << 20
const SILENCE = 600_000

/** Sends a file once and reads the answers while sending. Throws Cut when the connection was lost, Stop when it was refused. */
export function sendOnce(
  client: Client,
  path: string,
  file: string,
  key: string,
  watch: Watcher,
  signal: AbortSignal,
): Promise<{ report: string | null; flaws: number }> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/x-ndjson', 'content-type': 'application/octet-stream', 'idempotency-key': key }
    const request = begin(client, path, { method: 'POST', headers, signal, timeout: SILENCE })
    const body = createReadStream(file, { highWaterMark: 256 << 10 })
    let answering = false
    const end = (act: () => void) => {
      body.destroy()
      act()
    }
    request.on('timeout', () => request.destroy(new Error('the server fell silent')))
    // While an answer comes in, its own end says what happened: a server that refuses may close before we have sent all.
    request.on('error', (error) => answering || end(() => reject(new Cut(reasonOf(error)))))
    request.on('response', (response) => {
      answering = true
      readAnswers(response, watch).then(
        (done) => end(() => resolve(done)),
        (error: Error) => {
          request.destroy()
          end(() => reject(error))
        },
      )
    })
    body.on('error', () => {
      request.destroy()
      end(() =>
        reject(
          new Stop(
            EXIT.badInput,
            'The file could not be read to its end.',
            'Nothing is taken twice: mend it and run the same command again.',
          ),
        ),
      )
    })
    body.on('data', (part) => watch.sent(part.length))
    body.pipe(request)
  })
}

async function readAnswers(response: IncomingMessage, watch: Watcher): Promise<{ report: string | null; flaws: number }> {
  const status = response.statusCode ?? 0
  if (status !== 200) {
    const stop = readProblem(status, await readAll(response).catch(() => Buffer.alloc(0)))
    throw stop.exit === EXIT.unavailable ? new Cut(stop.message) : stop
  }
  const lines = new Lines(LONGEST_LINE)
  let summary: { report: string | null; flaws: number } | null = null
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      for (const line of lines.push(chunk)) summary = readLine(line, watch) ?? summary
    }
  } catch (error) {
    if (error instanceof Stop) throw error
    throw new Cut(error instanceof RangeError ? 'the answer is not one of Weir' : reasonOf(error))
  }
  if (summary === null) throw new Cut('the answer ended early')
  return summary
}

function readLine(line: string, watch: Watcher): { report: string | null; flaws: number } | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Stop(
      EXIT.unavailable,
      'What answers there is not Weir: its answer is not JSON.',
      'Name the server with --server.',
    )
  }
  const { type, report, receivedAt, complete } = object(value)
  if (type === 'report') watch.begun(text(report) ?? '', text(receivedAt))
  const item = type === 'item' ? readItem(value) : null
  if (item !== null) watch.item(item)
  return type === 'summary' && complete === true ? readSummary(value) : null
}
