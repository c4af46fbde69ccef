import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import {
  type AssetTags,
  type Component,
  NO_TAGS,
  type StatedVulnerability,
  type Unmatched,
} from '../../../core/exposure/component.ts'
import type { InventoryKind, InventorySubject } from '../../../formats/inventory/inventory.ts'
import type { Ground } from '../../ground.ts'
import type { InventoryHead, InventoryRow } from '../../store/inventory.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { open, openJson, seal, sealJson } from '../../store/keys/seal.ts'

/** What is sealed of an inventory beside its components. */
export interface InventoryBody {
  readonly asset: string
  readonly tags: AssetTags
  readonly taggedAt: number
  readonly format: InventoryKind
  /** What was said with it of packages that do not say it themselves, like `debian-12`. */
  readonly distribution: string | null
  readonly subject: InventorySubject | null
  readonly components: number
  readonly unmatched: number
  /** At most 1,000 of the unmatched. */
  readonly set: readonly Unmatched[]
}

/** What of an inventory is matched. */
export interface InventoryContents {
  readonly components: readonly Component[]
  readonly stated: readonly StatedVulnerability[]
}

// What unpacks to more was not packed here.
const MOST = 512 << 20

const place = (id: string, part: 'body' | 'contents') => `inventory/${id}/${part}`

export function sealInventory(ground: Pick<Ground, 'random'>, key: Uint8Array, id: string, body: InventoryBody): Buffer {
  return sealJson(key, body, place(id, 'body'), ground.random)
}

/** What is said of an asset; null where its key is gone. */
export function openInventory({ keys }: Pick<Ground, 'keys'>, row: InventoryHead): InventoryBody | null {
  const [key] = keys.get([row.key_slot])
  if (!key) return null
  const body = openJson<InventoryBody>(key, row.body, place(row.id, 'body'))
  // One that was kept before there were as many tags says nothing of the later ones.
  return { ...body, distribution: body.distribution ?? null, tags: { ...NO_TAGS, ...body.tags } }
}

export function sealContents(ground: Pick<Ground, 'random'>, key: Uint8Array, id: string, of: InventoryContents): Buffer {
  return seal(key, zstdCompressSync(Buffer.from(JSON.stringify(of))), place(id, 'contents'), ground.random)
}

/** The components; null where their key is gone. */
export function openContents(
  { keys }: Pick<Ground, 'keys'>,
  row: Pick<InventoryRow, 'id' | 'key_slot' | 'contents'>,
): InventoryContents | null {
  const [key] = keys.get([row.key_slot])
  if (!key) return null
  const plain = zstdDecompressSync(open(key, row.contents, place(row.id, 'contents')), { maxOutputLength: MOST })
  return JSON.parse(plain.toString('utf8')) as InventoryContents
}

/** The name of an asset, keyed: by it a new inventory finds the one whose place it takes. */
export function assetDigest(ground: Pick<Ground, 'keys'>, organisation: string, asset: string): Buffer {
  return Buffer.from(keyedMac(ground.keys.secret('index'), 'asset')(Buffer.from(`${organisation}\n${asset}`)))
}
