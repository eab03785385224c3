import type {ChatStore} from './chat-store';
import type {TokenGiver, UserIdOf} from './token-source';
import type {Uploader} from './uploads';

/** Where a client starts in a channel that it has no cursor of. */
export type History =
  /** After what the user has received already, on whatever device. */
  | 'unread'
  /** From the first message on. */
  | 'all';

/** What a client needs to know; times are in milliseconds. */
export interface ChatClientOptions {
  /** Where the server is, such as `https://chat.example.com`; its path is REST's. */
  readonly url: string;
  /** The JWT, or what gives one; asked again when it expires or is refused. */
  readonly token: TokenGiver;
  /** Finds the user's id in the claims where the server's `auth.claims.id` or `tenant` is set. */
  readonly userIdOf?: UserIdOf;
  /** Path of the socket.io server. */
  readonly path?: string;
  readonly transports?: readonly ('websocket' | 'polling')[];
  /** Keeps unsent messages and cursors over restarts; one store an account. */
  readonly store?: ChatStore;
  readonly history?: History;
  /** For uploads; `globalThis.fetch` by default. */
  readonly fetch?: typeof fetch;
  /** Takes the place of uploads by REST. */
  readonly uploads?: Uploader;
  /** How long an ack may take before the frame is sent again. */
  readonly ackTimeoutMs?: number;
  /** First wait before something that failed is tried again; it doubles. */
  readonly retryDelayMs?: number;
  /** Longest wait before something that failed is tried again. */
  readonly maxRetryDelayMs?: number;
  /** How long received messages are gathered before they are reported. */
  readonly receiptDelayMs?: number;
  /** How long changes are gathered before they go to the store. */
  readonly saveDelayMs?: number;
  /** How often a quiet connection asks whether it missed something; 0: never. */
  readonly resyncMs?: number;
  /** Most sends that wait for their ack; more are refused at once. */
  readonly maxUnsent?: number;
  /** Most live events of a channel that wait for what came before them. */
  readonly maxWaiting?: number;
}

/** What may be left out, as it is then. */
export const CLIENT_DEFAULTS = {
  path: '/socket.io/',
  transports: ['websocket', 'polling'],
  history: 'unread',
  ackTimeoutMs: 10_000,
  retryDelayMs: 500,
  maxRetryDelayMs: 10_000,
  receiptDelayMs: 200,
  saveDelayMs: 50,
  resyncMs: 300_000,
  maxUnsent: 1000,
  maxWaiting: 1000,
} as const;

/** Options with every value that has a default. */
export type ResolvedClientOptions = ChatClientOptions &
  Required<Pick<ChatClientOptions, keyof typeof CLIENT_DEFAULTS>>;

const OTHERS = ['url', 'token', 'userIdOf', 'store', 'fetch', 'uploads'];
const MAY_BE_ZERO = ['receiptDelayMs', 'saveDelayMs', 'resyncMs'];

/** @throws Error that names every option that is wrong or unknown */
export function resolveOptions(
  options: ChatClientOptions,
): ResolvedClientOptions {
  const given = Object.entries(options).filter(
    ([, value]) => value !== undefined,
  );
  const resolved: object = {...CLIENT_DEFAULTS, ...Object.fromEntries(given)};
  const known = [...Object.keys(CLIENT_DEFAULTS), ...OTHERS];
  const problems = [
    ...given
      .filter(([name]) => !known.includes(name))
      .map(([name]) => `${name}: is not known`),
    ...Object.entries(resolved).flatMap(([name, value]) =>
      numberProblem(name, value),
    ),
    ...(URL.canParse(String(options.url)) ? [] : ['url: must be a URL']),
    ...(options.token ? [] : ['token: must be given']),
  ];
  if (problems.length) throw new Error(`Options: ${problems.join('; ')}`);
  return Object.freeze(resolved) as ResolvedClientOptions;
}

function numberProblem(name: string, value: unknown): string[] {
  if (!name.endsWith('Ms') && !name.startsWith('max')) return [];
  const least = MAY_BE_ZERO.includes(name) ? 0 : 1;
  const isRight = Number.isInteger(value) && Number(value) >= least;
  return isRight ? [] : [`${name}: must be an integer of at least ${least}`];
}
