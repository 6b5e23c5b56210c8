import { describe, expect, it } from 'vitest'
import { cleanText, foldText } from '../../src/core/text.ts'
import { fc } from '../draws.ts'

describe('a message cleaned', () => {
  it('is NFC, without unseen signs, with plain spaces and line ends', () => {
    expect(cleanText('\u202e hô\u0300 sơ\u200b\u00a01\r\n2\u0000 ')).toBe('hồ sơ 1\n2')
  })

  it('cleaned twice is the same as once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => cleanText(cleanText(text)) === cleanText(text)),
    )
  })
})

describe('a message folded', () => {
  it('loses accents, the stroke of đ and capitals', () => {
    expect(foldText('Bỏ QUA, ĐỒNG chí')).toBe('bo qua, dong chi')
  })

  it('keeps the length of Vietnamese words in NFC, so that places in it stay true', () => {
    const words = 'Sửa mục 3 thành mười hai, đã ký số đầy đủ ở phường'
    expect(foldText(words)).toHaveLength(words.length)
  })
})
