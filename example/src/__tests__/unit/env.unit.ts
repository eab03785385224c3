import {expect} from '@loopback/testlab';
import {readEnv} from '../../env';

const DATABASE = {DB_HOST: 'db', DB_USER: 'chat', DB_DATABASE: 'chat'};

const BAD: [Record<string, string>, string[]][] = [
  [{PORT: 'abc'}, ['PORT']],
  [{PORT: '-1'}, ['PORT']],
  [{PORT: '65536'}, ['PORT']],
  [{PORT: '3000.5'}, ['PORT']],
  [{CHAT_USE_SEQUELIZE: 'yes'}, ['CHAT_USE_SEQUELIZE']],
  [{JWT_SECRET: 'x'.repeat(31)}, ['JWT_SECRET']],
  [{LOG_LEVEL: 'loud'}, ['LOG_LEVEL']],
  [{DB_DATABASE: 'chat'}, ['DB_HOST']],
  [{DB_HOST: 'db', DB_USER: 'chat'}, ['DB_DATABASE']],
  [{...DATABASE, DB_USER: ''}, ['DB_USER']],
  [{...DATABASE, DB_PORT: '0'}, ['DB_PORT']],
  [{...DATABASE, DB_CONNECTOR: 'oracle'}, ['DB_CONNECTOR']],
  [{PORT: 'x', LOG_LEVEL: 'y'}, ['PORT', 'LOG_LEVEL']],
  [{CHAT_SENDS_PER_SECOND: '0'}, ['CHAT_SENDS_PER_SECOND']],
  [{ADMIN_ACCOUNT: 'ann'}, ['ADMIN_PASSWORD']],
  [{ADMIN_PASSWORD: 'long enough'}, ['ADMIN_ACCOUNT']],
  [{ADMIN_ACCOUNT: 'ann', ADMIN_PASSWORD: 'short'}, ['ADMIN_PASSWORD']],
  [
    {ADMIN_ACCOUNT: 'a  b', ADMIN_PASSWORD: 'x'.repeat(257)},
    ['ADMIN_ACCOUNT', 'ADMIN_PASSWORD'],
  ],
  [
    {ADMIN_ACCOUNT: 'x'.repeat(65), ADMIN_PASSWORD: 'long enough'},
    ['ADMIN_ACCOUNT'],
  ],
];

describe('readEnv (unit)', () => {
  it('has a default for everything', () => {
    const {dataDir, ...env} = readEnv({});
    expect(dataDir).to.match(/\.chat-data$/);
    expect(env).to.eql({
      host: '127.0.0.1',
      port: 3000,
      useSequelize: false,
      sendsPerSecond: 20,
      jwtSecret: undefined,
      jwtIssuer: 'loopback4-chat-example',
      admin: undefined,
      database: undefined,
    });
  });

  it('takes an empty variable for an unset one', () => {
    const empty = {PORT: '', JWT_SECRET: '', DB_HOST: '', LOG_LEVEL: ''};
    expect(readEnv(empty)).to.eql(readEnv({}));
  });

  it('takes PostgreSQL where nothing says otherwise', () => {
    expect(readEnv(DATABASE).database).to.eql({
      connector: 'postgresql',
      host: 'db',
      port: 5432,
      user: 'chat',
      database: 'chat',
    });
  });

  it('knows MySQL by its port or by DB_CONNECTOR', () => {
    const byPort = readEnv({...DATABASE, DB_PORT: '3306'});
    const byName = readEnv({...DATABASE, DB_CONNECTOR: 'mysql'});
    expect(byPort.database).to.containEql({connector: 'mysql', port: 3306});
    expect(byName.database).to.eql(byPort.database);
  });

  it('lets DB_CONNECTOR overrule the port', () => {
    const {database} = readEnv({
      ...DATABASE,
      DB_PORT: '3306',
      DB_CONNECTOR: 'postgresql',
    });
    expect(database).to.containEql({connector: 'postgresql', port: 3306});
  });

  for (const [variables, names] of BAD) {
    it(`refuses ${JSON.stringify(variables).slice(0, 70)}`, () => {
      const pattern = new RegExp(
        `^${names.map(n => `${n} [^;]+`).join('; ')}$`,
      );
      expect(() => readEnv(variables)).to.throw(pattern);
    });
  }
});
