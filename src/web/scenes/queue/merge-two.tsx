import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Heading } from 'react-aria-components/Heading'
import type { FlawRow } from '../../../contract/shapes/flaw.ts'
import { Sheet } from '../../parts/dialog/sheet.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { shortTitle } from '../../parts/inert/short-title.ts'
import { Title } from '../../parts/inert/title.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useMerge } from '../flaw/acts.ts'

/** Merging two rows of the queue: which one stays, what follows, that it can be undone. */
export function MergeTwo({
  rows,
  onClose,
  onDone,
}: {
  rows: readonly FlawRow[] | null
  onClose: () => void
  onDone: () => void
}) {
  return (
    <Sheet label="Merge two flaws" open={rows !== null} onClose={onClose}>
      {rows && rows.length === 2 ? <Question a={rows[0]!} b={rows[1]!} onClose={onClose} onDone={onDone} /> : null}
    </Sheet>
  )
}

function Question({ a, b, onClose, onDone }: { a: FlawRow; b: FlawRow; onClose: () => void; onDone: () => void }) {
  const [keep, setKeep] = useState<string | null>(null)
  const merge = useMerge()
  const into = keep === a.id ? a : b
  const from = into === a ? b : a
  const go = () =>
    merge.mutate(
      { into, from },
      {
        onSuccess: () => {
          onDone()
          onClose()
        },
      },
    )
  return (
    <>
      <Heading slot="title" level={2}>
        Are these one flaw?
      </Heading>
      <RadioChoice
        legend="Which one stays?"
        name="keep"
        value={keep}
        options={[a, b].map((row) => [row.id, `${visibleText(shortTitle(row.title), 90)} (${row.findings})`] as const)}
        onChange={setKeep}
      />
      <ul className="s dots">
        <li>All {a.findings + b.findings} findings stand side by side; every finder keeps date and credit</li>
        <li>
          {keep ? (
            <>
              “<Title text={from.title} />” closes as merged and leads here
            </>
          ) : (
            'The other closes as merged and leads to the one that stays'
          )}
        </li>
        <li>No finder is told anything by it</li>
        <li>It can be undone now and later, from the history</li>
      </ul>
      {merge.error ? <FailureNote error={merge.error} not="Not merged." safe="Both flaws are as they were." /> : null}
      <div className="row wrap">
        <Button className="btn" isDisabled={keep === null || merge.isPending} onPress={go}>
          Merge the two
        </Button>
        <Button className="btn" onPress={onClose}>
          Keep apart
        </Button>
      </div>
    </>
  )
}
