CREATE TABLE `account_key` (
	`user_id` text PRIMARY KEY NOT NULL,
	`certificate` blob NOT NULL,
	`private_scalar` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `draft` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`saved_at` text NOT NULL,
	PRIMARY KEY(`user_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `signature` (
	`id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`decision` text NOT NULL,
	`subject_id` text NOT NULL,
	`signed_at` text NOT NULL,
	`signer_id` text NOT NULL,
	`means` text NOT NULL,
	`text` text NOT NULL,
	`cms` blob NOT NULL,
	`certificate` blob NOT NULL,
	`chain` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signature_seq_unique` ON `signature` (`seq`);--> statement-breakpoint
CREATE INDEX `signature_subject` ON `signature` (`subject_id`);--> statement-breakpoint
ALTER TABLE `user` ADD `last_way` text;--> statement-breakpoint
ALTER TABLE `user` ADD `card_uuid` text;--> statement-breakpoint
ALTER TABLE `user` ADD `card_only_since` text;--> statement-breakpoint
ALTER TABLE `user` ADD `glass_until` text;--> statement-breakpoint
CREATE UNIQUE INDEX `user_card_uuid_unique` ON `user` (`card_uuid`);--> statement-breakpoint
CREATE TRIGGER signature_no_update BEFORE UPDATE ON signature BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END;
