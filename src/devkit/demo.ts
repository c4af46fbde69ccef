import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Encrypter } from 'age-encryption'
import type { DocketDesk } from '../server/app/docket/docket-desk.ts'
import type { MeasurementDesk } from '../server/app/measurement/measurement-desk.ts'
import type { Desks } from '../server/http/desks.ts'
import { loadPeople } from './case-cast.ts'
import { sampleModel } from './endpoint/sample-model.ts'
import { type FakeEndpoint, openFakeEndpoint } from './fake-endpoint.ts'
import { seedDemo } from './seed.ts'
import { seedCases } from './seed-cases.ts'
import { seedDockets } from './seed-docket.ts'
import { seedExposure } from './seed-exposure.ts'
import { seedRuns } from './seed-runs.ts'

const SUITE = resolve(import.meta.dirname, '../../suites/sample')
/** The setting that says what was made: at which port the first docket's model is asked, and whether its runs were started. */
const NAME = 'demo-dockets'
/** Opens a script on this machine's own loopback, and nothing else. */
const KEY = 'key-of-the-demo-model'
const CUSTODIAN_MS = 20_000
/** The sample reports that a first start takes in have the machine before the runs. */
const RUNS_AFTER_MS = 30_000

interface Made {
  readonly port: number
  readonly docket: string | null
  readonly measured: boolean
}

/**
 * Puts the demo's people in place, then, beside the server's own start, its cases, its two dockets, the model that one of them measures
 * and, half a minute later, runs of it. `onTold`: the cases are told, or could not be. The answered function ends all of it.
 */
export async function startDemo(
  desks: Desks,
  onTold: () => void,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const desk = desks.measurement
  await seedDemo(desk)
  const going = new AbortController()
  const { signal } = going
  const tell = (error: unknown) => {
    if (!signal.aborted) onError(error)
    return null
  }
  // Tests and benches that count or measure what is there begin with no case and no run.
  const bare = process.env['WEIR_DEMO_BARE'] === 'yes'
  const telling = (bare ? Promise.resolve() : seedCases(desks, signal)).catch(tell).then(() => {
    if (!signal.aborted) onTold()
  })
  const owing = (bare ? Promise.resolve() : loadPeople(desk).then((people) => seedExposure(desks, people))).catch(tell)
  const model = openModel(desk, signal).catch(tell)
  const measuring = model.then((one) => (one === null || bare ? null : measure(desk, signal))).catch(tell)
  return async () => {
    going.abort()
    await telling
    await owing
    await measuring
    await (await model)?.close()
  }
}

async function openModel(desk: MeasurementDesk, signal: AbortSignal): Promise<FakeEndpoint> {
  const known = await madeOf(desk)
  const endpoint = await openFakeEndpoint(sampleModel(SUITE), { secret: KEY, remember: false }, known?.port)
  if (known !== null) return endpoint
  try {
    await custodian(desk, signal)
    const made = { port: Number(new URL(endpoint.base).port), docket: null, measured: false }
    // Noted first: what went wrong half way is not made a second time at each start.
    await note(desk, made)
    await note(desk, { ...made, docket: await seedDockets(desk, { base: endpoint.base, sealed: sealedKey }) })
  } catch (error) {
    await endpoint.close()
    throw error
  }
  return endpoint
}

/** Starts the runs, once: those that a stop interrupts go on by themselves. */
async function measure(desk: MeasurementDesk, signal: AbortSignal): Promise<void> {
  const made = await madeOf(desk)
  if (!made?.docket || made.measured) return
  await sleep(RUNS_AFTER_MS, undefined, { signal, ref: false })
  await note(desk, { ...made, measured: true })
  await seedRuns(desk, made.docket, SUITE)
}

async function madeOf({ store }: DocketDesk): Promise<Made | null> {
  const setting = await store.db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  return (setting?.value as Made | undefined) ?? null
}

async function note({ store }: DocketDesk, made: Made): Promise<void> {
  const value = JSON.stringify(made)
  await store.db
    .insertInto('setting')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
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
