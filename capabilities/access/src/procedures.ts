// Promise by promise, which verb of access keeps it.
import { type KeptProcedures, keep } from '@steward/engine'
import { disablePerson, enablePerson, setPersonRole } from './change-person.ts'
import { accessContract } from './contract.ts'
import { createKey } from './create-key.ts'
import { demandGrantable, demandReach, grantableRoles, type KnownRoles } from './grant-role.ts'
import { invitePerson, linkPerson } from './invite-person.ts'
import { revokeKey } from './revoke-key.ts'
import { revokeSession } from './revoke-session.ts'
import { selectKeys } from './store/keys.ts'
import { selectPeople } from './store/people.ts'
import { selectSessions } from './store/sessions.ts'

/** The verbs, with the roles and the address of this installation. */
export function accessProcedures({ roles, url }: { roles: KnownRoles; url: string }): KeptProcedures {
  return keep(accessContract, {
    createKey: async ({ transaction, actor, role: holder }, order) => {
      demandGrantable(holder, order.role, roles)
      return createKey(transaction, { ...order, by: actor })
    },
    listKeys: ({ transaction }, { all }) => selectKeys(transaction, all),
    revokeKey: async ({ transaction, role }, { id }) => {
      const key = await revokeKey(transaction, id)
      demandReach(role, key.role)
      return key
    },
    invitePerson: ({ transaction, actor: by, role: holder }, { url: asked, ...order }) =>
      invitePerson(transaction, order, { by, holder, roles, url: asked ?? url }),
    linkPerson: ({ transaction, role: holder }, { person, url: asked }) =>
      linkPerson(transaction, person, { holder, url: asked ?? url }),
    listPeople: ({ transaction }, { all }) => selectPeople(transaction, all),
    listRoles: async ({ role: holder }) => grantableRoles(holder, roles).map((name) => ({ name })),
    setPersonRole: ({ transaction, role: holder }, order) => setPersonRole(transaction, order, { holder, roles }),
    disablePerson: ({ transaction, role }, { person }) => disablePerson(transaction, person, role),
    enablePerson: ({ transaction, role }, { person }) => enablePerson(transaction, person, role),
    listSessions: ({ transaction }, { person }) => selectSessions(transaction, person),
    revokeSession: ({ transaction, role }, { id }) => revokeSession(transaction, id, role),
  })
}
