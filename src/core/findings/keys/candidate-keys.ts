import type { NormalForm } from '../normal-form.ts'
import type { KeyParts } from './kinds.ts'
import { tellsPlace } from './sure-keys.ts'

const BUCKET = 16

/** Keys of which one in common makes two findings worth comparing; in the order of how much they tell. */
export function candidateKeys(form: NormalForm): KeyParts[] {
  const scope = form.target ?? ''
  return [
    ...nameKey(form),
    ...frameKey(form, scope),
    ...lineKey(form, scope),
    ...placeKey(form, scope),
    ...nearKeys(form, scope),
    ...(form.rule === null ? [...textKeys(form), ...titleKey(form, scope)] : []),
  ]
}

function nameKey(form: NormalForm): KeyParts[] {
  const [first] = form.aliases
  return first === undefined ? [] : [{ kind: 'name', parts: [first] }]
}

function frameKey(form: NormalForm, scope: string): KeyParts[] {
  const [first] = form.frames
  if (first === undefined || !tellsPlace(first.symbol, first.path)) return []
  return [{ kind: 'frame', parts: [scope, first.symbol] }]
}

function lineKey(form: NormalForm, scope: string): KeyParts[] {
  return form.lineHash === null ? [] : [{ kind: 'line', parts: [scope, form.path ?? '', form.lineHash] }]
}

function placeKey(form: NormalForm, scope: string): KeyParts[] {
  if (form.path === null || form.symbol === null) return []
  return [{ kind: 'place', parts: [scope, form.path, form.symbol] }]
}

function nearKeys(form: NormalForm, scope: string): KeyParts[] {
  if (form.path === null || form.line === null || form.family === null) return []
  // Two rasters, half a bucket apart: lines up to 8 apart always share one of them.
  return [form.line, form.line + BUCKET / 2].map((line, raster) => ({
    kind: 'near',
    parts: [scope, form.path!, form.family!, String(raster), String(Math.floor(line / BUCKET))],
  }))
}

function titleKey(form: NormalForm, scope: string): KeyParts[] {
  // Long words and code names are the rare ones; their set is the same however the title is turned.
  const rare = [...form.titleWords].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 3)
  return rare.length < 2 || form.crash !== null ? [] : [{ kind: 'title', parts: [scope, ...rare.sort()] }]
}

function textKeys(form: NormalForm): KeyParts[] {
  // Bands of the sketch: two of them equal by chance only where much of the text is the same. No target: names of it differ.
  if (form.sketch.length < 6) return []
  return [0, 3].map((from) => ({ kind: 'text', parts: [String(from), form.sketch.slice(from, from + 3).join()] }))
}
