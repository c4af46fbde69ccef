import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '../../../core/kernel/digest.ts'
import { sameBytes } from '../../../ledger/hash.ts'
import type { Head } from '../../../ledger/head.ts'
import { replaceFile } from '../disk/durable.ts'
import { type HeadKeeper, KeysDamaged } from './key-store.ts'

/** The head in one small file. The folder has one owner, and nothing is awaited between the look and the move. */
export function headFile(path: string): HeadKeeper {
  const read = (): Head | null => parseHead(path, readIfThere(path))
  return {
    read,
    async swap(expected, next) {
      if (!sameHead(read(), expected)) return false
      replaceFile(path, Buffer.from(JSON.stringify({ origin: next.origin, size: next.size, root: toHex(next.root) })))
      return true
    },
  }
}

export function sameHead(a: Head | null, b: Head | null): boolean {
  if (a === null || b === null) return a === b
  return a.origin === b.origin && a.size === b.size && sameBytes(a.root, b.root)
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** A head that cannot be read is not "no head": that would let the log sign a second history. */
function parseHead(path: string, text: string | null): Head | null {
  if (text === null) return null
  try {
    const { origin, size, root } = JSON.parse(text) as { origin: unknown; size: unknown; root: unknown }
    const bytes = typeof root === 'string' ? fromHex(root) : null
    if (typeof origin === 'string' && Number.isSafeInteger(size) && (size as number) >= 0 && bytes?.length === 32)
      return { origin, size: size as number, root: bytes }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new KeysDamaged(`${path} is damaged: the ledger's outside head cannot be read, so the ledger must not sign`)
}
