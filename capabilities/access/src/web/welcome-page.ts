// The page behind a link: somebody sets their password. Its token stands behind `#`, where no server and no log sees it.
import type { WebAnswer } from '@steward/engine'

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Steward</title>
<main>
<h1>Steward</h1>
<form id="form" autocomplete="on">
<p>Choose a password of at least 12 characters. The link works once.</p>
<p><label>E-mail (the first admin only) <input name="email" type="email" autocomplete="username"></label></p>
<p><label>Password <input name="password" type="password" minlength="12" maxlength="200" required autocomplete="new-password"></label></p>
<p><button>Set the password and sign in</button></p>
</form>
<p id="said" role="status"></p>
</main>
<script src="welcome.js"></script>
</html>
`

const script = `'use strict'
const form = document.getElementById('form')
const said = document.getElementById('said')
const token = location.hash.slice(1)
history.replaceState(null, '', location.pathname)
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const given = new FormData(form)
  const email = String(given.get('email')).trim()
  const body = { token, password: given.get('password'), ...(email === '' ? {} : { email }) }
  const answer = await fetch('set-password', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  })
  const told = await answer.json()
  said.textContent = answer.ok ? 'You are signed in as ' + told.person.email + '.' : told.message + ' ' + told.hint
  if (answer.ok) form.remove()
})
`

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"

export const welcomePage: WebAnswer = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
  body: html,
}

export const welcomeScript: WebAnswer = {
  status: 200,
  headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  body: script,
}
