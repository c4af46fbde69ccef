import { setTimeout as sleep } from 'node:timers/promises'
import type { ItemAnswer } from '../../contract/shapes/report.ts'
import { EXIT, Stop } from '../exit.ts'
import type { Client } from '../http/client.ts'
import { counted } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import { type Parameters, uploadPath } from './parameters.ts'
import { Cut, sendOnce } from './send.ts'
import { refuseChanged, type Source } from './source.ts'

export interface Uploaded {
  readonly report: string | null
  readonly receivedAt: string | null
  readonly flaws: number
}

export interface UploadOptions {
  /** Each item once, in order, also when the connection was cut and the file sent again. */
  readonly item: (item: ItemAnswer) => void
  readonly moved: (state: { readonly items: number; readonly share: number | null }) => void
  readonly tell: (say: string) => void
  readonly signal: AbortSignal
  /** Tries in a row that bring nothing new before it gives up. */
  readonly tries: number
}

/** Milliseconds before the next try, after that many in a row that brought nothing. */
export function backoff(failures: number): number {
  return Math.min(15_000, 500 * 2 ** Math.max(0, failures - 1))
}

/** Sends a file until its summary is there: after a cut it is sent again under the same key, and goes on where it was. */
export async function upload(
  client: Client,
  source: Source,
  parameters: Parameters,
  { item, moved, tell, signal, tries }: UploadOptions,
): Promise<Uploaded> {
  const path = uploadPath(source.name, parameters)
  const name = inert(source.name ?? 'standard input', 120)
  let next = 0
  let receivedAt: string | null = null
  for (let failures = 0; ; ) {
    await refuseChanged(source)
    const before = next
    let bytes = 0
    const share = () => (source.size === 0 ? null : Math.min(1, bytes / source.size))
    const watch = {
      begun: (_: string, at: string | null) => {
        receivedAt ??= at
      },
      item: (one: ItemAnswer) => {
        // An earlier try may have had this answer already; the second one says `repeated`.
        if (one.n < next) return
        next = one.n + 1
        item(one)
        moved({ items: next, share: share() })
      },
      sent: (more: number) => {
        bytes += more
        moved({ items: next, share: share() })
      },
    }
    try {
      return { ...(await sendOnce(client, path, source.path, source.key, watch, signal)), receivedAt }
    } catch (error) {
      if (!(error instanceof Cut)) throw error
      if (signal.aborted)
        throw new Stop(EXIT.stopped, `Stopped. ${kept(next, name)}`, 'Run the same command again to go on from here.')
      failures = next > before ? 1 : failures + 1
      if (failures >= tries)
        throw new Stop(
          EXIT.unavailable,
          `${client.base.origin}: ${error.message}. ${kept(next, name)}`,
          'Run the same command again to go on; nothing is taken twice.',
        )
      tell(`${error.message}; trying again in ${backoff(failures) / 1000} s`)
      await sleep(backoff(failures), undefined, { signal }).catch(() => {})
      if (signal.aborted)
        throw new Stop(EXIT.stopped, `Stopped. ${kept(next, name)}`, 'Run the same command again to go on from here.')
    }
  }
}

function kept(items: number, name: string): string {
  return items === 0
    ? `Not stored: nothing of ${name} was acknowledged.`
    : `${counted(items, 'item')} of ${name} ${items === 1 ? 'is' : 'are'} stored and kept; what follows was not acknowledged.`
}
