import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { InboxItem } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { bytes, duration, fullInstant } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { evidencePath } from './queries.ts'
import { SeverityVoices } from './severity-voices.tsx'

/** What an answered item waits for, and the rest behind one button; all of it, where it was not answered. */
export function ItemFacts({ item, answered }: { item: InboxItem; answered: boolean }) {
  const [whole, setWhole] = useState(false)
  if (!answered) return <dl className="kv itemfacts">{<All item={item} />}</dl>
  return (
    <dl className="kv itemfacts">
      {item.waitsFor ? (
        <Fact name="Waiting for">
          <Inert text={item.waitsFor} />
        </Fact>
      ) : null}
      {whole ? (
        <All item={item} />
      ) : (
        <>
          <Fact name="Public on">
            <PublicOn item={item} />
          </Fact>
          <Fact name="Also">
            <button type="button" className="linkish" onClick={() => setWhole(true)}>
              Proof, patch and severity
            </button>
          </Fact>
        </>
      )}
    </dl>
  )
}

/** Proof, patch, who found it, when it is public and how bad each says it is; all of it as it was sent. */
function All({ item }: { item: InboxItem }) {
  const many = item.reproducers.length > 1
  return (
    <>
      <Fact name="Proof">
        <Inert text={item.proof} />{' '}
        {item.reproducers.map((one) => (
          <a
            key={one.id}
            className={many ? 'evidence' : 'nowrap'}
            href={evidencePath(item, 'reproducers', one.id)}
            title={visibleText(one.name, 200)}
            download
          >
            Reproducer{many ? <Inert text={` ${one.name}`} /> : null}, {bytes(one.bytes)}
          </a>
        ))}
        {item.reproducers.length === 0 ? <span className="i3">No reproducer came with it.</span> : null}
      </Fact>
      <Fact name="Patch">
        {item.patches.map((one) => (
          <span key={one.id}>
            <Inert text={one.says} />{' '}
            <a className="evidence" href={evidencePath(item, 'patches', one.id)} download>
              Read the patch
            </a>{' '}
          </span>
        ))}
        {item.patches.length === 0 ? <span className="i3">None came with it.</span> : null}
      </Fact>
      <Fact name="Found by">
        <Inert text={item.foundBy} />.{' '}
        <Link to="/cases/$id" params={{ id: item.case }}>
          All that was said
        </Link>
      </Fact>
      <Fact name="Public on">
        <PublicOn item={item} />
      </Fact>
      <Fact name="Severity">
        <SeverityVoices item={item} />
      </Fact>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="kvrow">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function PublicOn({ item }: { item: InboxItem }) {
  const { now, fresh } = useServerNow(60_000)
  const at = item.publicOn === null ? null : Date.parse(item.publicOn)
  return (
    <>
      {at === null ? (
        <span className="i2">No day is set.</span>
      ) : (
        <>
          <b className="emb">{fullInstant(at)}</b>
          {now !== null && fresh ? `, ${at > now ? `in ${days(at - now)}` : `${days(now - at)} past`}. ` : '. '}
        </>
      )}{' '}
      <Inert text={item.publicSays} />{' '}
      <Link to="/cases/$id" params={{ id: item.case }}>
        Ask for another date
      </Link>
    </>
  )
}

/** Days are enough to plan by until the last two. */
function days(ms: number): string {
  return ms >= 48 * 3_600_000 ? `${Math.floor(ms / 86_400_000)} d` : duration(ms)
}
