import type { FlawProof } from '../../../contract/shapes/validation.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { RunMark } from '../../parts/marks/run-mark.tsx'
import { markOf } from './cell-mark.ts'

/** Reproducers down, builds across: who fires where. Cells that disagree with the grouping are set off. */
export function ProofMatrix({ proof }: { proof: Pick<FlawProof, 'evidence' | 'columns' | 'cells'> }) {
  const rows = proof.evidence.filter(
    ({ kind, id }) => kind === 'reproducer' && proof.cells.some((cell) => cell.reproducer === id),
  )
  if (rows.length === 0 || proof.columns.length === 0) return null
  const cells = new Map(proof.cells.map((cell) => [`${cell.reproducer} ${cell.patch}`, cell]))
  const odd = proof.cells.some((cell) => cell.disagrees)
  return (
    <>
      <section
        className="sidescroll"
        aria-label="Proof matrix"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className="mx" style={{ minWidth: `${48 + proof.columns.length * 104}px` }}>
          <caption className="vh">Each reproducer on each build: how often it fired</caption>
          <thead>
            <tr>
              <th className="c-letter">
                <span className="vh">Reproducer</span>
              </th>
              {proof.columns.map((column) => (
                <th key={column.id} scope="col">
                  <Inert text={column.say} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" title={visibleText(row.name, 120)}>
                  {row.letter}
                </th>
                {proof.columns.map((column) => {
                  const cell = cells.get(`${row.id} ${column.id}`)
                  return (
                    <td key={column.id} className={cell?.disagrees ? 'odd' : ''} title={cell ? visibleText(cell.say, 300) : ''}>
                      {cell ? (
                        <RunMark kind={markOf(cell.outcome)} fired={cell.fired} of={cell.of} />
                      ) : (
                        <RunMark kind="not-run" />
                      )}
                      {cell?.outcome === 'other' ? <span className="xs i3 byline">another bug</span> : null}
                      {cell?.disagrees ? <span className="vh">, disagrees with the grouping</span> : null}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="row wrap xs i3 legend" aria-hidden="true">
        <span>filled: fires</span>
        <span>half: sometimes</span>
        <span>hollow: does not fire</span>
        <span>dash: not run</span>
        {odd ? <span className="oddkey">disagrees with the grouping</span> : null}
      </p>
    </>
  )
}
