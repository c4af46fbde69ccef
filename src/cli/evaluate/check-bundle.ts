import { createPublicKey, hash, verify } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { recompute } from '../../core/evaluation/report/bundle.ts'
import { canonicalBytes } from '../../ledger/statement.ts'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'

const MOST_BYTES = 512 << 20
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Computes a bundle again and says of each file whether it is the same; exit code 1 when one is not. Throws Stop on what is none. */
export function checkBundle(file: string, json: boolean, screen: Console): Exit {
  const again = recompute(bytesOf(file), (bytes) => hash('sha256', bytes, 'hex'))
  if (!again.ok) throw new Stop(EXIT.badInput, inert(again.say))
  const signed = again.signature === null ? 'unsigned' : signatureOf(again.signature)
  const same = again.files.every((one) => one.same) && again.wrongDigests.length === 0 && signed !== 'wrong'
  const { files, wrongDigests, decided, figures } = again
  if (json) {
    const { p50, p80, outcome } = figures.horizon
    const decision = figures.decision?.outcome ?? null
    screen.out(
      JSON.stringify({ same, files, wrongDigests, decided, signed, model: figures.model, p50, p80, outcome, decision }),
    )
    return same ? EXIT.done : EXIT.attention
  }
  for (const one of files) screen.out(`${one.same ? 'same      ' : 'differs   '} ${one.name}`)
  for (const name of wrongDigests) screen.out(`changed    ${inert(name)}`)
  screen.out(`signature  ${SIGNED[signed]}`)
  if (figures.decision !== null) {
    const how = decided ? 'decided again by the plan in the bundle' : 'as stated; its criteria are sealed'
    screen.out(`outcome    ${inert(figures.decision.outcome)} (${how})`)
  }
  screen.out(same ? 'The report is computed again byte for byte.' : 'This is not the report that its data give.')
  return same ? EXIT.done : EXIT.attention
}

type Signed = 'unsigned' | 'good' | 'wrong'
const SIGNED: Readonly<Record<Signed, string>> = {
  unsigned: 'none',
  good: 'good; whose key it is you must know from elsewhere',
  wrong: 'does not hold',
}

function signatureOf({ over, text }: { readonly over: string; readonly text: string }): Signed {
  try {
    const { publicKey, sig } = JSON.parse(text) as { publicKey: string; sig: string }
    const raw = Buffer.from(publicKey, 'base64')
    if (raw.length !== 32) return 'wrong'
    const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' })
    const bytes = canonicalBytes({ type: 'weir/bundle/1', digest: hash('sha256', over, 'hex') })
    return bytes !== null && verify(null, bytes, key, Buffer.from(sig, 'base64')) ? 'good' : 'wrong'
  } catch {
    return 'wrong'
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    if (lstatSync(file).size <= MOST_BYTES) return readFileSync(file)
  } catch {
    throw new Stop(EXIT.badInput, `${inert(file)} cannot be read.`)
  }
  throw new Stop(EXIT.badInput, `${inert(file)} is larger than a bundle can be.`)
}
