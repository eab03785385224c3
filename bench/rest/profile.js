// Sums up a V8 CPU profile: self time by package and by function.
'use strict';
const path = require('path');

const TOP = 25;
const ROOT = path.resolve(__dirname, '../..');

function placeOf({functionName, url, lineNumber}) {
  if (!url) return {owner: functionName, name: functionName};
  const file = url.replace('file://', '');
  const [, inModules] = file.match(/.*node_modules\/(.*)/) ?? [];
  const owner = inModules
    ? inModules.split('/', inModules.startsWith('@') ? 2 : 1).join('/')
    : file.startsWith('node:')
      ? file.split('/')[0]
      : 'loopback4-chat';
  const shown = inModules ?? path.relative(ROOT, file);
  const where = file.startsWith('node:') ? file : shown;
  return {owner, name: `${functionName || '?'} ${where}:${lineNumber + 1}`};
}

function add(sums, key, us) {
  sums.set(key, (sums.get(key) ?? 0) + us);
}

/** @returns [key, microseconds of self time], the largest first */
function summarize({nodes, samples, timeDeltas}) {
  const byId = new Map(nodes.map(node => [node.id, placeOf(node.callFrame)]));
  const owners = new Map();
  const functions = new Map();
  samples.forEach((id, index) => {
    const {owner, name} = byId.get(id);
    if (owner === '(idle)') return;
    add(owners, owner, timeDeltas[index]);
    add(functions, name, timeDeltas[index]);
  });
  const top = sums => [...sums].sort((a, b) => b[1] - a[1]).slice(0, TOP);
  return {owners: top(owners), functions: top(functions)};
}

/** Prints where the time of so many requests went. */
function printProfile(title, profile, requests) {
  const {owners, functions} = summarize(profile);
  console.log(`\n${title}: microseconds of self time a request`);
  for (const entries of [owners, functions]) {
    for (const [name, us] of entries) {
      console.log(`  ${(us / requests).toFixed(1).padStart(7)}  ${name}`);
    }
    console.log();
  }
}

module.exports = {printProfile};
