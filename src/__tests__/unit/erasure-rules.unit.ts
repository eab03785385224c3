import {expect} from '@loopback/testlab';
import path from 'path';
import * as models from '../../models';
import {AuditedEntity} from '../../models';
import {ERASURE_RULES} from '../../repositories/user-data/erasure-rules';
import {renamedProperties} from '../../repositories/user-data/renamed-properties';

type ModelClass = typeof AuditedEntity;

const PLAIN_TYPES = ['number', 'boolean', 'date'];

/** No table of its own, and those of other data sources, which name no user. */
const NOT_OF_USERS: unknown[] = [
  AuditedEntity,
  models.JwtKey,
  models.RevokedToken,
];

const MODELS = Object.values(models).filter(
  (model): model is ModelClass =>
    typeof model === 'function' && !NOT_OF_USERS.includes(model),
);

/** Columns of a model that hold text: column → property. */
function columnsOf({definition}: ModelClass): Map<string, string> {
  const properties = Object.entries(definition.properties)
    .filter(([, {type}]) => !PLAIN_TYPES.includes(String(type)))
    .map(([name, {name: column = name}]) => [String(column), name] as const);
  return new Map(properties);
}

describe('The rules of erasure', () => {
  for (const model of MODELS) {
    const table = String(model.definition.name);

    it(`say what becomes of each column of ${table}`, () => {
      const rules = Object.keys(ERASURE_RULES[table] ?? {}).sort();
      expect(rules).to.eql([...columnsOf(model).keys()].sort());
    });

    it(`leave no column of ${table} that names who did something`, () => {
      const kept = Object.entries(ERASURE_RULES[table])
        .filter(([, rule]) => rule === 'kept')
        .map(([column]) => column);
      const ids = [
        ...['id', 'channel_id', 'message_id', 'parent_message_id'],
        'file_id',
      ];
      const named = kept.filter(name => /_by$|_id$/.test(name));
      expect(named.filter(name => !ids.includes(name))).to.be.empty();
    });
  }

  it('name the properties to be renamed', () => {
    expect(renamedProperties(models.Message).sort()).to.eql([
      ...['createdBy', 'deletedBy', 'modifiedBy', 'toUserId'],
    ]);
  });

  it('are those of the logs, for the tables that are logged', () => {
    const file = path.resolve(
      __dirname,
      '../../../migrations/chat/audit-redaction.cjs',
    );
    const {NAMES, TEXTS}: Record<string, string[]> = require(file);
    for (const table of ['messages', 'message_recipients']) {
      const columns = Object.entries(ERASURE_RULES[table]);
      const of = (...wanted: string[]) =>
        columns
          .filter(([, rule]) => wanted.includes(rule))
          .map(([name]) => name);
      expect(
        of('renamed', 'deleted').filter(n => !NAMES.includes(n)),
      ).to.be.empty();
      const texts = of('emptied', 'left out').filter(
        n => n !== 'forwarded_from',
      );
      expect(texts.filter(n => !TEXTS.includes(n))).to.be.empty();
    }
  });
});
