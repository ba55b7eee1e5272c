// A browser and its system, as people call them.

const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Whale\//, 'Whale'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
]

/**
 * `Chrome · macOS`; null where neither is known.
 *
 * @example
 * deviceOf('Mozilla/5.0 (iPhone; …) Version/26.0 Mobile/15E148 Safari/604.1') // 'Safari · iPhone'
 */
export function deviceOf(userAgent: string | null): string | null {
  const named = [nameIn(browsers, userAgent ?? ''), nameIn(systems, userAgent ?? '')].filter((each) => each !== null)
  return named.length === 0 ? null : named.join(' · ')
}

function nameIn(known: readonly [RegExp, string][], userAgent: string): string | null {
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
}
