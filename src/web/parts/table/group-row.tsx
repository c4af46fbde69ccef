import type { ReactNode } from 'react'

/** The head of a group of a table's rows, with how many they are. */
export function GroupRow({ name, columns, children }: { name: string; columns: number; children: ReactNode }) {
  return (
    <tr className="group">
      <th colSpan={columns} scope="rowgroup">
        {name}
        <span>{children}</span>
      </th>
    </tr>
  )
}
