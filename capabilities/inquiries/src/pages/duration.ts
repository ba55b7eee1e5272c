// How long something took or waits, as people say it.
import { counted, type Language } from '@steward/ui'

/**
 * Minutes in words, to the two largest parts: `4 minutes`, `2 hours 5 minutes`, `3 days 4 hours`.
 *
 * @example
 * durationText(125, 'ko') // '2시간 5분'
 */
export function durationText(minutes: number, language: Language): string {
  if (minutes < 1) return language === 'ko' ? '1분 미만' : 'under a minute'
  const whole = Math.round(minutes)
  const parts = [
    [Math.floor(whole / 1440), 'day', '일'],
    [Math.floor(whole / 60) % 24, 'hour', '시간'],
    [whole % 60, 'minute', '분'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, english, korean]) => (language === 'ko' ? `${count}${korean}` : counted(count, english)))
    .join(' ')
}
