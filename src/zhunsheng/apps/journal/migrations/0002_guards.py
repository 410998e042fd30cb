"""Triggers that refuse the honest mistake, for the table owner too.

Whoever drops them is found by the audit (``guards.py`` names each one and the digest of its function).
A checked length for every digest keeps a truncated hash from being stored at all.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION journal_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only (% on %)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_event
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_cosignature_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_reading_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_reading
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_payload_fixed BEFORE UPDATE OR TRUNCATE ON journal_payload
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_stream_kept BEFORE DELETE OR TRUNCATE ON journal_stream
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_counter_kept BEFORE DELETE OR TRUNCATE ON journal_counter
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
CREATE TRIGGER journal_pending_kept BEFORE UPDATE OR TRUNCATE ON journal_pending
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewrite();
"""

UNDO_REFUSE = """
DROP TRIGGER journal_event_append_only ON journal_event;
DROP TRIGGER journal_leaf_append_only ON journal_leaf;
DROP TRIGGER journal_checkpoint_append_only ON journal_checkpoint;
DROP TRIGGER journal_cosignature_append_only ON journal_cosignature;
DROP TRIGGER journal_reading_append_only ON journal_reading;
DROP TRIGGER journal_payload_fixed ON journal_payload;
DROP TRIGGER journal_stream_kept ON journal_stream;
DROP TRIGGER journal_counter_kept ON journal_counter;
DROP TRIGGER journal_pending_kept ON journal_pending;
DROP FUNCTION journal_refuse_rewrite();
"""

ONLY_FORWARD = """
CREATE FUNCTION journal_stream_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.agency, NEW.kind, NEW.key) IS DISTINCT FROM (OLD.id, OLD.agency, OLD.kind, OLD.key)
            OR NEW.position <= OLD.position THEN
        RAISE EXCEPTION 'a stream keeps its name and only grows (%)', OLD.key
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_stream_forward BEFORE UPDATE ON journal_stream
    FOR EACH ROW EXECUTE FUNCTION journal_stream_forward();

CREATE FUNCTION journal_counter_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.agency, NEW.series, NEW.year) IS DISTINCT FROM (OLD.agency, OLD.series, OLD.year)
            OR NEW.last <= OLD.last THEN
        RAISE EXCEPTION 'a number is never given out twice (%)', OLD.series
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_counter_forward BEFORE UPDATE ON journal_counter
    FOR EACH ROW EXECUTE FUNCTION journal_counter_forward();
"""

UNDO_ONLY_FORWARD = """
DROP TRIGGER journal_stream_forward ON journal_stream;
DROP FUNCTION journal_stream_forward();
DROP TRIGGER journal_counter_forward ON journal_counter;
DROP FUNCTION journal_counter_forward();
"""

ONLY_FOR_CAUSE = """
CREATE FUNCTION journal_payload_disposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user NOT LIKE '%\\_disposal' THEN
        RAISE EXCEPTION 'only the disposal role may destroy what an event says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_payload_disposal BEFORE DELETE ON journal_payload
    FOR EACH STATEMENT EXECUTE FUNCTION journal_payload_disposal();

CREATE FUNCTION journal_pending_committed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone LEFT JOIN journal_leaf leaf USING (event_id) WHERE leaf.index IS NULL) THEN
        RAISE EXCEPTION 'an event leaves the queue only into the ledger'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_pending_committed AFTER DELETE ON journal_pending
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION journal_pending_committed();
"""

UNDO_ONLY_FOR_CAUSE = """
DROP TRIGGER journal_payload_disposal ON journal_payload;
DROP FUNCTION journal_payload_disposal();
DROP TRIGGER journal_pending_committed ON journal_pending;
DROP FUNCTION journal_pending_committed();
"""

LENGTHS = """
ALTER TABLE journal_event ADD CONSTRAINT journal_event_digests CHECK (
    octet_length(lawdata) = 32 AND octet_length(payload_commitment) = 32 AND octet_length(commitment) = 32
    AND octet_length(request_digest) = 32 AND octet_length(public_digest) = 32 AND octet_length(of_commitment) = 32
    AND (idempotency_key IS NULL OR request_digest IS NOT NULL) AND position > 0);
ALTER TABLE journal_payload ADD CONSTRAINT journal_payload_salt CHECK (octet_length(salt) = 32);
ALTER TABLE journal_checkpoint ADD CONSTRAINT journal_checkpoint_root CHECK (octet_length(root) = 32 AND size > 0);
ALTER TABLE journal_leaf ADD CONSTRAINT journal_leaf_from_zero CHECK (index >= 0);
"""

UNDO_LENGTHS = """
ALTER TABLE journal_event DROP CONSTRAINT journal_event_digests;
ALTER TABLE journal_payload DROP CONSTRAINT journal_payload_salt;
ALTER TABLE journal_checkpoint DROP CONSTRAINT journal_checkpoint_root;
ALTER TABLE journal_leaf DROP CONSTRAINT journal_leaf_from_zero;
"""


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_streams_and_ledger"),)

    operations = (
        migrations.RunSQL(REFUSE, UNDO_REFUSE),
        migrations.RunSQL(ONLY_FORWARD, UNDO_ONLY_FORWARD),
        migrations.RunSQL(ONLY_FOR_CAUSE, UNDO_ONLY_FOR_CAUSE),
        migrations.RunSQL(LENGTHS, UNDO_LENGTHS),
    )
