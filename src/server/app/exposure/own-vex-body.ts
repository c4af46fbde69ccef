import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import type { Ground } from '../../ground.ts'
import type { OwnVexHead, OwnVexRow } from '../../store/exposure-vex.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { open, openJson, seal, sealJson } from '../../store/keys/seal.ts'

/** What is sealed of a VEX document beside its statements. */
export interface OwnVexBody {
  /** The id that the document gives itself. */
  readonly document: string
  readonly name: string | null
  readonly author: string
  readonly format: VexStatement['source']
  readonly newest: number | null
  readonly counts: Readonly<Record<VexStatement['status'], number>>
  /** Statements that were left out: they name no product. */
  readonly aside: number
  /** Characters of its statements: how much room they take while they are held. */
  readonly size?: number
  readonly by: string
}

// What unpacks to more was not packed here.
const MOST = 256 << 20

const place = (id: string, part: 'body' | 'contents') => `own-vex/${id}/${part}`

export function sealOwnVex(
  ground: Pick<Ground, 'random'>,
  key: Uint8Array,
  id: string,
  { body, statements }: { readonly body: OwnVexBody; readonly statements: readonly VexStatement[] },
): { readonly body: Buffer; readonly contents: Buffer } {
  const packed = zstdCompressSync(Buffer.from(JSON.stringify(statements)))
  return {
    body: sealJson(key, body, place(id, 'body'), ground.random),
    contents: seal(key, packed, place(id, 'contents'), ground.random),
  }
}

/** What people are told of a document; null where its key is gone. */
export function openOwnVexBody({ keys }: Pick<Ground, 'keys'>, row: OwnVexHead): OwnVexBody | null {
  const [key] = keys.get([row.key_slot])
  return key ? openJson<OwnVexBody>(key, row.body, place(row.id, 'body')) : null
}

/** Its statements; null where their key is gone. */
export function openOwnVex({ keys }: Pick<Ground, 'keys'>, row: OwnVexRow): readonly VexStatement[] | null {
  const [key] = keys.get([row.key_slot])
  if (!key) return null
  const plain = zstdDecompressSync(open(key, row.contents, place(row.id, 'contents')), { maxOutputLength: MOST })
  return JSON.parse(plain.toString('utf8')) as VexStatement[]
}

/** The id of a document, keyed: by it a new edition finds the one whose place it takes. */
export function ownVexDigest(ground: Pick<Ground, 'keys'>, organisation: string, document: string): Buffer {
  return Buffer.from(keyedMac(ground.keys.secret('index'), 'own-vex')(Buffer.from(`${organisation}\n${document}`)))
}
