import type { Finding } from '../../../core/findings/finding.ts'
import type { Ground } from '../../ground.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { onePiece } from '../../store/blobs/pieces.ts'
import { getBlob, putBlob } from '../../store/blobs/sealed-blob.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { open, seal } from '../../store/keys/seal.ts'
import type { Claim } from './prepare.ts'

/** A finding whole: as it was understood, and the bytes as they came. */
export interface Body {
  readonly finding: Finding
  readonly raw: Buffer
}

/** Bodies up to this many bytes lie sealed in their row, larger ones (a long crash log, an attached file) in the blob store. */
const IN_ROW = 64 << 10
/** Stands where a row's body has the length of its first part: the rest is the name of a blob. */
const ELSEWHERE = 0xffff_ffff
const LARGEST = 64 << 20

type Sealing = Pick<Ground, 'blobs' | 'keys' | 'random'>

/** The sealed body for a finding's row. A large one is durable in the blob store first; left over, it is a file nobody can open. */
export async function sealBody(
  ground: Sealing,
  key: DataKey,
  id: string,
  claim: Pick<Claim, 'finding' | 'raw'>,
): Promise<Buffer> {
  const packed = pack(claim)
  if (packed.length <= IN_ROW) return seal(key.key, packed, place(id), ground.random)
  const { name } = await putBlob(ground.blobs, ground.keys, key, onePiece(packed), LARGEST, ground.random)
  return seal(key.key, Buffer.concat([headOf(ELSEWHERE), Buffer.from(name)]), place(id), ground.random)
}

/** Opens a body wherever it lies. Throws SealBroken or BlobMissing where it was changed or lost. */
export async function readBody(
  ground: Pick<Ground, 'blobs' | 'keys'>,
  key: DataKey,
  id: string,
  sealed: Buffer,
): Promise<Body> {
  const inRow = open(key.key, sealed, place(id))
  if (inRow.readUInt32BE(0) !== ELSEWHERE) return unpack(inRow)
  const name = parseBlobName(inRow.subarray(4).toString('latin1'))
  if (name === null) throw new Error('a body names no blob')
  const pieces: Uint8Array[] = []
  for await (const piece of getBlob(ground.blobs, ground.keys, key, name)) pieces.push(piece)
  return unpack(Buffer.concat(pieces))
}

function pack({ finding, raw }: Pick<Claim, 'finding' | 'raw'>): Buffer {
  const json = Buffer.from(JSON.stringify(finding))
  return Buffer.concat([headOf(json.length), json, raw])
}

function unpack(bytes: Buffer): Body {
  const length = bytes.readUInt32BE(0)
  return { finding: JSON.parse(bytes.subarray(4, 4 + length).toString('utf8')), raw: bytes.subarray(4 + length) }
}

function headOf(length: number): Buffer {
  const head = Buffer.allocUnsafe(4)
  head.writeUInt32BE(length)
  return head
}

const place = (id: string): string => `finding/${id}/body`
