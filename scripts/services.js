// The services that tests may use, found by really talking to them.
'use strict';
const net = require('net');
const mysql = require('mysql2/promise');
const {Client} = require('pg');

const TIMEOUT_MS = 3000;
const {env} = process;

/** What a service is called, where it is expected, and how it is asked. */
const SERVICES = [
  {
    name: 'PostgreSQL',
    database: 'postgresql',
    host: env.TEST_PG_HOST ?? '127.0.0.1',
    port: Number(env.TEST_PG_PORT ?? 5432),
    user: env.TEST_PG_USER ?? 'postgres',
    password: env.TEST_PG_PASSWORD ?? '',
    async ask({host, port, user, password}) {
      const client = new Client({
        ...{host, port, user, password, database: 'postgres'},
        connectionTimeoutMillis: TIMEOUT_MS,
      });
      try {
        await client.connect();
        await client.query('SELECT 1');
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  },
  {
    name: 'MySQL or MariaDB',
    database: 'mysql',
    host: env.TEST_MYSQL_HOST ?? '127.0.0.1',
    port: Number(env.TEST_MYSQL_PORT ?? 3306),
    user: env.TEST_MYSQL_USER ?? 'root',
    password: env.TEST_MYSQL_PASSWORD ?? '',
    async ask({host, port, user, password}) {
      const connectTimeout = TIMEOUT_MS;
      const options = {host, port, user, password, connectTimeout};
      const connection = await mysql.createConnection(options);
      try {
        await connection.query('SELECT 1');
      } finally {
        connection.destroy();
      }
    },
  },
  {
    name: 'Redis',
    host: env.TEST_REDIS_HOST ?? '127.0.0.1',
    port: Number(env.TEST_REDIS_PORT ?? 6379),
    ask: pingRedis,
  },
];

function pingRedis({host, port}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({host, port, timeout: TIMEOUT_MS});
    const end = (settle, value) => {
      socket.destroy();
      settle(value);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', answer => {
      const isPong = answer.toString().startsWith('+PONG');
      end(isPong ? resolve : reject, new Error('it does not speak Redis'));
    });
    socket.once('timeout', () => end(reject, new Error('no answer in time')));
    socket.once('error', err => end(reject, err));
    socket.once('end', () => end(reject, new Error('it hung up')));
  });
}

/** A server of another kind may leave a client waiting for ever. */
function inTime(answer) {
  let timer;
  const timeout = new Promise((_, reject) => {
    const late = () => reject(new Error('no answer in time'));
    timer = setTimeout(late, 2 * TIMEOUT_MS);
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}

/** @returns each service with `fault`: why it cannot be used, if it cannot */
async function probe() {
  return Promise.all(
    SERVICES.map(async service => {
      const fault = await inTime(service.ask(service)).then(
        () => undefined,
        err => err.code ?? err.message,
      );
      return {...service, fault};
    }),
  );
}

module.exports = {probe};
