import { homedir } from 'node:os'
import { join } from 'node:path'

/** The person's home folder; one that is not there for an account without any, as containers run with, so that nothing is kept in it. */
export function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return '/nonexistent'
  }
}

/** Weir's part of the folder where a person's caches lie: what is in it can be lost at any time. */
export function ownCaches(env: Readonly<Record<string, string | undefined>>, platform: string = process.platform): string {
  const home = homeFolder()
  const usual = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache')
  return join(env['XDG_CACHE_HOME'] || usual, 'weir')
}
