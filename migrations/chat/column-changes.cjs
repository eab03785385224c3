'use strict';

/**
 * Plans what an existing table lacks. A change is `{sql}`, a clause of ALTER
 * TABLE, or `{run}`; `retyped` names the column that gets another type.
 * @param dialect - `describe(column, {canBeNull})`, `widening(name, column,
 *   known)`, `addIndex(table, index)` and, where there is more to change,
 *   `others(present)`
 */
async function planChanges(db, table, {columns, indexes}, dialect) {
  const present = await db.columns(table);
  const changes = [];
  for (const [name, column] of Object.entries(columns)) {
    const known = present.get(name);
    const sql = known
      ? dialect.widening(name, column, known)
      : `ADD COLUMN ${db.name(name)} ${dialect.describe(column, {
          canBeNull: column.isNumber || !column.isRequired,
        })}`;
    if (sql) changes.push({sql, retyped: known && name});
  }
  changes.push(...(dialect.others?.(present) ?? []));
  // The ancestor's migration leaves a table without a primary key on MySQL.
  if (!(await db.hasIndex(table, {columns: ['id'], isUnique: true}))) {
    changes.push({sql: 'ADD PRIMARY KEY (id)'});
  }
  for (const index of indexes) {
    if (await db.hasIndex(table, index)) continue;
    changes.push({isIndex: true, ...dialect.addIndex(table, index)});
  }
  return changes;
}

module.exports = {planChanges};
