import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActLetter, CaseView, LetterOut } from '../../../contract/shapes/case.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { When } from '../../parts/time/when.tsx'
import { LetterSend } from './letter-send.tsx'
import { LETTER, templateWords } from './words.ts'

const SEALED = {
  pgp: 'encrypted with the PGP key on file',
  age: 'encrypted with the age key on file',
  none: 'not encrypted: no key is on file',
} as const

/** One letter as its reader will have it: what is missing, when it may go, its text, and the acts with what follows. */
export function Letter({ of, letter }: { of: CaseView; letter: LetterOut }) {
  const client = useQueryClient()
  const { now } = useServerNow(30_000)
  const [text, setText] = useState<string | null>(null)
  const act = useMutation({
    mutationFn: (what: ActLetter) => sendJson('POST', `/v1/letters/${encodeURIComponent(letter.id)}/acts`, what),
    onSettled: () => client.invalidateQueries({ queryKey: ['case', of.row.id] }),
  })
  const { version, state } = letter
  return (
    <section className="stack letter" aria-label="The letter">
      <div className="sh">
        <h2>{templateWords(letter.template)}</h2>
        <span className="s i3">
          {LETTER[state]}
          {letter.sentAt ? (
            <>
              , <When at={letter.sentAt} full />
            </>
          ) : null}
        </span>
      </div>
      <dl className="kv">
        <dt>To</dt>
        <dd>
          <Inert text={letter.to} />
          {letter.address ? (
            <>
              {' '}
              <Inert className="mono" text={letter.address} />
            </>
          ) : null}
        </dd>
        <dt>Subject</dt>
        <dd>
          <Inert text={letter.subject} /> <span className="i3 xs">it reveals nothing</span>
        </dd>
        <dt>Seal</dt>
        <dd className={letter.sealed === 'none' ? 'soon' : ''}>{SEALED[letter.sealed]}</dd>
        <dt>Written</dt>
        <dd>
          <When at={letter.madeAt} full />
        </dd>
      </dl>
      {letter.says ? (
        <p className="s">
          <Inert text={letter.says} />
        </p>
      ) : null}
      {letter.missing.length > 0 ? (
        <div className="note soon">
          <p>
            <b>Not sent while this is missing.</b>{' '}
            {letter.missing.every(({ code }) => /^(?:mail|reader|contact)\./.test(code)) ? '' : 'Their terms ask for:'}
          </p>
          <ul className="s dots">
            {letter.missing.map((one) => (
              <li key={`${one.code} ${one.says}`}>
                <Inert text={one.says} /> <code className="i3 xs">{one.code}</code>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {text === null ? (
        <InertBlock text={letter.text} from="the draft" mono />
      ) : (
        <form
          className="stack tight"
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate({ do: 'write', version, text }, { onSuccess: () => setText(null) })
          }}
        >
          <Field
            label="The letter, plain text"
            hint="Lines that begin like a link of Weir’s are refused: only Weir writes those."
          >
            {(ids) => (
              <textarea
                {...ids}
                className="mono"
                rows={18}
                required
                maxLength={40_000}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <p className="row wrap">
            <button type="submit" className="btn" disabled={act.isPending || text.trim() === ''}>
              Keep the text
            </button>
            <button type="button" className="btn plain" onClick={() => setText(null)}>
              Leave it as it was
            </button>
          </p>
        </form>
      )}
      {text === null ? (
        <LetterSend
          letter={letter}
          now={now ?? Date.parse(of.now)}
          busy={act.isPending}
          act={act.mutate}
          onEdit={() => setText(letter.text)}
        />
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not done." safe="The letter is as it was." /> : null}
    </section>
  )
}
