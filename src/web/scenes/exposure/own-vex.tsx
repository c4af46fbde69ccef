import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OwnVexOut } from '../../../contract/shapes/own-vex.ts'
import { queryString, sendJson } from '../../api/request.ts'
import { newKey, upload } from '../../api/upload.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { ownVexQuery } from './queries.ts'
import { useReadAgain } from './use-read-again.ts'

/** VEX documents that an organisation brought for itself: send one, see what each states, take one out; and its own word as a file. */
export function OwnVex() {
  const { data, error } = useQuery(ownVexQuery)
  const readAgain = useReadAgain()
  const [made, setMade] = useState<OwnVexOut | null>(null)
  const send = useMutation({
    mutationFn: (file: File) =>
      upload<OwnVexOut>({
        path: `/v1/exposure/vex${queryString({ name: file.name.slice(0, 200) })}`,
        body: file,
        mediaType: 'application/octet-stream',
        key: newKey(),
        onProgress: () => undefined,
        signal: new AbortController().signal,
      }),
    onSuccess: async (answer) => {
      setMade(answer)
      await readAgain()
    },
  })
  return (
    <section className="stack measure ownvex" aria-labelledby="own-vex">
      <h2 id="own-vex">VEX documents of your own</h2>
      <p className="s i2">
        A document that you bring is believed before all others. It is sealed, only operators of your organisation read it, and
        it counts for your inventories alone. OpenVEX, CycloneDX VEX and CSAF are read.
      </p>
      <label className="stack tight s">
        <span className="label">Bring a VEX document</span>
        <input
          type="file"
          accept=".json,.gz,.zst"
          disabled={send.isPending}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) send.mutate(file)
            event.target.value = ''
          }}
        />
      </label>
      {send.error ? <FailureNote error={send.error} not="Not kept." safe="Your file is unchanged." /> : null}
      <p className="s" role="status">
        {send.isPending ? 'Being read.' : made === null ? null : <Kept of={made} />}
      </p>
      {error && !data ? <FailureNote error={error} not="Your documents are not shown." /> : null}
      {data && data.rows.length > 0 ? (
        <ul className="dots s">
          {data.rows.map((one) => (
            <Document key={one.id} of={one} />
          ))}
        </ul>
      ) : null}
      <h3>What you state yourselves</h3>
      <p className="s i2">
        What you marked as not affected by hand, as a file for those whom you supply. What you said of some of your assets only
        is left out: such a file speaks of versions, not of machines.
      </p>
      <p className="row wrap">
        <a className="btn small" href="/v1/exposure/stated?format=cyclonedx" download="stated.cdx.json">
          CycloneDX VEX
        </a>
        <a className="btn small" href="/v1/exposure/stated?format=openvex" download="stated.openvex.json">
          OpenVEX
        </a>
      </p>
    </section>
  )
}

function Kept({ of }: { of: OwnVexOut }) {
  return (
    <>
      Kept: <Inert text={of.document} />. {says(of)}
      {of.aside === 0
        ? ''
        : of.aside === 1
          ? ' 1 names no product and was left out.'
          : ` ${count(of.aside)} name no product and were left out.`}{' '}
      What it ends on your assets is counted as held not affected, below the list of what needs you; the rest of it names
      another product or version than you have.
    </>
  )
}

function Document({ of }: { of: OwnVexOut }) {
  const readAgain = useReadAgain()
  const [asked, setAsked] = useState(false)
  const drop = useMutation({
    mutationFn: () => sendJson('DELETE', `/v1/exposure/vex/${encodeURIComponent(of.id)}`),
    onSuccess: readAgain,
  })
  return (
    <li>
      <b className="break">
        <Inert text={of.document} />
      </b>{' '}
      <span className="i2">
        by <Inert text={of.author === '' ? 'nobody named' : of.author} />, received <When at={of.receivedAt} />. {says(of)}
      </span>{' '}
      {asked ? (
        <span className="row wrap">
          What it alone settles is open again, with the date it had.{' '}
          <button type="button" className="btn small" disabled={drop.isPending} onClick={() => drop.mutate()}>
            Take it out
          </button>
          <button type="button" className="btn small" onClick={() => setAsked(false)}>
            Keep it
          </button>
        </span>
      ) : (
        <button type="button" className="btn small" onClick={() => setAsked(true)}>
          Take out <span className="vh">{of.document.slice(0, 100)}</span>
        </button>
      )}
      {drop.error ? <FailureNote error={drop.error} not="Not taken out." /> : null}
    </li>
  )
}

function says({ statements }: OwnVexOut): string {
  const parts = [
    [statements.notAffected, 'not affected'],
    [statements.fixed, 'fixed'],
    [statements.affected, 'affected'],
    [statements.underInvestigation, 'under investigation'],
  ] as const
  return `It states: ${parts.flatMap(([n, word]) => (n === 0 ? [] : [`${count(n)} ${word}`])).join(', ')}.`
}
