CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_node_no_update BEFORE UPDATE ON ledger_node BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_node_no_delete BEFORE DELETE ON ledger_node BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_disclosure_no_update BEFORE UPDATE ON ledger_disclosure BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_disclosure_no_delete BEFORE DELETE ON ledger_disclosure BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE request_search USING fts5(reference, person, beneficiary_number, access, content='request', content_rowid='row_id', prefix='1 2 3', tokenize="unicode61 remove_diacritics 2");
--> statement-breakpoint
CREATE TRIGGER request_search_insert AFTER INSERT ON request BEGIN
  INSERT INTO request_search(rowid, reference, person, beneficiary_number, access) VALUES (new.row_id, new.reference, new.person, new.beneficiary_number, new.access);
END;
--> statement-breakpoint
CREATE TRIGGER request_search_delete AFTER DELETE ON request BEGIN
  INSERT INTO request_search(request_search, rowid, reference, person, beneficiary_number, access) VALUES ('delete', old.row_id, old.reference, old.person, old.beneficiary_number, old.access);
END;
--> statement-breakpoint
CREATE TRIGGER request_search_update AFTER UPDATE OF reference, person, beneficiary_number, access ON request BEGIN
  INSERT INTO request_search(request_search, rowid, reference, person, beneficiary_number, access) VALUES ('delete', old.row_id, old.reference, old.person, old.beneficiary_number, old.access);
  INSERT INTO request_search(rowid, reference, person, beneficiary_number, access) VALUES (new.row_id, new.reference, new.person, new.beneficiary_number, new.access);
END;
