import { TEXT, type Wanted, wantedKeys } from '../../json/wanted.ts'
import { CYCLONEDX } from '../cyclonedx/shape.ts'
import { SPDX, SPDX3 } from '../spdx/shape.ts'
import { SYFT } from '../syft/part.ts'

// One shape for all of them: what is read of a document hangs on what stands in it, never on what it was taken for.
const BOM: Readonly<Record<string, Wanted>> = { ...CYCLONEDX, ...SPDX, ...SPDX3, ...SYFT }

/** A predicate is the BOM itself; early attestations put it below `Data`, and GitHub's interface puts one below `sbom`. */
const STATEMENT: Readonly<Record<string, Wanted>> = {
  ...BOM,
  sbom: wantedKeys(BOM),
  predicate: wantedKeys({ ...BOM, Data: wantedKeys(BOM) }),
}

const PAYLOAD: Wanted = { stream: 'payload' }

/** What is wanted of a bill of materials in JSON, bare or in an in-toto statement, a DSSE envelope or a Sigstore bundle. */
export const BOM_ROOT: Wanted = wantedKeys({
  ...STATEMENT,
  payload: PAYLOAD,
  payloadType: { ...TEXT, item: 'payload-type' },
  dsseEnvelope: wantedKeys({ payload: PAYLOAD }),
})

/** What is wanted of what an envelope holds: no further envelope. */
export const STATEMENT_ROOT: Wanted = wantedKeys(STATEMENT)
