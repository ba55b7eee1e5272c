// The SQL of saved views: one named function a statement.
import type { Actor } from '@steward/base'
import type { Queryable, Transaction } from '@steward/postgres'
import type { SavedView, ViewToSave } from './saved-view.ts'

type Row = Omit<SavedView, 'owner' | 'isOwn'> & { ownerType: string; ownerId: string; ownerName: string | null }

const columns = `id::text, entity, name, columns, filter, "order", is_shared AS "isShared", owner_type AS "ownerType",
  owner_id AS "ownerId", owner_name AS "ownerName", to_json(saved_at) #>> '{}' AS "savedAt"`

/** Those of this person, and what others share; by name. */
export async function selectViews(queryable: Queryable, entity: string, { type, id }: Actor): Promise<Row[]> {
  const { rows } = await queryable.query<Row>(
    `SELECT ${columns} FROM steward_office.entities_view
      WHERE entity = $1 AND (is_shared OR (owner_type = $2 AND owner_id = $3))
      ORDER BY name, saved_at`,
    [entity, type, id],
  )
  return rows
}

/** Locked until the transaction ends. */
export async function lockView(transaction: Transaction, id: string): Promise<Row | null> {
  const { rows } = await transaction.query<Row>(
    `SELECT ${columns} FROM steward_office.entities_view WHERE id = $1 FOR UPDATE`,
    [id],
  )
  return rows[0] ?? null
}

/** Null where this person has another one of that name. */
export async function insertView(transaction: Transaction, view: ViewToSave, owner: Actor): Promise<Row | null> {
  const { rows } = await transaction.query<Row>(
    `INSERT INTO steward_office.entities_view
       (entity, name, columns, filter, "order", is_shared, owner_type, owner_id, owner_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT ON CONSTRAINT entities_view_name DO NOTHING
     RETURNING ${columns}`,
    [...shownBy(view), owner.type, owner.id, owner.name ?? null],
  )
  return rows[0] ?? null
}

/** Whether this person has another view of that name. */
export async function isNameTaken(queryable: Queryable, view: ViewToSave, { type, id }: Actor): Promise<boolean> {
  const { rows } = await queryable.query(
    `SELECT FROM steward_office.entities_view
      WHERE entity = $1 AND name = $2 AND owner_type = $3 AND owner_id = $4 AND id IS DISTINCT FROM $5::uuid`,
    [view.entity, view.name, type, id, view.id ?? null],
  )
  return rows.length > 0
}

/** What it shows, what it is called, and who may use it. */
export async function updateView(transaction: Transaction, id: string, view: ViewToSave): Promise<Row> {
  const { rows } = await transaction.query<Row>(
    `UPDATE steward_office.entities_view
        SET entity = $2, name = $3, columns = $4, filter = $5, "order" = $6, is_shared = $7, saved_at = now()
      WHERE id = $1 RETURNING ${columns}`,
    [id, ...shownBy(view)],
  )
  return rows[0] as Row
}

/** By id. */
export async function deleteView(transaction: Transaction, id: string): Promise<void> {
  await transaction.query('DELETE FROM steward_office.entities_view WHERE id = $1', [id])
}

/** A view as somebody sees it. */
export function toView({ ownerType, ownerId, ownerName, ...view }: Row, { type, id }: Actor): SavedView {
  const named = ownerName === null ? {} : { name: ownerName }
  const owner = { type: ownerType, id: ownerId, ...named } as SavedView['owner']
  return { ...view, owner, isOwn: ownerType === type && ownerId === id }
}

function shownBy({ entity, name, columns: shown, filter, order, isShared }: ViewToSave): unknown[] {
  return [entity, name, shown, filter, order, isShared]
}
