import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { Random } from '../../../core/kernel/id.ts'
import { takeFolder } from '../disk/owner-lock.ts'
import { headFile } from './head-file.ts'
import { type KeyStore, KeysDamaged } from './key-store.ts'
import { SecretFiles } from './secret-files.ts'
import { signingFile } from './signing-file.ts'
import { SlotFile } from './slot-file.ts'

export interface KeyFolderOptions {
  readonly folder: string
  /** The data folder; keys inside it would travel with every copy of the data, so that is refused. */
  readonly dataDir: string
  /** What a first start signs the ledger as; random when not given. */
  readonly origin?: string
  readonly random: Random
}

/** `<data>-keys`, beside the data folder. */
export function defaultKeyFolder(dataDir: string): string {
  return `${resolve(dataDir)}-keys`
}

/** Opens the key store in a folder, making it at the first start. One process at a time: FolderTaken where another has it. */
export function openKeyFolder({ folder, dataDir, origin, random }: KeyFolderOptions): KeyStore {
  const home = resolve(folder)
  if (!existsSync(home)) mkdirSync(home, { recursive: true, mode: 0o700 })
  refuseInside(home, dataDir)
  refuseOpen(home)
  const lock = takeFolder(home)
  try {
    for (const name of readdirSync(home)) if (!name.startsWith('.') && !name.startsWith('owner.')) refuseOpen(join(home, name))
    const secretsHome = join(home, 'secrets')
    if (!existsSync(secretsHome)) mkdirSync(secretsHome, { mode: 0o700 })
    const secrets = new SecretFiles(secretsHome, random)
    const slots = new SlotFile(join(home, 'slots'), random)
    const signing = signingFile(home, random, origin)
    return {
      allocate: (count) => slots.allocate(count),
      get: (wanted) => slots.get(wanted),
      erase: (gone) => slots.erase(gone),
      secret: (name) => secrets.get(name),
      signingKey: signing.current,
      renewSigningKey: signing.renew,
      head: headFile(join(home, 'head.json')),
      async close() {
        await slots.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function refuseInside(home: string, dataDir: string): void {
  const real = realpathSync(home) + sep
  const data = (existsSync(dataDir) ? realpathSync(dataDir) : resolve(dataDir)) + sep
  if (!real.startsWith(data)) return
  throw new KeysDamaged(
    `the key folder ${home} is inside the data folder, so every copy of the data would carry its keys; name a folder elsewhere`,
  )
}

/** Others' permissions on keys are refused, not mended: whoever could read them may have. */
function refuseOpen(path: string): void {
  const { mode, uid } = lstatSync(path)
  const mine = process.getuid?.()
  if (mine !== undefined && uid !== mine)
    throw new KeysDamaged(`${path} belongs to user ${uid}, not to the one Weir runs as (${mine})`)
  if ((mode & 0o077) === 0) return
  throw new KeysDamaged(
    `${path} can be reached by others (mode ${(mode & 0o777).toString(8)}); if nobody read it: chmod -R go= '${path}'`,
  )
}
