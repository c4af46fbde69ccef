import { createPublicKey } from 'node:crypto'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure.ts'
import type { Proved } from './prove.ts'
import type { SigningKey } from './statement/key.ts'

/** Writes statement, public key, outcome, log and products into a folder, and answers their paths. */
export function writeOut(folder: string, proved: Proved, key: SigningKey): string[] {
  const top = resolve(folder)
  const files: string[] = []
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(top, name)
    writeFileSync(path, content)
    files.push(path)
  }
  try {
    mkdirSync(top, { recursive: true })
    write('statement.json', `${JSON.stringify(proved.envelope)}\n`)
    write('statement-key.pem', createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }))
    write('outcome.json', `${JSON.stringify(proved.outcome, null, 2)}\n`)
    copyFileSync(proved.log, join(top, 'log.txt'))
    files.push(join(top, 'log.txt'))
    if (proved.products.length > 0) mkdirSync(join(top, 'products'), { recursive: true })
    for (const [n, { name, bytes }] of proved.products.entries()) write(join('products', `${n + 1}-${name}`), bytes)
    return files
  } catch (error) {
    throw new Failure('out.unwritable', `The results cannot be written: ${(error as Error).message}.`, { where: top })
  }
}
