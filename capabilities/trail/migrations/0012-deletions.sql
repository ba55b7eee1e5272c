-- What was deleted from a table, newest first, without looking through everything else that happened to it.
CREATE INDEX change_by_deletion ON steward.change (relation_id, id) WHERE kind IN ('d', 't');
