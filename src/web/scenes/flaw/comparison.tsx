import { useState } from 'react'
import type { FindingColumn, FlawPage } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { useKeys } from '../../parts/keys/keys.ts'
import { severityWords } from '../../parts/marks/severity.ts'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { useWide } from '../../parts/wide.ts'
import { compared } from './compared.ts'
import { ComparedCell } from './compared-cell.tsx'

interface ComparisonProps {
  readonly page: FlawPage
  /** Another flaw is asked about; its first finding comes a moment later and its column is kept free. */
  readonly asks: boolean
  readonly asked: FindingColumn | null
  readonly selected: ReadonlySet<string>
  readonly onSelect: (selected: ReadonlySet<string>) => void
}

/** Findings as columns. What is the same as further left is said so, dim; differences stay in ink. */
export function Comparison({ page, asks, asked, selected, onSelect }: ComparisonProps) {
  const [from, setFrom] = useState(0)
  const [column, setColumn] = useState(0)
  const wide = useWide(1400)
  const widest = useWide(1900)
  const room = widest ? 7 : wide ? 5 : 3
  const atOnce = asks ? room - 1 : room
  const own = page.findings.slice(from, from + atOnce)
  const letterOfAsked = nextLetter(page.findings.at(-1)?.letter ?? 'A')
  const columns = asked ? [...own, { ...asked, letter: letterOfAsked }] : own
  // Its column stands there from the start, so that nothing moves when its first finding comes.
  const awaited = asks && asked === null
  const letters = columns.map((finding) => finding.letter)
  const toggle = (id: string) =>
    onSelect(selected.has(id) ? new Set([...selected].filter((one) => one !== id)) : new Set([...selected, id]))
  const splittable = page.row.state === 'open' && page.findings.length > 1
  useKeys([
    { keys: 'j', say: 'Next finding', run: () => setColumn(Math.min(own.length - 1, column + 1)) },
    { keys: 'k', say: 'Finding before', run: () => setColumn(Math.max(0, column - 1)) },
    ...(splittable
      ? [{ keys: 'x', say: 'Select the finding, to split', run: () => own[column] && toggle(own[column].id) }]
      : []),
  ])
  const last = (at: number) => (asked !== null && at === columns.length - 1 ? 'ask' : at === column ? 'here' : '')
  return (
    <section>
      <div className="sh">
        <h2>Findings</h2>
        <span className="s i3">
          {count(page.row.findings)} grouped{asks ? ', one asked about' : ''}
          {page.findings.length > atOnce ? `, ${letters[0]} to ${own.at(-1)?.letter} shown` : ''}
          {page.moreFindings > 0 ? `, ${count(page.moreFindings)} not loaded here` : ''}
        </span>
        {page.findings.length > atOnce ? (
          <span className="row r">
            <button
              type="button"
              className="btn small"
              disabled={from === 0}
              onClick={() => setFrom(Math.max(0, from - atOnce))}
            >
              Earlier
            </button>
            <button
              type="button"
              className="btn small"
              disabled={from + atOnce >= page.findings.length}
              onClick={() => setFrom(from + atOnce)}
            >
              Later
            </button>
          </span>
        ) : null}
      </div>
      <section
        className="sidescroll"
        aria-label="Findings side by side"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className="cmp" style={{ minWidth: `${104 + (columns.length + (awaited ? 1 : 0)) * 140}px` }}>
          <thead>
            <tr>
              <th className="side">
                <span className="vh">What</span>
              </th>
              {columns.map((finding, at) => (
                <th key={finding.id} scope="col" className={last(at)}>
                  {last(at) === 'ask' || !splittable ? null : (
                    <input
                      type="checkbox"
                      checked={selected.has(finding.id)}
                      onChange={() => toggle(finding.id)}
                      aria-label={`Select finding ${finding.letter}, ${visibleText(finding.finder.name, 60)}`}
                    />
                  )}
                  <b>{finding.letter}</b> <Inert text={finding.finder.name} />{' '}
                  {last(at) === 'ask' ? <span className="tag soon">Asked</span> : null}
                </th>
              ))}
              {awaited ? (
                <th scope="col" className="ask">
                  <b>…</b> <span className="tag soon">Asked</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Received</th>
              {columns.map((finding, at) => (
                <td key={finding.id} className={last(at)}>
                  <When at={finding.receivedAt} />
                </td>
              ))}
              {awaited ? <td className="ask" /> : null}
            </tr>
            {compared(columns).map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                {columns.map((finding, at) => (
                  <ComparedCell key={finding.id} row={row} at={at} letters={letters} className={last(at)} />
                ))}
                {awaited ? <td className="ask" /> : null}
              </tr>
            ))}
            <tr>
              <th scope="row">Finder’s severity</th>
              {columns.map((finding, at) => (
                <td key={finding.id} className={last(at)}>
                  {finding.severities[0] ? (
                    <Inert text={severityWords(finding.severities[0])} />
                  ) : (
                    <span className="i3">Not given</span>
                  )}
                </td>
              ))}
              {awaited ? <td className="ask" /> : null}
            </tr>
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** A to Z, then no letter: the head says “asked” in any case. */
function nextLetter(letter: string): string {
  return letter.length === 1 && letter < 'Z' ? String.fromCharCode(letter.charCodeAt(0) + 1) : ''
}
