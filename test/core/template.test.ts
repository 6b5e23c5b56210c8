import { describe, expect, it } from 'vitest'
import { fillTemplate, layTemplate, NOT_APPLICABLE, placeholdersIn } from '../../src/core/template.ts'

const known: Readonly<Record<string, string>> = { 'II.2c.1': '1250', 'II.2c.8': '0', ky: 'quý I' }
const lay = (template: string) =>
  layTemplate(template, (name) => known[name])
    .map((piece) => (piece.type === 'text' ? piece.text : `<${[piece.name, ...piece.filters].join('|')}>`))
    .join('')

describe('a template', () => {
  it('keeps its places apart from its words', () => {
    expect(lay('Đã nhận {II.2c.1|so} hồ sơ trong {ky}.')).toBe('Đã nhận <II.2c.1|so> hồ sơ trong <ky>.')
  })

  it.each([
    ['{% if II.2c.8 > 0 %}có {II.2c.8}{% else %}không có{% endif %}', 'không có'],
    ['{% if II.2c.1 >= 1250 %}đủ{% endif %}', 'đủ'],
    ['{% if II.2c.8 == 0 %}hết{% endif %}', 'hết'],
    ['{% if ky == "quý I" %}đầu năm{% endif %}', 'đầu năm'],
    ['{% if II.2c.1 < 10 %}ít{% elsif II.2c.1 < 2000 %}vừa{% else %}nhiều{% endif %}', 'vừa'],
  ])('decides “%s”', (template, meant) => {
    expect(lay(template)).toBe(meant)
  })

  it('says neither the one nor the other where the condition is not known, but what it waits for', () => {
    expect(lay('{% if II.9 > 0 %}Đã kiểm tra{% else %}Chưa kiểm tra{% endif %}.')).toBe('<II.9>')
  })

  it('does not hold where an item does not apply', () => {
    const pieces = layTemplate('Nhận{% if I.4 > 0 %}, quá hạn{% endif %}.', () => NOT_APPLICABLE)
    expect(pieces).toEqual([{ type: 'text', text: 'Nhận.' }])
  })

  it('takes a code that begins with a digit, and days by their order', () => {
    expect(lay('Số {3.3.1|so}')).toBe('Số <3.3.1|so>')
    const day = (template: string) => layTemplate(template, () => '2025-03-14')
    expect(day('{% if I.1 > "2025-03-01" %}sau{% else %}trước{% endif %}')).toEqual([
      { type: 'text', text: 'sau' },
    ])
  })

  it.each([
    '{% if I.1 %}có{% endif %}',
    '{% if I.1 > I.2 %}lớn{% endif %}',
    '{% if I.1 contains "a" %}có{% endif %}',
    '{% if I.1 > 1.000 %}nhiều{% endif %}',
    '{% assign x = 5 %}{x}',
    '{% for x in I %}{x}{% endfor %}',
    '{% else if I.1 > 0 %}',
    '{I.1|plus: 1}',
    '{I.1|default: 5}',
    '{"abc 12"}',
  ])('“%s” is refused: the language goes no further', (template) => {
    expect(placeholdersIn(template)).toBeUndefined()
  })

  it.each(['{II.2c.1', 'a } b', '{}', '{II.2c.1|khong_co}', '{{ky}}', '{% if ky == 1 %}'])(
    '“%s” is refused as malformed',
    (template) => {
      expect(placeholdersIn(template)).toBeUndefined()
    },
  )

  it('names what it uses, in conditions too', () => {
    expect(placeholdersIn('{% if I.1 > 0 %}{I.2|so}{% endif %} {ky}')).toEqual(['I.1', 'I.2', 'ky'])
  })

  it('takes values as they are, braces and tags among them', () => {
    expect(fillTemplate('“{loi}”', { loi: '{ky} {% if %}' })).toBe('“{ky} {% if %}”')
  })

  it('without a value is a fault of the program', () => {
    expect(() => fillTemplate('{ky}', {})).toThrow('no value for {ky}')
  })
})
