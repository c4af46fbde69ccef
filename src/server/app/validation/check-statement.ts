import { createHash, createPublicKey, verify } from 'node:crypto'
import type { Outcome } from '../../../core/validation/outcome.ts'
import type { Proof } from '../../../core/validation/proof.ts'
import { canonicalJson } from '../../../core/validation/signed/canonical.ts'
import { pae } from '../../../core/validation/signed/pae.ts'
import { readEnvelope, readStatement } from '../../../core/validation/signed/read-envelope.ts'
import type { Envelope, ValidationStatement } from '../../../core/validation/statement.ts'
import { keyId } from './register-runner.ts'

export type Checked =
  | { readonly ok: true; readonly envelope: Envelope; readonly digest: string; readonly key: string }
  | { readonly ok: false; readonly say: string }

// RFC 8410: the ASN.1 in front of the 32 bytes of an Ed25519 public key.
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Whether an envelope is a statement about this job, signed by that runner, with the outcome that was posted beside it. `digest` is
 * the SHA-256, hex, of the signed payload.
 */
export function checkStatement(value: unknown, publicKey: Uint8Array, proof: Proof, outcome: Outcome): Checked {
  const envelope = readEnvelope(value)
  if (envelope === null) return no('That is no DSSE envelope of an in-toto statement.')
  const payload = Buffer.from(envelope.payload, 'base64')
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  const signed = envelope.signatures.some(({ sig }) =>
    verify(null, pae(envelope.payloadType, payload), key, Buffer.from(sig, 'base64')),
  )
  if (!signed) return no('No signature is by the key that the runner registered.')
  const statement = readStatement(payload)
  if (statement === null) return no('The payload is no statement of a validation.')
  if (said(statement) !== posted(outcome)) return no('The statement has another outcome than the one beside it.')
  const named = new Set(statement.subject.map((one) => one?.digest?.sha256))
  const missing = subjectsOf(proof).find((digest) => !named.has(digest))
  if (missing !== undefined) return no('The statement does not name every input of the job.')
  return { ok: true, envelope, digest: createHash('sha256').update(payload).digest('hex'), key: keyId(publicKey) }
}

const no = (say: string): Checked => ({ ok: false, say })

function said({ predicate }: ValidationStatement): string | null {
  try {
    return canonicalJson(predicate.outcome)
  } catch {
    return null
  }
}

/** The outcome as a statement carries it: without what differs from run to run. */
function posted({ builds, reproducers, patches, matrix, minimised, ranges }: Outcome): string {
  const built = builds.map(({ of, built, say, tree }) => ({ of, built, say, tree }))
  return canonicalJson({ builds: built, reproducers, patches, matrix, minimised, ranges })
}

/** What a statement must be about: the source, the recipe, the reproducers and the patches. */
function subjectsOf(proof: Proof): string[] {
  const { source } = proof.target
  const inputs = [
    ...(source.kind === 'mirror' ? [] : [source.input]),
    ...proof.reproducers.flatMap(({ input }) => (input.kind === 'file' ? [input.input] : input.requests)),
    ...proof.patches.map(({ input }) => input),
  ]
  const recipe = createHash('sha256').update(canonicalJson(proof.recipe)).digest('hex')
  return [recipe, ...inputs.map(({ digest }) => digest.replace(/^sha256:/, ''))]
}
