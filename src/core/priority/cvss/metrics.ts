// The metrics of each CVSS version and the values each may take, as data. Sources: FIRST's CVSS v2.0 guide §2, v3.0 and v3.1
// specifications Tables 1-14 and §6, v4.0 specification §7.

export type CvssVersion = '2.0' | '3.0' | '3.1' | '4.0'

export interface Metric {
  readonly values: readonly string[]
  readonly group: 'base' | 'temporal' | 'environmental' | 'supplemental'
}

export type Metrics = ReadonlyMap<string, Metric>

function group(name: Metric['group'], text: string): [string, Metric][] {
  return text.split(' ').map((entry) => {
    const [metric = '', values = ''] = entry.split(':')
    return [metric, { values: values.split('|'), group: name }]
  })
}

const V2: Metrics = new Map([
  ...group('base', 'AV:L|A|N AC:H|M|L Au:M|S|N C:N|P|C I:N|P|C A:N|P|C'),
  ...group('temporal', 'E:ND|U|POC|F|H RL:ND|OF|TF|W|U RC:ND|UC|UR|C'),
  ...group('environmental', 'CDP:ND|N|L|LM|MH|H TD:ND|N|L|M|H CR:ND|L|M|H IR:ND|L|M|H AR:ND|L|M|H'),
])

const V3: Metrics = new Map([
  ...group('base', 'AV:N|A|L|P AC:L|H PR:N|L|H UI:N|R S:U|C C:N|L|H I:N|L|H A:N|L|H'),
  ...group('temporal', 'E:X|U|P|F|H RL:X|O|T|W|U RC:X|U|R|C'),
  ...group('environmental', 'CR:X|L|M|H IR:X|L|M|H AR:X|L|M|H MAV:X|N|A|L|P MAC:X|L|H MPR:X|N|L|H MUI:X|N|R MS:X|U|C'),
  ...group('environmental', 'MC:X|N|L|H MI:X|N|L|H MA:X|N|L|H'),
])

const V4: Metrics = new Map([
  ...group('base', 'AV:N|A|L|P AC:L|H AT:N|P PR:N|L|H UI:N|P|A VC:H|L|N VI:H|L|N VA:H|L|N SC:H|L|N SI:H|L|N SA:H|L|N'),
  ...group('temporal', 'E:X|A|P|U'),
  ...group('environmental', 'CR:X|H|M|L IR:X|H|M|L AR:X|H|M|L MAV:X|N|A|L|P MAC:X|L|H MAT:X|N|P MPR:X|N|L|H MUI:X|N|P|A'),
  ...group('environmental', 'MVC:X|H|L|N MVI:X|H|L|N MVA:X|H|L|N MSC:X|H|L|N MSI:X|S|H|L|N MSA:X|S|H|L|N'),
  ...group('supplemental', 'S:X|N|P AU:X|N|Y R:X|A|U|I V:X|D|C RE:X|L|M|H U:X|Clear|Green|Amber|Red'),
])

export const METRICS: Readonly<Record<CvssVersion, Metrics>> = { '2.0': V2, '3.0': V3, '3.1': V3, '4.0': V4 }
