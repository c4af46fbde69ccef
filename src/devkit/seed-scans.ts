import { makeClaim } from '../server/app/scans/make-claim.ts'
import { openScanDesk } from '../server/app/scans/scan-desk.ts'
import type { Ground } from '../server/ground.ts'
import type { People } from './case-cast.ts'
import { must } from './docket-cast.ts'

const CLAIMS = [
  ['sunniva.rask@halyard.example', 'pkg:generic/libquarry', 'src', 'Fuzzing of all readers, until Friday'],
  ['mira.okonjo@kittiwake.example', 'pkg:generic/libquarry', 'src/rle.c', 'One reader, by hand'],
  ['desmond.achterberg@tern.example', 'pkg:generic/skerry-decode', 'src/colour', null],
] as const

/** Claims of three finders, two of which overlap; made once, whoever asks again. */
export async function seedScans(ground: Ground, people: People): Promise<void> {
  const desk = openScanDesk(ground)
  const none = { from: null, to: null, weakness: null, consent: null, days: 14 }
  for (const [email, target, path, reach] of CLAIMS)
    must(await makeClaim(desk, people(email), { ...none, target, path, reach, key: `demo-${path}` }), 'a claim')
}
