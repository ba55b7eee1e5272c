// Starts the helpdesk: node dist/main.js, with DATABASE_URL and a key for each of our programs.
import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module.ts'

const { DATABASE_URL: databaseUrl, PORT = '3000', PORTAL_KEY = '', MAIL_KEY = '', PAYMENTS_KEY = '' } = process.env
if (!databaseUrl || !PORTAL_KEY || !MAIL_KEY || !PAYMENTS_KEY) {
  console.error('Set DATABASE_URL, PORTAL_KEY, MAIL_KEY and PAYMENTS_KEY.')
  process.exit(2)
}
const programKeys = { portal: PORTAL_KEY, mail: MAIL_KEY, payments: PAYMENTS_KEY }
const helpdesk = await NestFactory.create(AppModule.with({ databaseUrl, programKeys }))
helpdesk.enableShutdownHooks()
await helpdesk.listen(Number(PORT), '127.0.0.1')
console.log(`The helpdesk listens on ${await helpdesk.getUrl()}`)
