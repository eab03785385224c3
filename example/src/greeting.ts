/** The text printed once the example listens: where, and three lines to try. */
export function greeting(url: string): string {
  const json = "-H 'content-type: application/json'";
  const credentials = (account: string) =>
    `-d "{\\"account\\":\\"${account}\\",\\"password\\":\\"correct horse\\"}"`;
  return [
    `The chat listens at ${url}`,
    `REST explorer:      ${url}/explorer`,
    '',
    'Three lines to try: register, log in, send',
    '',
    `for name in ann bob; do curl -s ${url}/users ${json} ${credentials('$name')}; echo; done`,
    `log_in() { curl -s ${url}/users/login ${json} ${credentials('$1')} | node -pe "JSON.parse(fs.readFileSync(0)).$2"; }; log_in ann token`,
    `curl -s ${url}/messages ${json} -H "authorization: Bearer $(log_in ann token)" -d "{\\"toUserId\\":\\"$(log_in bob user.id)\\",\\"body\\":\\"Hello Bob\\"}"; echo`,
    '',
    '',
  ].join('\n');
}
