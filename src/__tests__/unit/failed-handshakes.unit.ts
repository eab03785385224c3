import {expect, sinon} from '@loopback/testlab';
import {EventEmitter} from 'events';
import {ServerResponse, type IncomingMessage} from 'http';
import {FailedHandshakes} from '../../realtime/limits/failed-handshakes';
import {CollectingLogger} from '../fixtures/logger';

type Middleware = (request: object, response: object, next: () => void) => void;

const MAX_PENDING = 1000;
const OPENING = {transport: 'websocket', EIO: '4'};

describe('FailedHandshakes', () => {
  let failed: FailedHandshakes;
  let middleware: Middleware;
  let engine: EventEmitter & {use(added: Middleware): void; clients: object};

  beforeEach(() => {
    engine = Object.assign(new EventEmitter(), {
      clients: {},
      use: (added: Middleware) => (middleware = added),
    });
    const networkOf = (request: IncomingMessage) => request.headers.from ?? '';
    failed = new FailedHandshakes(
      {perSecond: 1, burst: 2},
      networkOf,
      new CollectingLogger(),
    );
    failed.guard(engine);
  });

  /** Whether an upgrade goes on, and its socket. */
  function upgrade(from: string, query: object = OPENING) {
    const spies = {write: sinon.spy(), destroy: sinon.spy()};
    const socket = Object.assign(new EventEmitter(), spies);
    const next = sinon.spy();
    middleware({headers: {from}, _query: query, socket}, {}, next);
    return {isLet: next.called, socket};
  }

  function open(from: string) {
    const request = {headers: {from}};
    const connection = Object.assign(new EventEmitter(), {request});
    engine.emit('connection', connection);
    return connection;
  }

  it('turns away where too many were refused, and nobody else', () => {
    for (let i = 0; i < 2; i++) failed.fail(open('a'));
    expect(upgrade('a').isLet).to.be.false();
    expect(upgrade('b').isLet).to.be.true();
  });

  it('ends what it turns away once that is said', () => {
    for (let i = 0; i < 2; i++) failed.fail(open('a'));
    const {socket} = upgrade('a');
    sinon.assert.calledWithMatch(socket.write, /^HTTP\/1\.1 429 /);
    sinon.assert.callOrder(socket.write, socket.destroy);
    socket.emit('error', new Error('It was ended before.'));
  });

  it('bounds those who neither come in nor go', () => {
    const all = Array.from({length: MAX_PENDING}, () => open('a'));
    expect(upgrade('a').isLet).to.be.false();
    expect(upgrade('b').isLet).to.be.true();
    failed.settle(all[0]);
    expect(upgrade('a').isLet).to.be.true();
  });

  it('forgets who was let in', () => {
    for (let i = 0; i < 10; i++) {
      const connection = open('a');
      failed.settle(connection);
      connection.emit('close');
    }
    expect(upgrade('a').isLet).to.be.true();
  });

  it('counts each once, refused and closed', () => {
    const connection = open('a');
    failed.fail(connection);
    failed.fail(connection);
    connection.emit('close');
    expect(upgrade('a').isLet).to.be.true();
    open('a').emit('close');
    expect(upgrade('a').isLet).to.be.false();
  });

  it('lets no more by than may fail, once one has', () => {
    open('a').emit('close');
    expect(upgrade('a').isLet).to.be.true();
    const next = open('a');
    expect(upgrade('a').isLet).to.be.false();
    failed.settle(next);
    expect(upgrade('a').isLet).to.be.true();
  });

  it('looks at no more tokens of those who have failed already', () => {
    const [one, other] = [open('a'), open('a')];
    failed.fail(one);
    expect(failed.isTooMany(one)).to.be.false();
    failed.fail(other);
    expect(failed.isTooMany(one)).to.be.true();
    failed.fail(one);
    expect(failed.isTooMany(open('b'))).to.be.false();
  });

  it('lets by what is about a connection that there is', () => {
    for (let i = 0; i < 2; i++) failed.fail(open('a'));
    const [fresh, upgraded] = [{}, {upgraded: true}];
    engine.clients = {fresh, upgraded};
    expect(upgrade('a', {sid: 'fresh'}).isLet).to.be.true();
    expect(upgrade('a', {sid: 'upgraded'}).isLet).to.be.false();
    for (const sid of ['none', '__proto__', 'constructor', '']) {
      expect(upgrade('a', {sid}).isLet).to.be.false();
    }
    const response = Object.create(ServerResponse.prototype);
    const next = sinon.spy();
    middleware({_query: {sid: 'upgraded'}, headers: {}}, response, next);
    sinon.assert.calledOnce(next);
  });
});
