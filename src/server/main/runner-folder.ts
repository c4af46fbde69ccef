import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Where this server's own runner keeps its state. As root its runs have uids of their own, which must be able to reach the trees:
 * where the data folder lies behind one that others may not enter, the state lies under /var/lib, named after the data folder.
 */
export function runnerFolder(data: string, uid: number | undefined = process.getuid?.()): string {
  if (uid !== 0 || mayEnter(data)) return join(data, 'runner')
  return join('/var/lib/weir', `runner-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`)
}

function mayEnter(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    try {
      if ((statSync(at).mode & 0o001) === 0) return false
    } catch {
      return false
    }
    if (at === dirname(at)) return true
  }
}
