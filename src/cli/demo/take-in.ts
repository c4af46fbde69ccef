import { EXIT, Stop } from '../exit.ts'
import type { Client } from '../http/client.ts'
import { choosePerson, demoPeople, type Person, signIn } from '../http/sign-in.ts'
import { openSource } from '../upload/source.ts'
import { Tally } from '../upload/tally.ts'
import { upload } from '../upload/upload.ts'
import type { Parcel } from './sample.ts'

export interface TakenIn {
  readonly items: number
  readonly finders: number
  readonly refused: number
  readonly needsInfo: number
  /** Files that could not be sent. */
  readonly passedOver: number
  readonly reports: readonly string[]
}

export interface TakeInOptions {
  /** Files done and in all, items so far. */
  readonly moved: (state: { files: number; items: number }) => void
  readonly tell: (say: string) => void
  readonly signal: AbortSignal
}

// A batch of hundreds of files that are not there must not fill the screen.
const TOLD = 3

/** Sends every parcel as its finder's seeded person, the finders beside each other. A file that is no report is told and passed over. */
export async function takeIn(base: URL, parcels: readonly Parcel[], { moved, tell, signal }: TakeInOptions): Promise<TakenIn> {
  const nobody: Client = { base, credential: {} }
  const people = await demoPeople(nobody)
  const tally = new Tally(0)
  // Files of the same content and words are one report.
  const reports = new Set<string>()
  let files = 0
  let passedOver = 0
  const names = [...new Set(parcels.map(({ finder }) => finder))]
  const sendAll = async (finder: string | null) => {
    const client = await signIn(nobody, personOf(people, finder))
    for (const { path, parameters } of parcels.filter((parcel) => parcel.finder === finder)) {
      try {
        const source = await openSource(path, parameters)
        const moving = () => moved({ files, items: tally.total })
        const done = await upload(client, source, parameters, {
          item: (item) => tally.add(item),
          moved: moving,
          tell,
          signal,
          tries: 8,
        })
        if (done.report !== null) reports.add(done.report)
      } catch (error) {
        if (!(error instanceof Stop) || error.exit !== EXIT.badInput) throw error
        if (++passedOver <= TOLD) tell(error.message)
      }
      moved({ files: ++files, items: tally.total })
    }
  }
  await Promise.all(names.map(sendAll))
  if (passedOver > TOLD) tell(`${passedOver - TOLD} more files could not be sent`)
  const { refused, needsInfo } = tally.summary
  return { items: tally.total, finders: names.length, refused, needsInfo, passedOver, reports: [...reports] }
}

/** The seeded person who sends for a finder: a finder of that organisation; without a name the first finder there is. */
export function personOf(people: readonly Person[], finder: string | null): Person {
  if (finder === null) return choosePerson(people, 'finder')
  const own = people.filter(({ organisation }) => organisation === finder)
  return own.find(({ roles }) => roles.includes('finder')) ?? choosePerson(own.length > 0 ? own : people, finder)
}
