import type { PersonSeed } from './person-seed.ts'

/** The people of the demo's cases who stand in the list of the sign-in page. All of them, and their organisations, are invented. */
export const CASE_PEOPLE = {
  keeper: {
    organisation: 'Libquarry Project',
    kind: 'vendor',
    name: 'Signe Vaara',
    email: 'signe.vaara@libquarry.example',
    roles: ['maintainer'],
    says: 'Maintainer of libquarry: two reports to look at, eleven that wait at your own pace.',
  },
  distributor: {
    organisation: 'Eelgrass Linux',
    kind: 'vendor',
    name: 'Rurik Salonen',
    email: 'rurik.salonen@eelgrass.example',
    roles: ['maintainer'],
    says: 'A distributor that was asked into one case and has not answered yet.',
  },
} as const satisfies Readonly<Record<string, PersonSeed>>

const vendor = (organisation: string, host: string, ...names: readonly string[]): readonly PersonSeed[] =>
  names.map((name) => ({
    organisation,
    kind: 'vendor',
    name,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@${host}.example`,
    roles: ['maintainer'],
    says: '',
  }))

/** Those who act in the cases and are not offered as a sign-in: two people where a vendor states a status, for it takes two. */
export const CASE_VENDORS: readonly (readonly PersonSeed[])[] = [
  vendor('Aldergate Imaging', 'aldergate', 'Wren Okafor', 'Jonas Lindgren'),
  vendor('Bittern Mobile', 'bittern', 'Pilar Castro', 'Edda Vang'),
  vendor('Causeway Browsers', 'causeway', 'Mikkel Obando', 'Ruth Sandoval'),
  vendor('Dunlin Systems', 'dunlin', 'Hana Weiss', 'Tariq Boone'),
  vendor('Eider Storage', 'eider', 'Sol Marchetti', 'Brigid Ames'),
  vendor('Fulmar Print', 'fulmar', 'Isak Romero', 'Lotte Byrne'),
  vendor('Gannet Cameras', 'gannet', 'Nadia Holm'),
  vendor('Heronry Cloud', 'heronry', 'Otis Kaplan'),
  vendor('Ibisworks', 'ibisworks', 'Freya Dunn'),
  vendor('Jackdaw Office', 'jackdaw', 'Caspar Nunes'),
  vendor('Kelp and Sons', 'kelp', 'Maren Silva'),
  vendor('Lapwing Devices', 'lapwing', 'Yusuf Larkin'),
  vendor('Merganser Maps', 'merganser', 'Petra Osei'),
  vendor('Nightjar Mail', 'nightjar', 'Anders Quist'),
  vendor('Osprey Medical', 'osprey', 'Delia Thorn'),
  vendor('Pintail Games', 'pintail', 'Goran Ek'),
  vendor('Quillon Print', 'quillon', 'Signy Roth'),
]
