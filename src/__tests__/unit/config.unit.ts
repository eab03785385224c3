import {expect} from '@loopback/testlab';
import Ajv from 'ajv';
import type {ChatServiceConfig} from '../../config';
import {CONFIG_SCHEMA} from '../../config-schema';
import {DEFAULTS} from '../../default-config';
import {resolveConfig} from '../../resolve-config';

describe('resolveConfig', () => {
  it('checks by what is a schema', () => {
    const ajv = new Ajv();
    expect(ajv.validateSchema(CONFIG_SCHEMA)).to.be.true();
    expect(ajv.validateSchema({...CONFIG_SCHEMA, type: 'x'})).to.be.false();
  });

  it('gives every default', () => {
    expect(resolveConfig()).to.deepEqual(DEFAULTS);
    expect(resolveConfig({})).to.deepEqual(DEFAULTS);
  });

  it('has no default for a secret or an issuer', () => {
    expect(resolveConfig().auth).to.not.have.properties('secret', 'issuer');
  });

  it('keeps what the host says and fills in the rest', () => {
    const {messages, auth} = resolveConfig({
      messages: {maxTextLength: 10},
      auth: {issuer: 'x'},
    });
    expect(messages).to.deepEqual({...DEFAULTS.messages, maxTextLength: 10});
    expect(auth).to.deepEqual({...DEFAULTS.auth, issuer: 'x'});
  });

  it('takes what is undefined for what is not said', () => {
    const config = resolveConfig({
      useSequelize: undefined,
      auth: undefined,
      messages: {maxTextLength: undefined},
      realtime: {maxFrameBytes: undefined, path: undefined},
    });
    expect(config.useSequelize).to.be.false();
    expect(config.auth).to.deepEqual(DEFAULTS.auth);
    expect(config.messages).to.deepEqual(DEFAULTS.messages);
    expect(config.realtime).to.deepEqual(DEFAULTS.realtime);
  });

  it('is frozen whole, apart from what the host holds', () => {
    const corsOrigins = ['https://example.com'];
    for (const config of [
      resolveConfig({realtime: {corsOrigins}}),
      resolveConfig(),
    ]) {
      expect(Object.isFrozen(config)).to.be.true();
      expect(Object.isFrozen(config.auth)).to.be.true();
      expect(Object.isFrozen(config.messages)).to.be.true();
      expect(Object.isFrozen(config.realtime)).to.be.true();
      expect(Object.isFrozen(config.realtime.corsOrigins)).to.be.true();
    }
    expect(Object.isFrozen(corsOrigins)).to.be.false();
  });

  for (const [path, config] of [
    ['messages.maxTextLength', {messages: {maxTextLength: 0}}],
    ['messages.maxTextLength', {messages: {maxTextLength: 16_385}}],
    ['messages.maxTextLength', {messages: {maxTextLength: NaN}}],
    ['messages.maxTextLength', {messages: {maxTextLength: '5'}}],
    ['messages.maxBatchSize', {messages: {maxBatchSize: 1.5}}],
    ['messages.maxWaiting', {messages: {maxWaiting: Infinity}}],
    ['messages.maxWaiting', {messages: {maxWaiting: null}}],
    ['realtime.path', {realtime: {path: 'chat'}}],
    ['realtime.maxFrameBytes', {realtime: {maxFrameBytes: -1}}],
    ['realtime.corsOrigins', {realtime: {corsOrigins: '*'}}],
    ['realtime.corsOrigins.0', {realtime: {corsOrigins: [5]}}],
    ['auth.secret', {auth: {secret: ''}}],
    ['auth.issuer', {auth: {issuer: ''}}],
    ['auth.clockToleranceS', {auth: {clockToleranceS: -1}}],
    ['useSequelize', {useSequelize: 'true'}],
    ['migrateOnStart', {migrateOnStart: 1}],
    ['auth', {auth: null}],
    ['messages', {messages: []}],
    ['config', null],
    ['config', 5],
  ] as [string, ChatServiceConfig][]) {
    it(`names ${path} of ${JSON.stringify(config)}`, () => {
      expect(() => resolveConfig(config)).to.throw(
        new RegExp(`^Chat config is not valid: ${path}: `),
      );
    });
  }

  it('shows no secret', () => {
    const config = {auth: {secret: ['hush']}} as object;
    expect(() => resolveConfig(config)).to.throw(/^(?!.*hush)/);
  });
});
