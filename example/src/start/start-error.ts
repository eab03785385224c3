/** Something that the person who starts the example can put right. */
export class StartError extends Error {}

/** Addresses that a listening socket may be refused for, by the code of the error. */
const LISTEN_PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'PORT: another process listens there already',
  EACCES: 'PORT: this user may not listen there',
  EADDRNOTAVAIL: 'HOST: this machine has no such address',
  ENOTFOUND: 'HOST: no such host',
};

/** Tells in one line why the start failed. */
export function toLine(err: unknown): string {
  const {message, code, syscall, ...where} = asProblem(err);
  const listening = LISTEN_PROBLEMS[code];
  if (listening && (syscall === 'listen' || syscall === 'getaddrinfo')) {
    const {address = where.hostname, port} = where;
    const parts = [address, port].filter(part => part !== undefined);
    return `${listening} (${parts.join(':')})`;
  }
  return oneLine(message === '' ? code : message);
}

function asProblem(err: unknown): NodeJS.ErrnoException & {
  code: string;
  address?: string;
  hostname?: string;
  port?: number;
} {
  const problem = err instanceof Error ? err : new Error(String(err));
  return Object.assign(problem, {
    code: String((problem as NodeJS.ErrnoException).code ?? ''),
  });
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
