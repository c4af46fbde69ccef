import type { AssetTags } from '../../../core/exposure/component.ts'
import type { EdgeNote } from '../../../core/exposure/edge/edge-note.ts'
import { base32, PREFIX } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import type { EdgeDeviceRow } from '../../store/edge-device.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'

/** What is said of a device at the edge of a network. */
export type EdgeSaid = Pick<AssetTags, 'maker' | 'model' | 'unit' | 'support' | 'listed'>

/** What is sealed of a device, or, without a name, of the organisation itself. */
export interface EdgeBody {
  readonly name: string
  /** Who says what it is: a person, or the tags of its asset as they were when something was last said done. */
  readonly by: 'hand' | 'tags'
  readonly said: EdgeSaid
  readonly notes: readonly EdgeNote[]
}

/** The row of what the directive asks of the organisation itself. */
export const OWN_ROW = 'own'

/** The id of a device: from its name, keyed, so that an asset keeps it whether its inventory is there or not. */
export function edgeId({ keys }: Pick<Ground, 'keys'>, organisation: string, name: string): string {
  const mac = keyedMac(keys.secret('index'), 'edge-device')(Buffer.from(JSON.stringify([organisation, name])))
  return `${PREFIX['edge-device']}_${base32(mac).slice(0, 24)}`
}

const place = (organisation: string, id: string) => `edge-device/${organisation}/${id}/body`

export function sealEdge(
  ground: Pick<Ground, 'random'>,
  key: Uint8Array,
  { organisation_id, id }: Pick<EdgeDeviceRow, 'organisation_id' | 'id'>,
  body: EdgeBody,
): Buffer {
  return sealJson(key, body, place(organisation_id, id), ground.random)
}

/** A device out of its row; null where its key is gone. */
export function openEdge({ keys }: Pick<Ground, 'keys'>, row: EdgeDeviceRow): EdgeBody | null {
  const [key] = keys.get([row.key_slot])
  return key ? openJson<EdgeBody>(key, row.body, place(row.organisation_id, row.id)) : null
}
