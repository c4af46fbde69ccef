import type { Member } from '../zip/directory.ts'

/** The members of an archived log by what they are, each in the order of the file. */
export interface LogMembers {
  readonly header: Member | null
  readonly start: Member | null
  readonly samples: readonly Member[]
  /** Members of a chunked sample by its folder, their names without it. */
  readonly chunked: ReadonlyMap<string, ReadonlyMap<string, Member>>
  /** The journal's before the whole one, so that a later word counts. */
  readonly summaries: readonly Member[]
  /** Read for nothing but keys. */
  readonly others: readonly Member[]
}

const SAMPLE = /^samples\/.+_epoch_\d{1,9}\.json$/
const SHELL = '/sample.json'
const CHUNK = /^(samples\/.+_epoch_\d{1,9})\/((?:(?:messages|events|calls|attachments)\/)?[a-z0-9]{1,20}\.json)$/

export function sortMembers(members: readonly Member[]): LogMembers {
  const named = (name: string) => members.find((member) => member.name === name) ?? null
  const folders = new Set(members.filter(({ name }) => name.endsWith(SHELL)).map(({ name }) => name.slice(0, -SHELL.length)))
  const chunked = new Map<string, Map<string, Member>>()
  const samples: Member[] = []
  const summaries: Member[] = []
  const others: Member[] = []
  for (const member of members) {
    const chunk = CHUNK.exec(member.name)
    if (chunk && folders.has(chunk[1]!)) {
      const parts = chunked.get(chunk[1]!) ?? new Map<string, Member>()
      chunked.set(chunk[1]!, parts.set(chunk[2]!, member))
    } else if (SAMPLE.test(member.name)) samples.push(member)
    else if (/^(_journal\/summaries\/\d{1,9}|summaries)\.json$/.test(member.name)) summaries.push(member)
    else if (member.name !== 'header.json' && member.name !== '_journal/start.json') others.push(member)
  }
  return { header: named('header.json'), start: named('_journal/start.json'), samples, chunked, summaries, others }
}
