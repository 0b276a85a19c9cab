"""Triggers that keep promises, declared beside the model that they guard.

django-pgtrigger declares them and keeps them in migrations. Its own template lets any session pass
every trigger by `set pgtrigger.ignore`, and pays for that with a subtransaction a row; a promise
has no such door, so the template is ours (docs/decisions/0005).
"""

import pgtrigger
from django.db import models
from pgtrigger import compiler


class PromiseSql(compiler.UpsertTriggerSql):
    """The SQL of a trigger that nobody can ask to look away. Migrations refer to it."""

    def get_template(self) -> str:
        """Function and trigger, made anew; the comment lets pgtrigger tell an old one."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Promise(pgtrigger.Trigger):
    """A trigger that holds for everyone who may write to the table."""

    def compile(self, model: models.Model) -> compiler.Trigger:
        """Render it with our template."""
        plain = super().compile(model).sql
        return compiler.Trigger(name=self.name, sql=PromiseSql(**plain.kwargs))


_REFUSE = "raise exception 'rows of % are final', tg_table_name using errcode = '23514';"

append_only = Promise(
    name="append_only",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=_REFUSE,
)
not_deleted = Promise(
    name="not_deleted", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_REFUSE
)
# Test databases are emptied by TRUNCATE between tests; nothing else may be.
not_emptied = Promise(
    name="not_emptied",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    func=f"if current_database() not like 'test\\_%' then {_REFUSE} end if; return null;",
)
FACTS = [append_only, not_emptied]
"""For tables whose rows are inserted once and never changed."""
