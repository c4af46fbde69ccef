import { Field } from '../../parts/form/field.tsx'
import { MARK_WORDS, type Mark } from './words.ts'

export interface WrittenEvidence {
  readonly title: string
  readonly address: string
  readonly mark: Mark | ''
}

export const NO_EVIDENCE: WrittenEvidence = { title: '', address: '', mark: '' }

/** As the server takes them; what has no title is left out. */
export function evidenceOf(list: readonly WrittenEvidence[]): { title: string; address: string | null; mark: Mark }[] {
  return list
    .filter(({ title }) => title.trim() !== '')
    .map(({ title, address, mark }) => ({
      title: title.trim(),
      address: address.trim() || null,
      mark: mark === '' ? 'S' : mark,
    }))
}

const MOST = 20

/** Asks for pieces of evidence: what it is called, where it can be seen, how sure it is. `needed`: the first one must be there. */
export function EvidenceFields(props: {
  list: readonly WrittenEvidence[]
  set: (list: readonly WrittenEvidence[]) => void
  needed: boolean
}) {
  const { list, set, needed } = props
  const change = (n: number, part: Partial<WrittenEvidence>) => set(list.map((one, k) => (k === n ? { ...one, ...part } : one)))
  return (
    <>
      {list.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no other name than its place until it is sent
        <div className="grid2" key={n}>
          <Field label={list.length > 1 ? `Evidence ${n + 1}` : 'Evidence'} hint="What it is called there, in your own words">
            {(ids) => (
              <input
                {...ids}
                required={needed && n === 0}
                maxLength={300}
                value={one.title}
                onChange={(event) => change(n, { title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Where it can be seen" hint="An https address; shown, never fetched">
            {(ids) => (
              <input
                {...ids}
                maxLength={2000}
                value={one.address}
                onChange={(event) => change(n, { address: event.target.value })}
              />
            )}
          </Field>
          <Field label="How sure">
            {(ids) => <MarkSelect {...ids} mark={one.mark} set={(mark) => change(n, { mark })} required={one.title !== ''} />}
          </Field>
        </div>
      ))}
      {list.length < MOST ? (
        <p>
          <button type="button" className="btn small" onClick={() => set([...list, NO_EVIDENCE])}>
            Another piece
          </button>
        </p>
      ) : null}
    </>
  )
}

/** Chooses how sure a statement is; nothing is chosen before. */
export function MarkSelect(props: {
  id: string
  'aria-describedby'?: string
  mark: Mark | ''
  set: (mark: Mark | '') => void
  required: boolean
}) {
  const { mark, set, ...rest } = props
  return (
    <select {...rest} value={mark} onChange={(event) => set(event.target.value as Mark | '')}>
      <option value="">Choose</option>
      {Object.entries(MARK_WORDS).map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  )
}
