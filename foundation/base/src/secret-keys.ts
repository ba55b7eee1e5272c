// Which names look as if a secret stood behind them.

const secretWord =
  /^(pwd|pin|auth|otp|jwt|cvc|cvv|ssn|apikey|privatekey|secretkey|accesskey|sessionid|pass(phrase|code|key)|credentials?|.*(passw(or)?ds?|secrets?|tokens?|authori[sz]ation|cookies?))$/
const secretPair = /(api|private|access|signing|encryption|secret|master)key|sessionid|cardnumber/
const korean = /비밀번호|암호|패스워드/
// What is known about a secret is none: when it ends, how many there are, whether there is one.
const harmlessFirst = /^(is|has|had|needs|max|min|num|count|total|prompt|completion|input|output|used)$/
const harmlessLast =
  /^(count|limit|type|kind|ids|name|length|usage|expiry|expires|expiration|at|on|policy|strength|required)$/
// The same few keys come with each call: what was found out about one is kept.
const known = new Map<string, boolean>()
const mostKnown = 2000
const longestKnown = 64

/**
 * Whether a key like this usually names a secret: `password`, `accessToken`, `X-Api-Key`, `set-cookie`, `비밀번호`; and not
 * `passwordChangedAt`, `maxTokens` or `secretary`.
 *
 * @example
 * looksSecret('refresh_token') // true
 */
export function looksSecret(key: string): boolean {
  let isSecret = known.get(key)
  if (isSecret === undefined) {
    isSecret = namesSecret(key)
    if (known.size < mostKnown && key.length <= longestKnown) known.set(key, isSecret)
  }
  return isSecret
}

function namesSecret(key: string): boolean {
  if (korean.test(key)) return true
  const words = wordsOf(key)
  const [first = ''] = words
  const last = words.at(-1) ?? ''
  if (words.length > 1 && (harmlessFirst.test(first) || harmlessLast.test(last))) return false
  if (words.length > 1 && last === 'id' && words.at(-2) !== 'session') return false
  return words.some((word) => secretWord.test(word)) || secretPair.test(words.join(''))
}

// apiKey, API_KEY, x-api-key and APIKey are the same words.
function wordsOf(key: string): string[] {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}
