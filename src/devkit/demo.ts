import { resolve } from 'node:path'
import { Encrypter } from 'age-encryption'
import type { DocketDesk } from '../server/app/docket/docket-desk.ts'
import { sampleModel } from './endpoint/sample-model.ts'
import { type FakeEndpoint, openFakeEndpoint } from './fake-endpoint.ts'
import { seedDemo } from './seed.ts'
import { seedDockets } from './seed-docket.ts'

const SUITE = resolve(import.meta.dirname, '../../suites/sample')
/** The setting that says that the dockets were made, and at which port the model of the first is asked. */
const NAME = 'demo-dockets'
/** Opens a script on this machine's own loopback, and nothing else. */
const KEY = 'key-of-the-demo-model'
const CUSTODIAN_MS = 20_000

/**
 * Puts the demo's people in place, then, beside the server's own start, its two dockets and the model that one of them measures. The
 * answered function ends the model.
 */
export async function startDemo(desk: DocketDesk, onError: (error: unknown) => void): Promise<() => Promise<void>> {
  await seedDemo(desk)
  const going = new AbortController()
  const running = run(desk, going.signal).catch((error: unknown) => {
    if (!going.signal.aborted) onError(error)
    return null
  })
  return async () => {
    going.abort()
    await (await running)?.close()
  }
}

async function run(desk: DocketDesk, signal: AbortSignal): Promise<FakeEndpoint | null> {
  const { db } = desk.store
  const setting = await db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  const known = setting?.value as { port: number } | undefined
  const endpoint = await openFakeEndpoint(sampleModel(SUITE), { secret: KEY, remember: false }, known?.port)
  if (known !== undefined) return endpoint
  try {
    await custodian(desk, signal)
    const value = JSON.stringify({ port: Number(new URL(endpoint.base).port) })
    // Noted first: what went wrong half way is not made a second time at each start.
    await db.insertInto('setting').values({ name: NAME, value }).execute()
    await seedDockets(desk, { base: endpoint.base, sealed: sealedKey })
  } catch (error) {
    await endpoint.close()
    throw error
  }
  return endpoint
}

/** Waits until there is a custodian; rejects where there is none in time. */
async function custodian({ custody }: DocketDesk, signal: AbortSignal): Promise<void> {
  if (custody.port !== null) return
  const { promise, resolve: ready, reject } = Promise.withResolvers<void>()
  const end = custody.onReady(ready)
  const late = setTimeout(() => reject(new Error('there is no custodian')), CUSTODIAN_MS)
  signal.addEventListener('abort', () => reject(new Error('the server ends')))
  await promise.finally(() => {
    clearTimeout(late)
    end()
  })
}

async function sealedKey(recipient: string): Promise<string> {
  const age = new Encrypter()
  age.addRecipient(recipient)
  return Buffer.from(await age.encrypt(KEY)).toString('base64')
}
