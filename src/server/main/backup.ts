import { createReadStream } from 'node:fs'
import { restore } from '../store/backup/restore.ts'
import { backupToFile } from '../store/backup/write.ts'
import { withClient } from '../store/postgres/roles.ts'
import type { OpenGround } from './ground.ts'

type Figures = Readonly<Record<string, string | number>>

/** Writes records and blobs as of one instant to a new file, while the server goes on. Keys are never in it. */
export async function backUp({ owner, ground }: OpenGround, path: string): Promise<Figures> {
  const now = new Date(ground.clock())
  const done = await withClient(owner, (client) =>
    backupToFile(path, { client, blobs: ground.blobs, keys: ground.keys, now }),
  ).catch((error: Error & { code?: string }) => {
    throw error.code === 'EEXIST' ? new Error('There is a file of that name already; a backup never writes over one.') : error
  })
  return { ...done, file: path }
}

/** Brings a backup back into records in which nothing was done yet; all of it or nothing. */
export async function bringBack({ owner, ground }: OpenGround, path: string): Promise<Figures> {
  const restored = await withClient(owner, (client) =>
    restore(createReadStream(path), { client, blobs: ground.blobs, keys: ground.keys }),
  )
  return { ...restored }
}
