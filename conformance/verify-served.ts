import { createPublicKey, verify } from 'node:crypto'
import { parseKey } from '../src/ledger/key.ts'
import { sha256 } from '../src/ledger/sha256.ts'
import { verifyLog } from '../src/ledger/verify-log.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Walks the whole served log with the key it states; `verifies`, or the first problems in words. */
export async function verifyServed(url: string): Promise<string> {
  const { ledger } = (await (await fetch(`${url}/v1/public`)).json()) as { ledger: { key: string } }
  const key = parseKey(ledger.key, sha256)
  if (key === null) return 'the stated key cannot be read'
  const walk = verifyLog({
    keys: [key],
    sha256,
    depth: 'full',
    verifySignature: (publicKey, message, signature) =>
      verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature),
  })
  let step = walk.next()
  while (!step.done) {
    const answer = await fetch(`${url}/ledger/${step.value}`)
    step = walk.next(answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null)
  }
  const report = step.value
  return report.problems.length === 0 ? 'verifies' : JSON.stringify(report.problems.slice(0, 3))
}
