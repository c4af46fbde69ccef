import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ownCaches } from './home.ts'

/**
 * The folder in which Node may keep this person's compiled code, made if need be; null where there is none that only this person can
 * write in, for what lies there is run. Node's own default is a folder of the system's temporary files, which is everybody's.
 */
export function codeCache(env: Readonly<Record<string, string | undefined>>): string | null {
  const own = ownCaches(env)
  const folder = join(own, 'code')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return isOurs(own) && isOurs(folder) ? folder : null
  } catch {
    return null
  }
}

function isOurs(folder: string): boolean {
  const stat = lstatSync(folder)
  if (process.getuid === undefined) return stat.isDirectory()
  return stat.isDirectory() && stat.uid === process.getuid() && (stat.mode & 0o022) === 0
}
