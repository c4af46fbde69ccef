import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { LinkOut, UseLink } from '../../../contract/shapes/project.ts'
import { meQuery } from '../../api/queries.ts'
import { getJson, sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { BrandMark } from '../../parts/marks/brand-mark.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { fullInstant, localTime } from '../../parts/time/format.ts'
import { isHidden } from '../nowhere/is-hidden.ts'
import { LINK } from './words.ts'

/** The page of a one-time link: says what will happen, and does nothing before its one button. Needs no account. */
export function OneTimeLink() {
  const { token } = useParams({ from: '/l/$token' })
  usePageTitle('Answer by link')
  const { data: me } = useQuery(meQuery)
  const path = `/v1/links/${encodeURIComponent(token)}`
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) => getJson<LinkOut>(path, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return (
    <div className="linkpage stack">
      <p className="row brandline">
        <BrandMark /> <b>{me?.instance.name ?? 'Weir'}</b>
      </p>
      {link.data ? (
        link.data.used ? (
          <>
            <h1>This link was used</h1>
            <p>What it was for has been done. A link acts once; the letter tells how to reach us otherwise.</p>
          </>
        ) : (
          <Confirm link={link.data} path={path} />
        )
      ) : link.error ? (
        isHidden(link.error) ? (
          <>
            <h1>This link does nothing</h1>
            <p>
              It has expired, was taken back, or never was one. Nothing happened. An answer to the letter reaches us as well.
            </p>
          </>
        ) : (
          <FailureNote error={link.error} not="The link could not be read." safe="Nothing happened." />
        )
      ) : (
        <Waiting rows={2} what="the link" />
      )}
    </div>
  )
}

function Confirm({ link, path }: { link: LinkOut; path: string }) {
  const [text, setText] = useState('')
  const [days, setDays] = useState('14')
  const words = LINK[link.act]
  const use = useMutation({
    mutationFn: () => sendJson<unknown>('POST', path, { text: text.trim(), days: Number(days) } satisfies UseLink),
  })
  const expires = Date.parse(link.expiresAt)
  if (use.isSuccess)
    return (
      <div role="status" className="stack tight">
        <h1>{words.done}</h1>
        <p>{words.after} You can close this page.</p>
      </div>
    )
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        use.mutate()
      }}
    >
      <h1>{words.title}</h1>
      <p>
        <Inert text={link.says} />
      </p>
      {words.asks ? (
        <Field label={words.asks} hint={words.needed ? 'A sentence is enough.' : 'Not needed; a sentence helps.'}>
          {(ids) => (
            <textarea
              {...ids}
              rows={4}
              maxLength={10_000}
              required={words.needed}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {link.act === 'pause' ? (
        <Field label="For" hint="What comes meanwhile is kept in order.">
          {(ids) => (
            <select {...ids} value={days} onChange={(event) => setDays(event.target.value)}>
              {['7', '14', '30', '90'].map((one) => (
                <option key={one} value={one}>
                  {one} days
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {use.error ? <FailureNote error={use.error} not="Nothing was done." safe="What you wrote is still here." /> : null}
      <p>
        <button type="submit" className="btn primary" disabled={use.isPending || (words.needed && text.trim() === '')}>
          {words.button}
        </button>
      </p>
      <p className="xs i3">
        Opening this page did nothing. The link acts once, until {fullInstant(expires)} {localTime(expires)}.
      </p>
    </form>
  )
}
