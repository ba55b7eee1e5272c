// How the values of a column are built, as far as it matters to a revert: json, enums with renamed labels, composites.
import type { Transaction } from '@steward/postgres'

/** What a value is made of. `plain` is everything that today is written as it always was. */
export type ValueShape =
  | { kind: 'plain' }
  | { kind: 'json' }
  /** Labels that are called otherwise today, by the name they had. */
  | { kind: 'enum'; renamedLabels: Map<string, string> }
  | { kind: 'array'; element: ValueShape }
  | { kind: 'composite'; attributes: Map<string, ValueShape> }

/** Reads the shapes of all columns of these tables, by the oid of their type. */
export async function readShapes(transaction: Transaction, relationIds: number[]): Promise<Map<string, ValueShape>> {
  const { rows } = await transaction.query<{ type: string }>(typesStatement, [relationIds])
  const types = new Map(rows.map(({ type }) => JSON.parse(type) as Type).map((type) => [type.oid, type]))
  // a type never contains itself, so that this ends
  const shapeOf = (oid: string): ValueShape => toShape(types.get(oid) as Type, shapeOf)
  return new Map([...types.keys()].map((oid) => [oid, shapeOf(oid)]))
}

type Type = {
  oid: string
  kind: 'domain' | 'json' | 'array' | 'composite' | 'enum' | 'plain'
  /** What a domain stands on, or the element of an array. */
  inner: string
  attributes: { name: string; oid: string }[]
  renamedLabels: { was: string; is: string }[]
}

const plain: ValueShape = { kind: 'plain' }

function toShape({ kind, inner, attributes, renamedLabels }: Type, shapeOf: (oid: string) => ValueShape): ValueShape {
  if (kind === 'domain') return shapeOf(inner)
  if (kind === 'json') return { kind }
  if (kind === 'composite')
    return { kind, attributes: new Map(attributes.map(({ name, oid }) => [name, shapeOf(oid)])) }
  if (kind === 'enum' && renamedLabels.length > 0)
    return { kind, renamedLabels: new Map(renamedLabels.map(({ was, is }) => [was, is])) }
  if (kind === 'array') {
    const element = shapeOf(inner)
    return element.kind === 'enum' || element.kind === 'composite' || element.kind === 'array'
      ? { kind, element }
      : plain
  }
  return plain
}

// A label that another label of the type bears today is that one.
const typesStatement = `
  WITH RECURSIVE part (oid) AS (
    SELECT atttypid FROM pg_catalog.pg_attribute JOIN steward.relation ON table_oid = attrelid
     WHERE relation.id = ANY ($1::int[]) AND attnum > 0 AND NOT attisdropped
    UNION
    SELECT inside.oid FROM part JOIN pg_catalog.pg_type AS type ON type.oid = part.oid
     CROSS JOIN LATERAL (
       SELECT type.typbasetype AS oid WHERE type.typtype = 'd'
       UNION ALL
       SELECT element.oid FROM pg_catalog.pg_type AS element WHERE element.oid = type.typelem AND element.typarray = type.oid
       UNION ALL
       SELECT atttypid FROM pg_catalog.pg_attribute
        WHERE type.typtype = 'c' AND attrelid = type.typrelid AND attnum > 0 AND NOT attisdropped) AS inside)
  SELECT json_build_object(
    'oid', type.oid::text,
    'kind', CASE WHEN type.oid IN ('json'::regtype, 'jsonb'::regtype) THEN 'json' WHEN type.typtype = 'd' THEN 'domain'
                 WHEN element.oid IS NOT NULL THEN 'array' WHEN type.typtype = 'c' THEN 'composite'
                 WHEN type.typtype = 'e' THEN 'enum' ELSE 'plain' END,
    'inner', coalesce(element.oid, type.typbasetype)::text,
    'attributes', (SELECT coalesce(json_agg(json_build_object('name', attname, 'oid', atttypid::text) ORDER BY attnum), '[]')
       FROM pg_catalog.pg_attribute WHERE type.typtype = 'c' AND attrelid = type.typrelid AND attnum > 0 AND NOT attisdropped),
    'renamedLabels', (SELECT coalesce(json_agg(json_build_object('was', known.label, 'is', today.enumlabel)), '[]')
       FROM steward.enum_label AS known JOIN pg_catalog.pg_enum AS today ON today.oid = known.label_oid
      WHERE known.type_oid = type.oid AND known.label <> today.enumlabel
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_enum AS taken WHERE taken.enumtypid = known.type_oid AND taken.enumlabel = known.label))
    )::text AS type
    FROM part JOIN pg_catalog.pg_type AS type ON type.oid = part.oid
    LEFT JOIN pg_catalog.pg_type AS element ON element.oid = type.typelem AND element.typarray = type.oid`
