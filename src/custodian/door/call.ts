import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallRefusal } from '../../contract/custody.ts'
import { connectTo } from '../endpoint/connect.ts'
import { callPath, placeOf } from '../endpoint/place.ts'
import type { KeptDocket } from '../keep/kept-docket.ts'
import { isDocket } from '../keep/parse.ts'
import { secretIn } from './headers.ts'
import { MOST_BODY, type Passed, passOn } from './pass-on.ts'
import { refuseCall } from './refuse.ts'

/** What the door asks of whoever keeps the dockets. */
export interface Keeper {
  find(docket: string): KeptDocket | null
  /** The key's text, into memory; null where it cannot be opened. */
  openKey(docket: KeptDocket): Promise<string | null>
  readonly privateEndpoints: boolean
}

const nothing = { status: null, bytesOut: 0, bytesIn: 0, tokensIn: null, tokensOut: null }

/** One call at the door: judged, written down, passed on, and in the log before its answer is complete. */
export async function serveCall(keeper: Keeper, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = '', asked = ''] = /^\/([^/?#]{1,64})\/([^?#]{0,64})$/.exec(request.url ?? '') ?? []
  const docket = isDocket(name) ? keeper.find(name) : null
  const secret = secretIn(request.headers)
  const purpose = docket === null || secret === null ? null : docket.purposeOf(secret)
  const refuse = (code: CallRefusal) => {
    docket?.refused(purpose, code)
    refuseCall(response, code)
  }
  if (docket === null || docket.isErased || purpose === null) return refuse(docket?.latch ? 'window.ended' : 'grant.unknown')
  const { endpoint } = docket
  const place = endpoint === null ? null : placeOf(endpoint, keeper.privateEndpoints)
  const path = endpoint === null || place === null ? null : callPath(place, endpoint.api, asked)
  const barred = docket.judge()
  if (barred !== null) return refuse(barred)
  if (endpoint === null || place === null || path === null || request.method !== 'POST') return refuse('call.not-allowed')
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY) return refuse('call.too-large')

  const from = performance.now()
  const cutEarly = Promise.withResolvers<CallRefusal>()
  let cut: (why: CallRefusal) => void = cutEarly.resolve
  const call = docket.begin(purpose, (why) => cut(why))
  const passed = await pass()
  const { broken, ...counts } = passed
  const what = broken?.startsWith('window.') ? 'cut' : 'call'
  if (broken === 'endpoint.unreachable' || passed.status !== null)
    docket.reached(!isDown(passed.status) && broken !== 'endpoint.unreachable')
  const facts = { purpose, ...counts, ms: Math.round(performance.now() - from), note: broken }
  const kept = await docket.finish(call, what, facts)
  if (broken === null && kept) response.end()
  else if (broken === 'caller-left' || broken === null) response.destroy()
  else refuseCall(response, broken)

  async function pass(): Promise<Passed> {
    const key = await keeper.openKey(docket!)
    if (key === null) return { ...nothing, broken: 'endpoint.unreachable' }
    try {
      const connecting = connectTo(place!, endpoint!.spki, keeper.privateEndpoints)
      const socket = await Promise.race([connecting, cutEarly.promise])
      if (typeof socket === 'string') {
        connecting.then(
          (late) => late.destroy(),
          () => {},
        )
        return { ...nothing, broken: socket }
      }
      // Opening and connecting took their time: the end may have come meanwhile.
      const late = docket!.judge()
      if (late !== null) {
        socket.destroy()
        return { ...nothing, broken: late }
      }
      const passage = { endpoint: endpoint!, place: place!, path: path!, key, socket, judge: () => docket!.judge() }
      return await passOn(request, response, passage, (give) => {
        cut = give
      })
    } catch {
      return { ...nothing, broken: 'endpoint.unreachable' }
    }
  }
}

/** What a gateway says when there is nothing behind it. */
function isDown(status: number | null): boolean {
  return status === 502 || status === 503 || status === 504
}
