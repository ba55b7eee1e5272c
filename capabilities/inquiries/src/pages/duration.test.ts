// How long something took, in words.
import { expect, it } from 'vitest'
import { durationText } from './duration.ts'

it.each([
  [0, 'under a minute', '1분 미만'],
  [1, '1 minute', '1분'],
  [59.6, '1 hour', '1시간'],
  [125, '2 hours 5 minutes', '2시간 5분'],
  [1440, '1 day', '1일'],
  [3 * 1440 + 61, '3 days 1 hour', '3일 1시간'],
  [1440 + 5, '1 day', '1일'],
])('%d minutes are “%s” and “%s”', (minutes, english, korean) => {
  expect([durationText(minutes, 'en'), durationText(minutes, 'ko')]).toEqual([english, korean])
})
