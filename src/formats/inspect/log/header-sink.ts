import type { ImportLimits } from '../import-limits.ts'
import { plain } from '../json/plain.ts'
import type { WalkSink } from '../json/walk.ts'
import type { Into, Want } from '../json/want.ts'

const ROOT_KEYS = ['version', 'status', 'eval', 'results', 'stats', 'error', 'invalidated', 'log_updates', 'config_updates']

/** What is taken of a header: `samples` as the caller wants them, everything else that is not known is passed over. */
export function headerWant(limits: ImportLimits, samples: Want = 'skip'): Into {
  const keys = ROOT_KEYS.map((key): [string, Want] => [key, limits.headerBytes])
  return { keys: new Map([...keys, ['samples', samples]]), other: 'skip' }
}

/** Gathers the top-level values of a header; a value too large counts as not stated and is named in `tooLarge`. */
export class HeaderSink implements WalkSink {
  readonly values = new Map<string, unknown>()
  readonly tooLarge: string[] = []

  value(path: readonly (string | number)[], bytes: Uint8Array | null): void {
    const key = path[0]
    if (typeof key !== 'string' || path.length !== 1) return
    if (bytes === null) this.tooLarge.push(key)
    else this.values.set(key, plain(bytes))
  }
}
