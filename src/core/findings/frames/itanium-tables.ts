// Fixed codes of the Itanium C++ ABI, section 5.1 (mangling).

export const BUILTIN: Readonly<Record<string, string>> = {
  v: 'void', w: 'wchar_t', b: 'bool', c: 'char', a: 'signed char', h: 'unsigned char', s: 'short', t: 'unsigned short',
  i: 'int', j: 'unsigned int', l: 'long', m: 'unsigned long', x: 'long long', y: 'unsigned long long', n: '__int128',
  o: 'unsigned __int128', f: 'float', d: 'double', e: 'long double', g: '__float128', z: '...',
}

export const BUILTIN_D: Readonly<Record<string, string>> = {
  d: 'decimal64', e: 'decimal128', f: 'decimal32', h: 'half', i: 'char32_t', s: 'char16_t', u: 'char8_t', a: 'auto',
  c: 'decltype(auto)', n: 'std::nullptr_t',
}

export const STANDARD: Readonly<Record<string, string>> = {
  a: 'std::allocator', b: 'std::basic_string', s: 'std::string', i: 'std::istream', o: 'std::ostream', d: 'std::iostream',
}

/** Code → [spelling, number of operands in an expression]. */
export const OPERATORS: Readonly<Record<string, readonly [string, number]>> = {
  nw: [' new', 0], na: [' new[]', 0], dl: [' delete', 1], da: [' delete[]', 1], aw: [' co_await', 1],
  ps: ['+', 1], ng: ['-', 1], ad: ['&', 1], de: ['*', 1], co: ['~', 1], nt: ['!', 1],
  pl: ['+', 2], mi: ['-', 2], ml: ['*', 2], dv: ['/', 2], rm: ['%', 2], an: ['&', 2], or: ['|', 2], eo: ['^', 2],
  aS: ['=', 2], pL: ['+=', 2], mI: ['-=', 2], mL: ['*=', 2], dV: ['/=', 2], rM: ['%=', 2], aN: ['&=', 2], oR: ['|=', 2],
  eO: ['^=', 2], ls: ['<<', 2], rs: ['>>', 2], lS: ['<<=', 2], rS: ['>>=', 2], eq: ['==', 2], ne: ['!=', 2], lt: ['<', 2],
  gt: ['>', 2], le: ['<=', 2], ge: ['>=', 2], ss: ['<=>', 2], aa: ['&&', 2], oo: ['||', 2], pp: ['++', 1], mm: ['--', 1],
  cm: [',', 2], pm: ['->*', 2], pt: ['->', 2], cl: ['()', 1], ix: ['[]', 2], qu: ['?', 3],
}
