import { useQuery } from '@tanstack/react-query'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { ownVexQuery } from './queries.ts'

const MOST_SHOWN = 30

interface Props {
  /** A name a line, the most trusted first. */
  readonly authors: string
  readonly setAuthors: (authors: string) => void
  readonly inventories: boolean
  readonly setInventories: (believed: boolean) => void
}

/** Whose word counts that something is not affected: authors by name, in order, and the own inventories where one says so. */
export function BelieveFields({ authors, setAuthors, inventories, setInventories }: Props) {
  const { data } = useQuery(ownVexQuery)
  const named = new Set(authorsIn(authors).map(folded))
  const others = (data?.authors ?? []).filter(({ author }) => !named.has(folded(author)))
  return (
    <fieldset className="stack tight measure">
      <legend>Whom you believe</legend>
      <p className="xs i2">
        Vendors state in VEX documents that a product is not affected by a flaw, or fixed. From those named here such a
        statement ends what is due, and stands beside it as the reason; nothing is hidden. Empty: only your own documents count.
      </p>
      <Field
        label="Authors, a line each, the most trusted first"
        hint="Written as their documents name them, for example Red Hat Product Security."
      >
        {(ids) => (
          <textarea {...ids} rows={4} spellCheck={false} value={authors} onChange={(event) => setAuthors(event.target.value)} />
        )}
      </Field>
      {others.length === 0 ? null : (
        <details className="fold">
          <summary>Who makes statements in the records of this server</summary>
          <ul className="dots s">
            {others.slice(0, MOST_SHOWN).map(({ author, statements }) => (
              <li key={author}>
                <Inert text={author} />{' '}
                <span className="i3">
                  {count(statements)} {statements === 1 ? 'statement' : 'statements'}
                </span>{' '}
                <button
                  type="button"
                  className="btn small"
                  onClick={() => setAuthors([...authorsIn(authors), author].join('\n'))}
                >
                  Believe <span className="vh">{author.slice(0, 100)}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <label className="choice">
        <input type="checkbox" checked={inventories} onChange={(event) => setInventories(event.target.checked)} />
        <span>
          Believe what our inventories state of themselves
          <span className="second xs i2">
            Last of all, and each for itself. Whoever writes an inventory can make it look well.
          </span>
        </span>
      </label>
    </fieldset>
  )
}

/** The authors that a text names, a line each. */
export function authorsIn(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}
