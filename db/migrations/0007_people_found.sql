CREATE TABLE `person_place` (
	`place` integer PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name_order` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_place_person` ON `person_place` (`person_id`);--> statement-breakpoint
CREATE INDEX `person_place_order` ON `person_place` (`name_order`,`person_id`);--> statement-breakpoint
DROP INDEX `person_name`;--> statement-breakpoint
DROP INDEX `request_by_person`;--> statement-breakpoint
ALTER TABLE `request` ADD `name_order` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `request` ADD `former_names` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `request` ADD `words` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `request_without_words` ON `request` (`id`) WHERE words = '';--> statement-breakpoint
CREATE INDEX `request_by_person` ON `request` (`name_order`,`status`,`access`);--> statement-breakpoint
CREATE INDEX `assignment_manager` ON `assignment` (`department_manager_person_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE person_search USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='ascii');
--> statement-breakpoint
DROP TRIGGER request_search_insert;
--> statement-breakpoint
DROP TRIGGER request_search_delete;
--> statement-breakpoint
DROP TRIGGER request_search_update;
--> statement-breakpoint
DROP TABLE request_search;
--> statement-breakpoint
CREATE VIRTUAL TABLE request_search USING fts5(words, content='request', content_rowid='row_id', detail=none, prefix='1 2 3', tokenize='ascii');
--> statement-breakpoint
INSERT INTO request_search(request_search) VALUES ('rebuild');
--> statement-breakpoint
CREATE TRIGGER request_search_insert AFTER INSERT ON request BEGIN
  INSERT INTO request_search(rowid, words) VALUES (new.row_id, new.words);
END;
--> statement-breakpoint
CREATE TRIGGER request_search_delete AFTER DELETE ON request BEGIN
  INSERT INTO request_search(request_search, rowid, words) VALUES ('delete', old.row_id, old.words);
END;
--> statement-breakpoint
CREATE TRIGGER request_search_update AFTER UPDATE OF words ON request BEGIN
  INSERT INTO request_search(request_search, rowid, words) VALUES ('delete', old.row_id, old.words);
  INSERT INTO request_search(rowid, words) VALUES (new.row_id, new.words);
END;
