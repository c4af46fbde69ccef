import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Encrypter } from 'age-encryption'
import { ENDPOINT_APIS } from '../../contract/custody.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask, type Client } from '../http/client.ts'
import { type Loose, object, text } from '../http/read.ts'
import { HERE } from '../root.ts'
import { inert } from '../text/inert.ts'

export interface GivenEndpoint {
  readonly base: string
  readonly model: string
  readonly api: string
  readonly spki?: string
  /** File with the key; null: standard input. */
  readonly keyFile: string | null
}

const LONGEST_KEY = 8192

/** Seals an endpoint's key to the custodian's recipient and sends it; the key itself leaves this machine only so. */
export async function sendKey(client: Client, docket: string, given: GivenEndpoint): Promise<Loose> {
  const api = ENDPOINT_APIS.find((one) => one === given.api)
  if (api === undefined) throw new Stop(EXIT.badInput, `The endpoint speaks one of: ${ENDPOINT_APIS.join(', ')}.`)
  const key = (await readKey(given.keyFile)).trim()
  if (key === '' || key.length > LONGEST_KEY || /[^\x21-\x7e]/.test(key))
    throw new Stop(EXIT.badInput, 'That is no key: one word of printable characters.')
  const at = `/v1/dockets/${encodeURIComponent(docket)}`
  const recipient = text(object(await ask(client, 'GET', `${at}/custody`))['recipient'])
  const sealed = await seal(recipient ?? '', key)
  const { base, model, spki } = given
  return object(await ask(client, 'PUT', `${at}/endpoint`, { api, base, model, spki: spki ?? null, sealed }))
}

async function seal(recipient: string, key: string): Promise<string> {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(recipient)
  } catch {
    throw new Stop(EXIT.unavailable, `The server names no recipient that a key can be sealed to: ${inert(recipient, 80)}`)
  }
  return Buffer.from(await encrypter.encrypt(key)).toString('base64')
}

async function readKey(file: string | null): Promise<string> {
  if (file !== null) {
    return await readFile(resolve(HERE, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Stop(EXIT.badInput, `${inert(file)} cannot be read (${error.code}).`)
    })
  }
  const parts: Buffer[] = []
  let held = 0
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    held += part.length
    if (held > LONGEST_KEY * 2) break
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
