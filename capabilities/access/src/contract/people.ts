// What access promises about people; safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { Email, InvitedPerson, Person, RoleName } from '../person.ts'

const columns = ['email', 'name', 'role', 'hasPassword', 'createdBy', 'createdAt', 'disabledAt']
const one = { as: 'facts', columns: ['email', 'name', 'role', 'disabledAt'] } as const
const invited = { as: 'facts', columns: ['link', 'linkExpiresAt', 'email', 'name', 'role'] } as const
const who = z.object({ person: z.string().min(1).max(320).describe('The e-mail address, or the id') })
const url = z.url().nullable().default(null).describe('Where Steward is served, for the link')

export const peopleContract = {
  invitePerson: procedure({
    summary: 'Invites somebody, and makes the link by which they set their password',
    description: 'The link is shown once, works once, and for 72 hours. Send it to them on a way that you trust.',
    effect: 'write',
    permission: 'access:invite-person',
    cli: {
      path: ['person', 'invite'],
      args: ['email'],
      show: [invited],
      examples: [
        'kim@example.com --role cx --name "Kim Lee"',
        'kim@example.com --role cx --url https://steward.example.com',
      ],
    },
  })
    .input(
      z.object({
        email: Email,
        role: RoleName,
        name: z.string().trim().min(1).max(200).nullable().default(null).describe('What people call them'),
        url,
      }),
    )
    .output(InvitedPerson),
  linkPerson: procedure({
    summary: 'Makes a new link for somebody who lost the first one, or their password',
    description:
      'Links that were made before stop working; whoever uses this one sets a new password and ends all sessions.',
    effect: 'write',
    permission: 'access:link-person',
    cli: { path: ['person', 'link'], args: ['person'], show: [invited], examples: ['kim@example.com'] },
  })
    .input(who.extend({ url }))
    .output(InvitedPerson),
  listPeople: procedure({
    summary: 'Lists the people',
    effect: 'read',
    permission: 'access:list-people',
    cli: { path: ['person', 'list'], show: [{ as: 'table', columns, empty: 'Nobody yet.' }] },
  })
    .input(z.object({ all: z.boolean().default(false).describe('Also those who were disabled') }))
    .output(z.array(Person)),
  listRoles: procedure({
    summary: 'Lists the roles that you may give to people and keys',
    effect: 'read',
    permission: 'access:list-people',
    cli: { path: ['role', 'list'], show: [{ as: 'table', columns: ['name'] }] },
  })
    .input(z.object({}))
    .output(z.array(z.object({ name: RoleName }))),
  setPersonRole: procedure({
    summary: 'Gives somebody another role, from their next request on',
    effect: 'write',
    permission: 'access:set-person-role',
    cli: {
      path: ['person', 'set-role'],
      args: ['person'],
      show: [one],
      examples: ['kim@example.com --role developer'],
    },
  })
    .input(who.extend({ role: RoleName }))
    .output(Person),
  disablePerson: procedure({
    summary: 'Keeps somebody out: all their sessions end at once',
    effect: 'write',
    permission: 'access:disable-person',
    cli: {
      path: ['person', 'disable'],
      args: ['person'],
      show: [one],
      examples: ['kim@example.com --reason "left us"'],
    },
  })
    .input(who)
    .output(Person),
  enablePerson: procedure({
    summary: 'Lets somebody in again, with the password they had',
    effect: 'write',
    permission: 'access:enable-person',
    cli: { path: ['person', 'enable'], args: ['person'], show: [one], examples: ['kim@example.com'] },
  })
    .input(who)
    .output(Person),
}
