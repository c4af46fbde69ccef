import { type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { CallRefusal, Endpoint } from '../../contract/custody.ts'
import { hostOf } from '../endpoint/ask.ts'
import { keyHeaders } from '../endpoint/key-header.ts'
import type { Place } from '../endpoint/place.ts'
import { headersIn, headersOut } from './headers.ts'
import { ModelScan } from './model-scan.ts'
import { Scrubber } from './scrub.ts'
import { type Usage, UsageReader } from './usage.ts'

/** A request's body, at most; the longest contexts there are stay below it. */
export const MOST_BODY = 33_554_432
/** An endpoint that says nothing for so long is taken to be gone. */
const SILENT_MS = 600_000

export interface Passed extends Usage {
  readonly status: number | null
  readonly bytesOut: number
  readonly bytesIn: number
  /** Why it did not come to its end; null where it did. */
  readonly broken: CallRefusal | 'caller-left' | null
}

export interface Passage {
  readonly endpoint: Endpoint
  readonly place: Place
  readonly path: string
  readonly key: string
  readonly socket: Socket
  /** Null while this call may go on; asked at every piece in either direction. */
  readonly judge: () => CallRefusal | null
}

/**
 * Passes one call on and its answer back, piece by piece. Resolves when the endpoint's part is over; the last bytes of the
 * answer are already with the caller, and its end is left to whoever called. `onCut` is handed what ends it at once.
 */
export function passOn(
  caller: IncomingMessage,
  response: ServerResponse,
  passage: Passage,
  onCut: (cut: (why: CallRefusal) => void) => void,
): Promise<Passed> {
  const { endpoint, place, path, key, socket } = passage
  let bytesOut = 0
  let bytesIn = 0
  let status: number | null = null
  let usage: UsageReader | null = null
  return new Promise((resolve) => {
    let over = false
    const end = (broken: Passed['broken']) => {
      if (over) return
      over = true
      caller.unpipe()
      caller.pause()
      socket.destroy()
      asking?.destroy()
      resolve({ status, bytesOut, bytesIn, broken, ...(usage?.usage ?? { tokensIn: null, tokensOut: null }) })
    }
    let asking: ClientRequest | null = null
    const may = () => {
      const code = over ? null : passage.judge()
      if (code !== null) end(code)
      return !over
    }
    onCut((why) => end(why))
    response.once('close', () => end('caller-left'))
    const version = caller.headers['anthropic-version']
    const keyed = keyHeaders(endpoint.api, key, typeof version === 'string' ? version : undefined)
    asking = request({
      method: 'POST',
      path,
      headers: { ...headersOut(caller.headers), ...lengthOf(caller), host: hostOf(place), connection: 'close', ...keyed },
      createConnection: () => socket,
    })
    asking.setTimeout(SILENT_MS, () => end('endpoint.unreachable'))
    asking.on('error', () => end('endpoint.unreachable'))
    asking.once('response', (answer) => {
      status = answer.statusCode ?? null
      if (status === null || status < 200 || (status >= 300 && status < 400)) return end('endpoint.unreachable')
      if (!may()) return
      usage = new UsageReader(answer.headers['content-type'])
      const scrub = new Scrubber(key)
      response.writeHead(status, headersIn(answer.headers))
      answer.on('error', () => end('endpoint.unreachable'))
      answer.on('data', (piece: Buffer) => {
        if (!may()) return
        bytesIn += piece.length
        usage?.push(piece)
        if (!response.write(scrub.push(piece))) {
          answer.pause()
          response.once('drain', () => answer.resume())
        }
      })
      answer.once('end', () => {
        if (!may()) return
        response.write(scrub.end())
        end(answer.complete ? null : 'endpoint.unreachable')
      })
    })
    caller.on('error', () => end('caller-left'))
    const scan = new ModelScan(endpoint.model)
    // One piece behind: a request whose model is not the docket's never becomes whole.
    let held: Buffer | null = null
    caller.on('data', (piece: Buffer) => {
      bytesOut += piece.length
      if (bytesOut > MOST_BODY) return end('call.too-large')
      scan.push(piece)
      if (!scan.ok) return end('call.not-allowed')
      if (!may()) return
      if (held !== null && !asking.write(held)) {
        caller.pause()
        asking.once('drain', () => caller.resume())
      }
      held = piece
    })
    caller.once('end', () => {
      if (!scan.isOurs) return end('call.not-allowed')
      if (may()) asking.end(held)
    })
  })
}

/** The length is passed on where it is told, so that endpoints that want one have it. */
function lengthOf(caller: IncomingMessage): Record<string, string> {
  const told = caller.headers['content-length']
  return told !== undefined && /^\d{1,9}$/.test(told) ? { 'content-length': told } : {}
}
