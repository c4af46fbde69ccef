import { useState } from 'react'
import type { AssetTags } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { ShortText } from './short-text.tsx'

type Support = Pick<AssetTags, 'support' | 'listed' | 'maker' | 'model'>

const REPAIRED = [
  ['ended', 'No longer'],
  ['until', 'Until a day'],
  ['unsaid', 'Not said'],
] as const
const LISTED = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['unknown', 'Nobody knows'],
] as const

/** Until when the maker of an asset repairs it. */
export function SupportFields<T extends Pick<Support, 'support'>>({
  name,
  of,
  set,
}: {
  name: string
  of: T
  set: (of: T) => void
}) {
  const [until, setUntil] = useState(of.support !== null && of.support !== 'ended')
  const value = of.support === 'ended' ? 'ended' : until ? 'until' : 'unsaid'
  return (
    <>
      <RadioChoice
        legend="Does its maker still repair it"
        name={`support-${name}`}
        value={value}
        options={REPAIRED}
        onChange={(next) => {
          setUntil(next === 'until')
          set({ ...of, support: next === 'ended' ? 'ended' : null })
        }}
      />
      {value === 'until' ? (
        <Field label="Support ends on" hint="The last day on which its maker repairs it, as the maker says.">
          {(ids) => (
            <input
              {...ids}
              type="date"
              className="small"
              value={of.support ?? ''}
              onChange={(event) => set({ ...of, support: event.target.value === '' ? null : event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  )
}

/** What of a device at the edge of a network is asked beside its support: CISA's list, maker, model. */
export function DeviceFields<T extends Support>({ name, of, set }: { name: string; of: T; set: (of: T) => void }) {
  const text = (key: 'maker' | 'model', label: string, hint: string) => (
    <ShortText label={label} hint={hint} value={of[key]} onChange={(said) => set({ ...of, [key]: said })} />
  )
  return (
    <>
      <RadioChoice
        legend="Does it stand on CISA’s list of end-of-support edge devices"
        name={`listed-${name}`}
        value={of.listed ?? 'unknown'}
        options={LISTED}
        onChange={(listed) => set({ ...of, listed })}
      />
      <div className="grid2 measure">
        {text('maker', 'Maker', 'As on its label')}
        {text('model', 'Model', 'As on its label')}
      </div>
    </>
  )
}
