import {BindingScope, inject, injectable, type Getter} from '@loopback/core';
import type {EntityCrudRepository} from '@loopback/repository';
import type {KeyObject, webcrypto} from 'crypto';
import {
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';
import type {ResolvedConfig} from '../../config';
import type {ChatEnv} from '../../env';
import {ChatError} from '../../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {JwtKey} from '../../models';
import type {ChatLogger, ChatUser} from '../../types';
import {toChatUser, type Claims} from './chat-user';
import {KnownTokens} from './known-tokens';
import type {PermissionService} from './permission.service';
import type {RevocationService} from './revocation.service';
import {SharedSecret} from './shared-secret';
import type {FoundKeys} from './token-key-source';
import {TokenKeys} from './token-keys';

/** What a valid token says. */
export interface VerifiedToken {
  readonly user: ChatUser;
  readonly claims: Claims;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const MIN_SECRET_BYTES = 32;
const NO_KEYS: FoundKeys = {keys: [], goodUntil: 0};

/** Verifies access tokens, for REST and sockets alike. */
@injectable({scope: BindingScope.SINGLETON})
export class TokenService {
  private readonly auth: ResolvedConfig['auth'];
  private readonly secret?: SharedSecret;
  private readonly keys: TokenKeys;
  private readonly options: JWTVerifyOptions;
  private readonly toleranceMs: number;
  private readonly known = new KnownTokens();

  /** @throws Error that names the setting when a key or the issuer is missing */
  constructor(
    @inject(ChatInternalBindings.Config) {auth}: ResolvedConfig,
    @inject(ChatInternalBindings.Env) env: ChatEnv,
    @inject(ChatInternalBindings.Logger) logger: ChatLogger,
    @inject('chat.revocationService')
    private readonly revocations: RevocationService,
    @inject(ChatServiceBindings.PermissionService)
    private readonly permissions: PermissionService,
    @inject.getter('repositories.JwtKeyRepository')
    jwtKeys?: Getter<EntityCrudRepository<JwtKey, number>>,
  ) {
    this.auth = auth;
    const {algorithms, audience, clockToleranceS} = auth;
    if (algorithms.includes('HS256')) {
      const secret = required(auth.secret ?? env.jwtSecret, 'JWT_SECRET');
      if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
        logger.warn('JWT_SECRET is shorter than HS256 asks for', {
          minBytes: MIN_SECRET_BYTES,
        });
      }
      this.secret = new SharedSecret(secret);
    }
    this.keys = new TokenKeys(auth, logger, jwtKeys);
    expectKeys(algorithms, this.keys);
    this.toleranceMs = clockToleranceS * 1000;
    this.options = {
      issuer: required(auth.issuer ?? env.jwtIssuer, 'JWT_ISSUER'),
      audience,
      clockTolerance: clockToleranceS,
      requiredClaims: ['exp'],
    };
  }

  /**
   * @throws ChatError CHAT_UNAUTHENTICATED, whatever is wrong with the token;
   *   CHAT_UNAVAILABLE when its key cannot be looked up now; CHAT_INTERNAL when
   *   the host's source of permissions fails
   */
  async verify(token: unknown): Promise<VerifiedToken> {
    const {claims: map, maxTokenLength} = this.auth;
    if (typeof token !== 'string' || token.length > maxTokenLength) {
      throw new ChatError('CHAT_UNAUTHENTICATED');
    }
    try {
      const claims = await this.claimsOf(token);
      await this.revocations.expectValid(token);
      const user = await this.permissions.applyTo(toChatUser(claims, map));
      return {user, claims, expiresAt: endOf(claims)};
    } catch (err) {
      if (err instanceof ChatError) throw err;
      throw new ChatError('CHAT_UNAUTHENTICATED', {cause: err});
    }
  }

  /**
   * Takes a token back: from now on it is refused, and ends live connections.
   * @throws ChatError as {@link verify}, of one that is not valid any more, too;
   *   CHAT_UNAVAILABLE when it cannot be kept that it is revoked
   */
  async revoke(token: unknown): Promise<void> {
    const {user, expiresAt} = await this.verify(token);
    const endsAt = expiresAt + this.toleranceMs;
    await this.revocations.add(String(token), user.id, endsAt);
  }

  /** Checks signature and claims, which never change, once a token. */
  private async claimsOf(token: string): Promise<Claims> {
    const known = this.known.claimsOf(token);
    if (known) return known;
    const {alg, kid} = decodeProtectedHeader(token);
    const algorithm = this.auth.algorithms.find(one => one === alg);
    // By which keys it is tried is the config's to say, never the token's.
    if (!algorithm || this.isHopeless(decodeJwt(token))) {
      throw new ChatError('CHAT_UNAUTHENTICATED');
    }
    if (algorithm === 'HS256' && this.secret?.isForged(token)) {
      throw new ChatError('CHAT_UNAUTHENTICATED');
    }
    const {keys, goodUntil} =
      algorithm === 'HS256'
        ? {keys: [await this.secret?.key], goodUntil: Infinity}
        : ((await this.keys.find({algorithm, id: kid})) ?? NO_KEYS);
    const payload = await this.verifyBy(keys, algorithm, token);
    const endsAt = endOf(payload) + this.toleranceMs;
    this.known.add(token, payload, Math.min(endsAt, goodUntil));
    return payload;
  }

  /** Tells what no key could make valid, so that none is looked up or tried. */
  private isHopeless(payload: JWTPayload): boolean {
    const {iss, iat = 0, nbf = 0} = payload;
    const now = Date.now();
    const hasEnded = !(endOf(payload) + this.toleranceMs > now);
    const isOfFuture = Math.max(iat, nbf) * 1000 - this.toleranceMs > now;
    return hasEnded || isOfFuture || iss !== this.options.issuer;
  }

  /** @throws what was wrong with the last key that was tried */
  private async verifyBy(
    keys: readonly (webcrypto.CryptoKey | KeyObject | undefined)[],
    algorithm: string,
    token: string,
  ): Promise<JWTPayload> {
    let fault: unknown = new ChatError('CHAT_UNAUTHENTICATED');
    const options = {...this.options, algorithms: [algorithm]};
    for (const key of keys) {
      if (!key) continue;
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (err) {
        fault = err;
      }
    }
    throw fault;
  }
}

/** Milliseconds since the epoch, NaN without an `exp`; a verified token has one. */
function endOf({exp}: Claims): number {
  return Number(exp) * 1000;
}

/** Takes the token out of an `Authorization` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer +(\S+)$/i)?.[1];
}

function expectKeys(algorithms: readonly string[], keys: TokenKeys): void {
  const isAsymmetric = algorithms.some(algorithm => algorithm !== 'HS256');
  if (isAsymmetric === keys.hasAny) return;
  throw new Error(
    isAsymmetric
      ? 'auth.algorithms needs public keys: set auth.keys, jwks or authDb.'
      : 'auth.algorithms has none that the public keys are for.',
  );
}

function required(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is required: set it, or its config.`);
  return value;
}
