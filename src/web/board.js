// How far the report is.

import { bar, byId, fill, make, redraw, words } from './dom.js'

const STATES = {
  open: { sign: '○', state: 'web.stateOpen' },
  answered: { sign: '✓', state: 'web.stateAnswered' },
  empty: { sign: '✓', state: 'web.stateAnswered' },
  pending: { sign: '…', state: 'web.statePending' },
}

export function drawBoard(board) {
  if (!board) return redraw(byId('board'), [make('p', { className: 'hint' }, [words['web.noBoard']])])
  redraw(byId('board'), [
    make('div', { className: 'overall' }, [
      make('p', { className: 'period' }, [board.period]),
      make('p', {}, [fill('web.deadline', board)]),
      make('p', { className: 'count' }, [fill('web.progress', board)]),
      bar(board),
    ]),
    make('h3', {}, [words['web.byPerson']]),
    make('ul', { className: 'byPerson' }, board.people.filter(({ total }) => total > 0).map(drawPersonRow)),
    make('h3', {}, [words['web.bySection']]),
    ...board.sections.map(drawSection),
  ])
}

function drawPersonRow(one) {
  const count = make('span', { className: 'count' }, [`${one.done}/${one.total}`])
  return make('li', {}, [make('span', {}, [one.name]), bar(one), count])
}

function drawSection(section) {
  return make('section', {}, [
    make('h4', {}, [section.title]),
    make('ul', { className: 'items' }, section.items.map(drawItem)),
  ])
}

function drawItem(item) {
  const { sign, state } = STATES[item.state]
  const mark = make('span', { className: 'mark' }, [sign])
  mark.setAttribute('aria-hidden', 'true')
  const said = make('span', { className: item.shown ? 'unseen' : '' }, [words[state]])
  return make('li', { className: `item ${item.state}` }, [
    mark,
    make('span', { className: 'what' }, [make('b', {}, [item.code]), ` ${item.name}`]),
    make('span', { className: 'value' }, [said, item.shown ? ` ${item.shown}` : '']),
    make('span', { className: 'owner' }, [fill('web.owner', { owner: item.owner })]),
  ])
}
