// What an expert writes by hand for these requests, and no line more: Fastify, pg, prepared statements whose JSON text goes through.
import fastify from 'fastify'
import pg from 'pg'
import { answerQuestions } from '../client-process.ts'

/** Serve the shop at this address. */
export type HandQuestion = { url: string }
export type HandAnswer = { port: number; pid: number }

const one = { name: 'one', text: 'SELECT row_to_json(o)::text AS body FROM orders o WHERE id = $1' }
const list = {
  name: 'list',
  text: `SELECT coalesce(json_agg(o), '[]')::text AS body
           FROM (SELECT * FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 50) o`,
}
const embed = {
  name: 'embed',
  text: `SELECT coalesce(json_agg(o), '[]')::text AS body
           FROM (SELECT orders.*, (SELECT coalesce(json_agg(l), '[]') FROM order_lines l WHERE l.order_id = orders.id) AS order_lines
                   FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 50) o`,
}
const insert = {
  name: 'insert',
  text: `INSERT INTO orders (customer_id, status, total, note, shipping) VALUES ($1, $2, $3, $4, $5)
         RETURNING row_to_json(orders)::text AS body`,
}

type Order = { customer_id: number; status: string; total: number; note: string | null; shipping: object }

answerQuestions<HandQuestion, HandAnswer>(async ({ url }) => {
  const pool = new pg.Pool({ connectionString: url })
  const app = fastify()
  const json = 'application/json; charset=utf-8'
  app.get<{ Params: { id: string } }>('/orders/:id', async ({ params }, reply) => {
    const { rows } = await pool.query<{ body: string }>({ ...one, values: [params.id] })
    if (rows[0] === undefined) return reply.code(404).send({ message: 'There is no such order.' })
    return reply.header('content-type', json).send(rows[0].body)
  })
  app.get<{ Params: { id: string }; Querystring: { lines?: string } }>(
    '/customers/:id/orders',
    async (request, reply) => {
      const statement = request.query.lines === 'true' ? embed : list
      const { rows } = await pool.query<{ body: string }>({ ...statement, values: [request.params.id] })
      return reply.header('content-type', json).send(rows[0]?.body)
    },
  )
  app.post<{ Body: Order }>('/orders', async ({ body }, reply) => {
    const values = [body.customer_id, body.status, body.total, body.note, body.shipping]
    const { rows } = await pool.query<{ body: string }>({ ...insert, values })
    return reply.code(201).header('content-type', json).send(rows[0]?.body)
  })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  return { port: Number(address.port), pid: process.pid }
})
