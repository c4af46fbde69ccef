import { Inert } from '../../parts/inert/inert.tsx'
import { type ComparedRow, sameAs } from './compared.ts'

/** One value of one finding: in ink where it differs, dim where it is the same, and said where it is missing. */
export function ComparedCell({
  row,
  at,
  letters,
  className,
}: {
  row: ComparedRow
  at: number
  letters: readonly string[]
  className: string
}) {
  const cell = row.cells[at] ?? []
  const same = sameAs(row, at, letters)
  if (cell.length === 0) return <td className={`${className} i3`}>Not given</td>
  if (same !== null) return <td className={`${className} i3`}>same as {same}</td>
  const first = row.cells.find((other) => other.length > 0) ?? []
  return (
    <td className={className}>
      {cell.map((value, n) => {
        const differs = row.telling && cell !== first && !first.includes(value)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frame may stand twice in a stack
          <div key={n} className={`${row.mono ? 'mono cellmono' : ''} ${differs ? 'differs' : ''}`}>
            <Inert text={value} breaks={row.mono} />
          </div>
        )
      })}
    </td>
  )
}
