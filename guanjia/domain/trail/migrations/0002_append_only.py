"""The database itself refuses to change or delete what was written, whoever asks."""

from django.db import migrations

REFUSED = "trail_entry is append-only"

SQLITE = {
    "trail_entry_no_update": f"BEFORE UPDATE ON trail_entry BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "trail_entry_no_delete": f"BEFORE DELETE ON trail_entry BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    # INSERT OR REPLACE deletes the old row without asking the trigger above
    "trail_entry_no_replace": "BEFORE INSERT ON trail_entry WHEN EXISTS (SELECT 1 FROM trail_entry WHERE id = NEW.id "
    f"OR (estate_id = NEW.estate_id AND seq = NEW.seq)) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "trail_head_forward": "BEFORE UPDATE ON trail_head WHEN NEW.estate_id <> OLD.estate_id OR NEW.seq NOT IN (OLD.seq, OLD.seq + 1) "
    "BEGIN SELECT RAISE(ABORT, 'trail_head only moves forward'); END",
    "trail_head_no_delete": "BEFORE DELETE ON trail_head BEGIN SELECT RAISE(ABORT, 'trail_head only moves forward'); END",
}

POSTGRESQL = {
    "trail_entry_no_change": "BEFORE UPDATE OR DELETE ON trail_entry FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "trail_entry_no_truncate": "BEFORE TRUNCATE ON trail_entry FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
    "trail_head_forward": "BEFORE UPDATE ON trail_head FOR EACH ROW "
    "WHEN (NEW.estate_id <> OLD.estate_id OR NEW.seq NOT IN (OLD.seq, OLD.seq + 1)) EXECUTE FUNCTION trail_refuse()",
    "trail_head_no_delete": "BEFORE DELETE ON trail_head FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "trail_head_no_truncate": "BEFORE TRUNCATE ON trail_head FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
}

FUNCTION = """
CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def forbid(cursor, vendor):
    """Put the guards on. Also for tests, which take them off to attack a copy."""
    if vendor == "postgresql":
        cursor.execute(FUNCTION)
    for name, rule in (POSTGRESQL if vendor == "postgresql" else SQLITE).items():
        cursor.execute(f"CREATE TRIGGER {name} {rule}")


def allow(cursor, vendor):
    """Take the guards off."""
    for name, rule in (POSTGRESQL if vendor == "postgresql" else SQLITE).items():
        table = "trail_head" if " trail_head " in rule else "trail_entry"
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else ""))


def forwards(apps, editor):
    with editor.connection.cursor() as cursor:
        forbid(cursor, editor.connection.vendor)


def backwards(apps, editor):
    with editor.connection.cursor() as cursor:
        allow(cursor, editor.connection.vendor)
        if editor.connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION trail_refuse()")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
