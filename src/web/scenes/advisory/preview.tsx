import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AdvisoryPreview, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import { FORMATS } from '../../../core/advisories/completeness.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { AdvisoryText } from './advisory-text.tsx'
import { previewQuery } from './queries.ts'
import { FORMAT } from './words.ts'

type Shown = 'page' | AdvisoryPreview['format']

/** Exactly what would go out, per format, with what each still lacks. */
export function Preview({ view, stale }: { view: AdvisoryView; stale: boolean }) {
  const [shown, setShown] = useState<Shown>('page')
  return (
    <section className="stack tight" aria-label="Preview">
      <h2>What would go out</h2>
      <div className="formattabs" role="tablist" aria-label="Formats">
        {(['page', ...FORMATS] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={one === shown}
            aria-controls="preview"
            tabIndex={one === shown ? 0 : -1}
            onClick={() => setShown(one)}
            onKeyDown={(event) => {
              const all: readonly Shown[] = ['page', ...FORMATS]
              const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
              if (by === 0) return
              const next = all[(all.indexOf(one) + by + all.length) % all.length]!
              setShown(next)
              document.getElementById(`tab-${next}`)?.focus()
            }}
          >
            {one === 'page' ? 'Page' : FORMAT[one]}
            {one !== 'page' && view.missing[one].length > 0 ? (
              <span className="soon"> lacks {view.missing[one].length}</span>
            ) : null}
          </button>
        ))}
      </div>
      {stale ? <p className="xs soon">As it was kept; what you changed since is not in it.</p> : null}
      <div role="tabpanel" id="preview" aria-labelledby={`tab-${shown}`}>
        {shown === 'page' ? (
          <div className="pagepreview">
            <AdvisoryText view={view} level={2} />
          </div>
        ) : (
          <OneFormat view={view} format={shown} />
        )}
      </div>
    </section>
  )
}

function OneFormat({ view, format }: { view: AdvisoryView; format: AdvisoryPreview['format'] }) {
  const preview = useQuery(previewQuery(view.row.id, view.version, format))
  if (preview.error && !preview.data) return <FailureNote error={preview.error} not="The preview is not shown." />
  if (!preview.data) return <Waiting rows={4} what="the preview" />
  const { files, missing, faults } = preview.data
  return (
    <div className="stack tight">
      {missing.length + faults.length > 0 ? (
        <ul className="s dots">
          {missing.map((one) => (
            <li key={`${one.at} ${one.what}`}>
              <Inert text={one.says} /> <code className="xs i3 break">{one.at}</code>
            </li>
          ))}
          {faults.map((fault) => (
            <li key={fault} className="alarm">
              <Inert text={fault} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="s i2">Nothing is missing.</p>
      )}
      {files.map((file) => (
        <div key={file.path} className="stack tight">
          <p className="mono xs i3 break">{file.path}</p>
          <InertBlock text={file.text} from={file.path} mono />
        </div>
      ))}
    </div>
  )
}
