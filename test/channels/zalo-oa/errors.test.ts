import { expect, test } from 'vitest'
import { remedyOf } from '../../../src/channels/zalo-oa/errors.ts'

const CODES_BY_REMEDY = {
  refresh: [-124, -216, -220],
  wait: [-32, -100, -234],
  quota: [-211, -218],
  window: [-213, -217, -227, -230, -232, -237, -244, -403],
  permanent: [-200, -201, -210, -233, -248, 1, 0],
  notAllowed: [-204, -205, -209, -212, -219, -221, -223, -224, -235, -240, -242, -320, -321, -14002],
  tokenRefused: [-14003, -14004],
  tokenDead: [-118, -14014, -14020],
} as const

test.each(
  Object.entries(CODES_BY_REMEDY).flatMap(([remedy, codes]) => codes.map((code) => [code, remedy] as const)),
)('%d calls for: %s', (code, name) => {
  const remedy = remedyOf(code, '')
  expect(remedy.class === 'person' ? remedy.trouble : remedy.class).toBe(name)
})

test('only a rate makes everything wait', () => {
  expect(remedyOf(-32, 'Your OA reached limit call api')).toEqual({
    class: 'wait',
    afterMs: 60_000,
    isPause: true,
  })
  expect([-32, -100, -234].map((code) => remedyOf(code, ''))).toEqual([
    { class: 'wait', afterMs: 60_000, isPause: false },
    { class: 'wait', afterMs: 1000, isPause: false },
    { class: 'wait', afterMs: 1_800_000, isPause: false },
  ])
})
