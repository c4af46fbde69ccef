import { Failure } from '../failure.ts'

/** Repositories that the runner's operator named: `name=folder` pairs, separated by `:` or line ends. Throws Failure for a bad pair. */
export function readMirrors(text: string): Map<string, string> {
  const out = new Map<string, string>()
  for (const pair of text.split(/[:\n]/).filter((one) => one.trim() !== '')) {
    const [, name, folder] = /^\s*([A-Za-z0-9][A-Za-z0-9._@/+-]{0,199})=(\/.{0,4000}?)\s*$/.exec(pair) ?? []
    if (name === undefined || folder === undefined)
      throw new Failure('runner.bad-mirrors', 'A pair of WEIR_MIRRORS is not like name=/absolute/folder.', {
        where: pair.slice(0, 200),
      })
    out.set(name, folder)
  }
  return out
}
