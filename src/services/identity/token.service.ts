import {BindingScope, inject, injectable} from '@loopback/core';
import {webcrypto} from 'crypto';
import {jwtVerify, type JWTVerifyOptions} from 'jose';
import type {ResolvedConfig} from '../../config';
import type {ChatEnv} from '../../env';
import {ChatError} from '../../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {ChatLogger, ChatUser} from '../../types';
import {toChatUser, type Claims} from './chat-user';
import {KnownTokens} from './known-tokens';

/** What a valid token says. */
export interface VerifiedToken {
  readonly user: ChatUser;
  readonly claims: Claims;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const MIN_SECRET_BYTES = 32;

/** Verifies access tokens, for REST and sockets alike. */
@injectable({scope: BindingScope.SINGLETON})
export class TokenService {
  private readonly key: Promise<webcrypto.CryptoKey>;
  private readonly options: JWTVerifyOptions;
  private readonly maxTokenLength: number;
  private readonly toleranceMs: number;
  private readonly known = new KnownTokens();

  /** @throws Error that names the setting when secret or issuer is missing */
  constructor(
    @inject(ChatInternalBindings.Config) {auth}: ResolvedConfig,
    @inject(ChatInternalBindings.Env) env: ChatEnv,
    @inject(ChatServiceBindings.Logger) logger: ChatLogger,
  ) {
    const secret = required(auth.secret ?? env.jwtSecret, 'JWT_SECRET');
    if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
      logger.warn('JWT_SECRET is shorter than HS256 asks for', {
        minBytes: MIN_SECRET_BYTES,
      });
    }
    this.key = importSecret(secret);
    this.maxTokenLength = auth.maxTokenLength;
    this.toleranceMs = auth.clockToleranceS * 1000;
    this.options = {
      algorithms: ['HS256'],
      issuer: required(auth.issuer ?? env.jwtIssuer, 'JWT_ISSUER'),
      clockTolerance: auth.clockToleranceS,
      requiredClaims: ['exp'],
    };
  }

  /** @throws ChatError CHAT_UNAUTHENTICATED, whatever is wrong with the token */
  async verify(token: unknown): Promise<VerifiedToken> {
    if (typeof token !== 'string' || token.length > this.maxTokenLength) {
      throw new ChatError('CHAT_UNAUTHENTICATED');
    }
    try {
      const claims = await this.claimsOf(token);
      return {user: toChatUser(claims), claims, expiresAt: endOf(claims)};
    } catch (err) {
      throw new ChatError('CHAT_UNAUTHENTICATED', {cause: err});
    }
  }

  /** Checks signature and claims, which never change, once a token. */
  private async claimsOf(token: string): Promise<Claims> {
    const known = this.known.claimsOf(token);
    if (known) return known;
    const {payload} = await jwtVerify(token, await this.key, this.options);
    this.known.add(token, payload, endOf(payload) + this.toleranceMs);
    return payload;
  }
}

/** Milliseconds since the epoch; a verified token has an `exp`. */
function endOf({exp}: Claims): number {
  return Number(exp) * 1000;
}

/** Takes the token out of an `Authorization` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer +(\S+)$/i)?.[1];
}

/** Once: of any other kind of key `jose` makes one at each verification. */
function importSecret(secret: string): Promise<webcrypto.CryptoKey> {
  const algorithm = {name: 'HMAC', hash: 'SHA-256'};
  const bytes = Buffer.from(secret, 'utf8');
  return webcrypto.subtle.importKey('raw', bytes, algorithm, false, ['verify']);
}

function required(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is required: set it, or its config.`);
  return value;
}
