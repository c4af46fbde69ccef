import type { TargetOut } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { sealJson } from '../../store/keys/seal.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, NOT_FOUND } from '../answer.ts'
import { readTarget } from './list-targets.ts'
import { productKey } from './product-key.ts'
import { putStream } from './put-stream.ts'
import { recordValidation } from './record-validation.ts'
import type { TargetAbout } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

export interface WantedTarget {
  readonly name: string
  readonly kind: string
  readonly revision: string | null
  /** A purl, or a repository's address: flaws of the same product offer this target. */
  readonly purl: string | null
  readonly introducedAfter: string | null
}

const LARGEST = 512 << 20
// What git takes as the name of a commit, branch or tag, and nothing that an option could be.
const REVISION = /^[0-9A-Za-z][\w./-]{0,199}$/

/** Keeps the source of a target, sealed under a key of its own. Nothing of it is unpacked or run here. */
export async function addTarget(
  desk: ValidationDesk,
  who: Principal,
  wanted: WantedTarget,
  source: AsyncIterable<Uint8Array> | null,
): Promise<Answer<Presented<TargetOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { kind, revision, introducedAfter } = wanted
  if (kind !== 'archive' && kind !== 'git-bundle' && kind !== 'mirror')
    return denied('request.invalid', 'A target is an archive, a git-bundle or a mirror.', 'kind')
  const name = wanted.name.trim()
  if (name === '') return denied('request.invalid', 'Give the target a name, for example its purl with version.', 'name')
  if (kind !== 'archive' && revision === null)
    return denied('request.invalid', 'Say which revision is built: a commit, branch or tag.', 'revision')
  for (const [where, text] of Object.entries({ revision, introducedAfter }))
    if (text !== null && (!REVISION.test(text) || text.includes('..')))
      return denied('request.invalid', 'That is not the name of a commit, branch or tag.', where)
  const product = productKey(desk.macs, wanted.purl)
  if (product === null) return denied('request.invalid', 'Give a package URL or the address of a repository.', 'purl')
  if (kind !== 'mirror' && source === null) return denied('request.invalid', 'The request has no body: send the file itself.')
  const [key] = await desk.keys.allocate(1)
  const put = kind === 'mirror' ? null : await putStream(desk, key!, source!, LARGEST)
  if (put !== null && !put.ok) return put
  const id = newId('target', desk.random)
  const about: TargetAbout = { name, revision, digest: put?.value.digest ?? null, purl: wanted.purl, introducedAfter }
  await inTransaction(desk.store, scopeFor(who, 'write', 'target'), async (tx) => {
    await tx.db
      .insertInto('target')
      .values({
        target_key: product,
        id,
        organisation_id: organisation,
        kind,
        key_slot: key!.slot,
        about: sealJson(key!.key, about, `target/${id}/about`, desk.random),
        recipe: null,
        blob: put?.value.blob ?? null,
        bytes: put?.value.bytes ?? 0,
        created_at: at(desk.clock()) as never,
      })
      .execute()
    await recordValidation(tx, 'target', id, 1, 'target-added', desk.clock(), who)
  })
  desk.ownRunner.wake()
  return await readTarget(desk, who, id)
}
