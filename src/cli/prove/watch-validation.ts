import { setTimeout as sleep } from 'node:timers/promises'
import type { ValidationPage } from '../../contract/shapes/validation.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask, type Client } from '../http/client.ts'

const EVERY_MS = 1000
/** A server that is started again meanwhile is waited for: what it was asked to run is not lost. */
const AWAY_MOST = 60

/** One validation of a server, read in the shape it should have; throws Stop where what answers is something else. */
export async function readPage(client: Client, id: string): Promise<ValidationPage> {
  // Loaded here: the shapes bring their reader along, and no other verb should wait for it.
  const { ValidationPage: shape } = await import('../../contract/shapes/validation.ts')
  const read = shape.safeParse(await ask(client, 'GET', `/v1/validations/${encodeURIComponent(id)}`))
  if (read.success) return read.data
  throw new Stop(EXIT.unavailable, 'The server tells of validations in another way than this command knows.')
}

/** Looks at a validation every second until it ended; `tell` hears each look. Ctrl-C ends the watching, not the validation. */
export async function watchValidation(
  client: Client,
  id: string,
  tell: (page: ValidationPage) => void,
  signal: AbortSignal,
): Promise<ValidationPage> {
  for (let away = 0; ; ) {
    if (signal.aborted)
      throw new Stop(
        EXIT.stopped,
        `No longer watched; ${id} goes on.`,
        `Look: weir prove show ${id}. End it: weir prove stop ${id}`,
      )
    try {
      const page = await readPage(client, id)
      away = 0
      if (page.row.state !== 'waiting' && page.row.state !== 'running') return page
      tell(page)
    } catch (error) {
      if (!(error instanceof Stop) || error.exit !== EXIT.unavailable || ++away >= AWAY_MOST) throw error
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
