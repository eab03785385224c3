import {expect} from '@loopback/testlab';
import {DuplicateMessageError} from '../../repositories/log/message-appender';
import {classifyStoreError} from '../../repositories/log/store-error';
import {asChatError} from '../../services';

const failure = (properties: object) =>
  Object.assign(new Error('inner text'), properties);

/** Errors of the drivers, as they are seen in the wild. */
const CASES: [string, unknown, string][] = [
  ['pg: unique violation', failure({code: '23505'}), 'duplicate'],
  ['pg: deadlock', failure({code: '40P01'}), 'collision'],
  ['pg: serialization', failure({code: '40001'}), 'collision'],
  ['pg: admin shutdown', failure({code: '57P01'}), 'unavailable'],
  ['pg: starting up', failure({code: '57P03'}), 'unavailable'],
  ['pg: too many connections', failure({code: '53300'}), 'unavailable'],
  ['pg: disk full', failure({code: '53100'}), 'unavailable'],
  ['pg: connection failure', failure({code: '08006'}), 'unavailable'],
  ['pg: not null', failure({code: '23502'}), 'fault'],
  ['pg: syntax', failure({code: '42601'}), 'fault'],
  ['pg: no such table', failure({code: '42P01'}), 'fault'],
  ['pg: too long', failure({code: '22001'}), 'fault'],
  ['pg: terminated', failure({}), 'unavailable'],
  ['node: refused', failure({code: 'ECONNREFUSED'}), 'unavailable'],
  ['node: reset', failure({code: 'ECONNRESET'}), 'unavailable'],
  ['node: broken pipe', failure({code: 'EPIPE'}), 'unavailable'],
  ['node: timed out', failure({code: 'ETIMEDOUT'}), 'unavailable'],
  ['node: no such host', failure({code: 'ENOTFOUND'}), 'unavailable'],
  [
    'mysql: duplicate',
    failure({code: 'ER_DUP_ENTRY', sqlState: '23000'}),
    'duplicate',
  ],
  [
    'mysql: deadlock',
    failure({code: 'ER_LOCK_DEADLOCK', sqlState: '40001'}),
    'collision',
  ],
  [
    'mysql: lock wait',
    failure({code: 'ER_LOCK_WAIT_TIMEOUT', sqlState: 'HY000'}),
    'collision',
  ],
  ['mysql: lost', failure({code: 'PROTOCOL_CONNECTION_LOST'}), 'unavailable'],
  [
    'mysql: shutdown',
    failure({code: 'ER_SERVER_SHUTDOWN', sqlState: '08S01'}),
    'unavailable',
  ],
  [
    'mysql: connection killed',
    failure({code: 'ER_CONNECTION_KILLED', sqlState: '70100', errno: 1927}),
    'unavailable',
  ],
  [
    'mysql: too many connections',
    failure({code: 'ER_CON_COUNT_ERROR', sqlState: '08004'}),
    'unavailable',
  ],
  [
    'mysql: syntax',
    failure({code: 'ER_PARSE_ERROR', sqlState: '42000'}),
    'fault',
  ],
  [
    'mysql: no such table',
    failure({code: 'ER_NO_SUCH_TABLE', sqlState: '42S02'}),
    'fault',
  ],
  [
    'sequelize: unique',
    failure({original: failure({code: '23505'})}),
    'duplicate',
  ],
  [
    'sequelize: refused',
    failure({original: failure({code: 'ECONNREFUSED'})}),
    'unavailable',
  ],
  ['sequelize: syntax', failure({original: failure({code: '42601'})}), 'fault'],
  [
    'sequelize: pool',
    failure({name: 'SequelizeConnectionAcquireTimeoutError'}),
    'unavailable',
  ],
  ['ours: duplicate', new DuplicateMessageError(), 'duplicate'],
  ['a bug', new TypeError('x is undefined'), 'fault'],
  ['another bug', new RangeError('x'), 'fault'],
  ['one more bug', new ReferenceError('x'), 'fault'],
];

const STATUS: Record<string, number> = {unavailable: 503, fault: 500};

describe('Errors of the store', () => {
  for (const [title, err, expected] of CASES) {
    it(`takes "${title}" for ${expected}`, () => {
      expect(classifyStoreError(err)).to.equal(expected);
    });

    it(`tells of "${title}" no more than its status`, () => {
      const {statusCode, message, cause} = asChatError(err);
      expect(statusCode).to.equal(STATUS[expected] ?? 500);
      expect(message).to.not.containEql('inner');
      expect(cause).to.equal(err);
    });
  }

  for (const err of [undefined, null, 'text', 5, {}]) {
    it(`survives ${JSON.stringify(err)}`, () => {
      expect(asChatError(err).statusCode).to.be.aboveOrEqual(500);
    });
  }
});
