import { describe, expect, test } from 'vitest'
import type { Permission } from '#lib/members/roles.ts'
import { type ActingOn, actsOn, namesInARow } from './acts.ts'

const draft: ActingOn = {
  status: 'draft',
  version: 0,
  createdBy: 'teo',
  heldAt: null,
  hasPlan: false,
  isUnderway: false,
}
const creator = {
  userId: 'teo',
  permissions: new Set<Permission>([
    'content.edit',
    'content.delete_own_drafts',
    'approvals.request',
    'publishing.schedule',
    'publishing.cancel',
  ]),
}
const manager = {
  userId: 'priya',
  permissions: new Set<Permission>([...creator.permissions, 'content.delete', 'publishing.publish_now']),
}
const managers = () => ['Ines Caldeira', 'Priya Raman']

describe('what a piece offers', () => {
  test('a draft is written, sent, timed, archived or deleted', () => {
    expect(actsOn(draft, manager, managers)).toEqual({
      edit: null,
      send: null,
      schedule: null,
      archive: null,
      delete: null,
    })
  })

  test('authors delete their own drafts, and are told who deletes the others', () => {
    expect(actsOn(draft, creator, managers).delete).toBeNull()
    expect(actsOn({ ...draft, createdBy: 'ines' }, creator, managers).delete).toBe(
      'Your role here does not delete drafts of others. Ines Caldeira and Priya Raman may.',
    )
  })

  test('what was ever submitted is archived, never deleted', () => {
    expect(actsOn({ ...draft, version: 1 }, manager, managers)).not.toHaveProperty('delete')
  })

  test('only an approved piece goes out at once, and not while the client holds it', () => {
    const scheduled = { ...draft, status: 'scheduled', version: 1, hasPlan: true }
    expect(actsOn(scheduled, manager, managers)).toMatchObject({ publish_now: null, unschedule: null })
    expect(actsOn({ ...scheduled, heldAt: '2026-09-17T10:00:00Z' }, manager, managers).publish_now).toMatch(
      /client holds/,
    )
    expect(actsOn(scheduled, creator, managers).publish_now).toMatch(/Ines Caldeira and Priya Raman may/)
    expect(actsOn({ ...draft, status: 'pending_review' }, manager, managers)).not.toHaveProperty(
      'publish_now',
    )
  })

  test('nothing of a piece on its way out can be changed', () => {
    expect(
      actsOn({ ...draft, status: 'publishing', version: 1, isUnderway: true }, manager, managers),
    ).toEqual({})
  })

  test('a failed piece is edited only where none of it is out', () => {
    const failed = { ...draft, status: 'failed', version: 1 }
    expect(actsOn(failed, manager, managers)).toEqual({ edit: null, archive: null })
    expect(actsOn({ ...failed, isUnderway: true }, manager, managers)).toEqual({ archive: null })
  })
})

test('a long row of names is cut', () => {
  expect(namesInARow(['Ana', 'Ben', 'Cleo'])).toBe('Ana, Ben and Cleo')
  expect(namesInARow(['Ana', 'Ben', 'Cleo', 'Dov', 'Eve'])).toBe('Ana, Ben and 3 more')
})
