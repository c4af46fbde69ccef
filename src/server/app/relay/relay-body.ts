import type { DraftFile, RelayDraft } from '../../../core/cases/relay/relay-draft.ts'
import type { Sending } from '../../../core/cases/relay/sending.ts'
import type { Random } from '../../../core/kernel/id.ts'
import type { RelayPlace } from '../../relay/routes.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'

/** What a relay's row keeps under its case's key. */
export interface RelayBody {
  readonly draft: RelayDraft
  readonly place: RelayPlace | null
  readonly sending: Sending | null
}

/** Where it is sealed for. */
interface Place {
  readonly case: string
  readonly id: string
}

const placeOf = ({ case: of, id }: Place) => `case/${of}/relay/${id}`

/** Seals a body for its relay's row. */
export function sealRelay(key: Uint8Array, at: Place, { draft, ...rest }: RelayBody, random: Random): Buffer {
  return sealJson(key, { ...rest, draft: withFiles(draft, packed) }, placeOf(at), random)
}

/** The body that a row holds. */
export function openRelay(key: Uint8Array, at: Place, sealed: Uint8Array): RelayBody {
  const { draft, ...rest } = openJson<RelayBody>(key, sealed, placeOf(at))
  return { ...rest, draft: withFiles(draft, unpacked) }
}

const packed = ({ bytes, ...rest }: DraftFile) => ({ ...rest, bytes: Buffer.from(bytes).toString('base64') as never })
const unpacked = ({ bytes, ...rest }: DraftFile) => ({ ...rest, bytes: Uint8Array.from(Buffer.from(String(bytes), 'base64')) })

function withFiles(draft: RelayDraft, each: (file: DraftFile) => DraftFile): RelayDraft {
  if (draft.route === 'vince') {
    const { file, fields } = draft.body
    return { ...draft, body: { fields, file: file === null ? null : each(file) } }
  }
  return draft.route === 'akrites' ? { ...draft, body: { ...draft.body, files: draft.body.files.map(each) } } : draft
}

/** Files that go with a draft; GitHub takes none. */
export function filesOf(draft: RelayDraft): readonly DraftFile[] {
  if (draft.route === 'vince') return draft.body.file === null ? [] : [draft.body.file]
  return draft.route === 'akrites' ? draft.body.files : []
}

/** What is sent beside files, as text that a person can read through. */
export function sendsOf(draft: RelayDraft): string {
  const shown = draft.route === 'akrites' ? draft.body.report : draft.route === 'vince' ? draft.body.fields : draft.body
  return JSON.stringify(shown, null, 2)
}
