import type { StatementOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'
import { JUSTIFIED, listed, STATED } from './words.ts'

/** What is stated of a flaw, by whom, when and where it stands; each with its reason. */
export function StatementList({
  of,
}: {
  of: readonly (Omit<StatementOut, 'by' | 'assets'> & Partial<StatementOut> & { why?: string | null })[]
}) {
  return (
    <ul className="dots s">
      {of.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a statement has no other name than its place
        <li key={n}>
          <b>{STATED[one.status]}</b>, says <Inert text={whoSays(one)} />
          {one.document ? (
            <>
              {' '}
              in <Inert text={one.document} className="break" />
            </>
          ) : null}
          {one.at === null ? null : (
            <>
              , <When at={one.at} />
            </>
          )}
          {one.justification === null ? '' : ': '}
          {one.justification === null ? null : <Inert text={justified(one.justification)} />}
          {one.detail === null || one.detail === '' ? null : (
            <>
              {' '}
              <Inert text={one.detail} />
            </>
          )}
          {one.assets === undefined || one.assets.length === 0 ? null : (
            <span className="i2">
              {' '}
              On <Inert text={listed(one.assets, 5)} />.
            </span>
          )}
          {one.why == null ? null : <span className="i2"> It does not count here: {one.why}</span>}
        </li>
      ))}
    </ul>
  )
}

function whoSays({ author, by }: { author: string; by?: string | null }): string {
  return `${author === '' ? 'somebody' : author}${by ? ` (${by})` : ''}`
}

function justified(word: string): string {
  return Object.hasOwn(JUSTIFIED, word) ? JUSTIFIED[word as keyof typeof JUSTIFIED] : `${word}.`
}
