import type { AssetTags } from '../../../contract/shapes/exposure.ts'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { ShortText } from './short-text.tsx'
import { DeviceFields, SupportFields } from './support-fields.tsx'

const REACH = [
  ['public', 'The internet'],
  ['internal', 'Inside only'],
  ['unsaid', 'Not said'],
] as const
const USE = [
  ['production', 'In use'],
  ['development', 'For tests'],
  ['unsaid', 'Not said'],
] as const
const IMPACT = [
  ['low', 'Little'],
  ['medium', 'Some harm'],
  ['high', 'Much harm'],
  ['very-high', 'Lives, or all we do'],
  ['unsaid', 'Not said'],
] as const
const EDGE = [
  ['yes', 'Yes: a router, firewall, VPN gateway'],
  ['no', 'No'],
  ['unsaid', 'Not said'],
] as const

/** What an operator says of an asset. Exposure is what most dates hang on, and the form says how. */
export function TagFields({ name, tags, set }: { name: string; tags: AssetTags; set: (tags: AssetTags) => void }) {
  const text = (key: 'organisation' | 'unit' | 'type', label: string, hint: string) => (
    <ShortText label={label} hint={hint} value={tags[key]} onChange={(said) => set({ ...tags, [key]: said })} />
  )
  return (
    <div className="stack tight">
      <RadioChoice
        legend="Who can reach it over the network"
        name={`reach-${name}`}
        value={tags.exposure ?? 'unsaid'}
        options={REACH}
        onChange={(reach) => set({ ...tags, exposure: reach === 'unsaid' ? null : reach })}
      />
      <p className="xs i2 measure">
        {tags.exposure === 'internal'
          ? 'Inside only: most dates come later, many with the next upgrade. Say it only when nobody outside can reach it, through no web page and no remote access either.'
          : tags.exposure === 'public'
            ? 'The internet: the rule’s shorter times hold, three days for what attackers use.'
            : 'Not said counts as reachable from the internet: the shorter times hold, and each date says that this was assumed.'}
      </p>
      <RadioChoice
        legend="What it is for"
        name={`use-${name}`}
        value={tags.environment ?? 'unsaid'}
        options={USE}
        onChange={(use) => set({ ...tags, environment: use === 'unsaid' ? null : use })}
      />
      <RadioChoice
        legend="What an attack on it would do to people and your work"
        name={`impact-${name}`}
        value={tags.impact ?? 'unsaid'}
        options={IMPACT}
        onChange={(impact) => set({ ...tags, impact: impact === 'unsaid' ? null : impact })}
      />
      <p className="xs i2 measure">Only the rule SSVC asks for this. Not said counts as medium there, and each date says so.</p>
      <SupportFields name={name} of={tags} set={set} />
      <RadioChoice
        legend="Is it a device at the edge of your network"
        name={`edge-${name}`}
        value={tags.edge ?? 'unsaid'}
        options={EDGE}
        onChange={(edge) => set({ ...tags, edge: edge === 'unsaid' ? null : edge })}
      />
      {tags.edge === 'yes' ? <DeviceFields name={name} of={tags} set={set} /> : null}
      <div className="grid2 measure">
        {text('organisation', 'Organisation', 'Where you look after several')}
        {text('unit', 'Part of it', 'A department, a site')}
        {text('type', 'Kind of asset', 'For example server, router, pump')}
      </div>
    </div>
  )
}
