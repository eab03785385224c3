// What a run found, as text of Markdown.
'use strict';
const os = require('os');
const ancestor = require('./ancestor');

/** What each request has to reach. */
const TARGETS = {
  send: {title: 'POST /messages', rate: 1000, ratio: 3.6},
  list: {title: 'GET /messages, 50', rate: 750, ratio: 4.5},
  byId: {title: 'GET /messages/{id}', rate: 1100, ratio: 3.6},
};
const MAX_P99_SHARE = 1 / 3;
const TITLES = {
  ancestor: ancestor.PACKAGE,
  juggler: 'ours, juggler',
  sequelize: 'ours, Sequelize',
  bare: 'bare controller',
};

function table(header, rows) {
  const all = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(3, ...all.map(row => row[column].length)),
  );
  const line = cells =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n])).join(' | ')} |`;
  const rule = widths.map(width => '-'.repeat(width));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** Tells of one of ours whether it reaches the target; others have none. */
function verdict(name, operation, figures, yardstick) {
  if (name !== 'juggler' && name !== 'sequelize') return '';
  const {rate, ratio} = TARGETS[operation];
  const missed = [
    figures.rate < rate && `< ${rate}/s`,
    figures.rate < ratio * yardstick.rate && `< ${ratio} times`,
    figures.p99 > yardstick.p99 * MAX_P99_SHARE && 'p99 > a third',
    figures.errors > 0 && 'errors',
  ].filter(Boolean);
  return missed.length ? `missed: ${missed.join(', ')}` : 'reached';
}

function versions() {
  const own = name => require(`${name}/package.json`).version;
  const shared = ['@loopback/rest', '@loopback/repository'];
  const connector = 'loopback-connector-postgresql';
  const list = (read, names) =>
    names.map(name => `${name} ${read(name)}`).join(', ');
  return [
    `ours ${require('../../package.json').version} with ` +
      list(own, [...shared, connector, '@loopback/sequelize']),
    `${ancestor.PACKAGE} ${ancestor.versionOf(ancestor.PACKAGE)} with ` +
      list(ancestor.versionOf, [...shared, connector]),
  ];
}

function describe({rounds, seconds, connections, postgres, loads, isPinned}) {
  const [{model}] = os.cpus();
  const load = loads.map(value => value.toFixed(2)).join(' and ');
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `${model}, ${os.cpus().length} cores; Node ${process.version}`,
    `PostgreSQL ${postgres.version}, fsync ${postgres.fsync}, shared_buffers ${postgres.buffers}`,
    ...versions(),
    'lists newest first: by `seq` from ours, by `createdOn` from the ancestor, which has no other',
    '100,000 messages in 100 channels; 64 users, each a member of 20 channels; tokens HS256 and valid',
    `${connections} keep-alive connections; ${rounds} rounds of ${seconds} s a figure, the servers in turn; medians`,
    `each server pinned to core 0, which others may use too; load on core 1, the sessions of PostgreSQL ${isPinned ? 'too' : 'not pinned'}`,
    `load average at the start and the end ${load}`,
    "the ancestor's tables by its own migration, its log of changes with them, and an index on channel and time that it comes without",
  ];
}

/** @param results - by operation, by server: the medians */
function toMarkdown(conditions, results) {
  const header = ['', 'requests/s', 'p50 ms', 'p99 ms'];
  header.push('CPU ms a request', 'errors', 'ratio', 'target');
  const sections = Object.entries(results).map(([operation, servers]) => {
    const {title, rate, ratio} = TARGETS[operation];
    const rows = Object.entries(servers).map(([name, figures]) => [
      TITLES[name],
      String(Math.round(figures.rate)),
      figures.p50.toFixed(1),
      figures.p99.toFixed(1),
      figures.cpu.toFixed(2),
      String(figures.errors),
      (figures.rate / servers.ancestor.rate).toFixed(2),
      verdict(name, operation, figures, servers.ancestor),
    ]);
    const target = `At least ${rate}/s and ${ratio} times the ancestor, p99 at most a third of its.`;
    return `## ${title}\n\n${target}\n\n${table(header, rows)}`;
  });
  const list = describe(conditions).map(line => `- ${line}`);
  return (
    `# REST, side by side\n\nWritten by \`node bench/rest.js\`.\n\n` +
    `${list.join('\n')}\n\n${sections.join('\n\n')}\n`
  );
}

/** @returns whether one of ours misses a target, or anything failed */
function isMissed(results) {
  return Object.entries(results).some(([operation, servers]) =>
    Object.entries(servers).some(
      ([name, figures]) =>
        figures.errors > 0 ||
        verdict(name, operation, figures, servers.ancestor).startsWith(
          'missed',
        ),
    ),
  );
}

module.exports = {isMissed, toMarkdown};
