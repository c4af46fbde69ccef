import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Makes the folder where it is missing, 0700; as root it and its files are given to `uid`. Throws where it is somebody else's. */
export function takeFolder(folder: string, uid: number | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const own = process.getuid?.()
  if (own === 0 && uid !== null) {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      // Links and folders have no business here, and a link could lead a change of owner anywhere.
      const one = lstatSync(path)
      if (one.isFile() && one.nlink === 1) chownSync(path, uid, uid)
    }
    chownSync(folder, uid, uid)
  } else if (own !== undefined && statSync(folder).uid !== own) throw new Error('the folder belongs to another account')
  chmodSync(folder, 0o700)
}

/** Gives up root for good, where this process has it and was given a uid; tells which isolation there is. Throws if it cannot. */
export function becomeOwnUser(uid: number | null): 'own-user' | 'process-only' {
  if (process.getuid?.() !== 0 || uid === null) return 'process-only'
  process.setgroups!([])
  process.setgid!(uid)
  process.setuid!(uid)
  if (process.getuid?.() !== uid || process.geteuid?.() !== uid || process.getegid?.() !== uid)
    throw new Error('root was not given up')
  try {
    process.setuid!(0)
  } catch {
    return 'own-user'
  }
  throw new Error('root could be taken back')
}
