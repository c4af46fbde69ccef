import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isOrphaned } from '../owner.ts'

/** The depot's folders: trees by name, and what belongs to one sandbox process (drafts, rooms, streams), named after it. */
export interface DepotFolders {
  readonly root: string
  readonly trees: string
  /** This process's own, removed when it ends. */
  readonly own: string
  readonly drafts: string
  readonly boxes: string
  readonly room: string
}

/**
 * Makes the depot at `root` and removes what processes that are gone left behind. `group`: the group that reads it, null where the
 * sandboxes run under this process's own user. New files inherit that group from their folder.
 */
export function openDepot(root: string, owner: string, group: number | null): DepotFolders {
  const own = join(root, `weir-${owner}`)
  const folders = {
    root,
    trees: join(root, 'trees'),
    own,
    drafts: join(own, 'drafts'),
    boxes: join(own, 'boxes'),
    room: join(own, 'room'),
  }
  mkdirSync(root, { recursive: true })
  for (const folder of [root, folders.trees, own, folders.drafts, folders.boxes, folders.room]) {
    mkdirSync(folder, { recursive: true })
    if (group !== null) chownSync(folder, 0, group)
    chmodSync(folder, group === null ? 0o700 : 0o2710)
  }
  for (const name of readdirSync(root)) if (isOrphaned(name)) rmSync(join(root, name), { recursive: true, force: true })
  return folders
}
