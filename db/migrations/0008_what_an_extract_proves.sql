CREATE TABLE `approval_gone` (
	`request_id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`gone_since` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `unread_person` (
	`import_id` text NOT NULL,
	`written` text NOT NULL,
	PRIMARY KEY(`import_id`, `written`)
);
--> statement-breakpoint
DROP INDEX `holding_current`;--> statement-breakpoint
CREATE UNIQUE INDEX `holding_current` ON `holding` (`employee_number`,`username`,`exported_name`,`start_date`,`end_date`) WHERE until_import_id is null;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_starting_position` (
	`row_id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`employee_number` text NOT NULL,
	`username` text,
	`exported_name` text,
	`urp` text,
	`from_date` text,
	`until_date` text,
	`import_id` text NOT NULL,
	`gone_since` text
);
--> statement-breakpoint
INSERT INTO `__new_starting_position`("employee_number", "urp", "import_id") SELECT "employee_number", "urp", "import_id" FROM `starting_position`;--> statement-breakpoint
DROP TABLE `starting_position`;--> statement-breakpoint
ALTER TABLE `__new_starting_position` RENAME TO `starting_position`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `starting_position_holder` ON `starting_position` (`employee_number`,`urp`);--> statement-breakpoint
ALTER TABLE `finding` ADD `exported_name` text;--> statement-breakpoint
ALTER TABLE `finding` ADD `about` text;--> statement-breakpoint
ALTER TABLE `finding` ADD `subject` text;--> statement-breakpoint
ALTER TABLE `finding` ADD `shown` text;--> statement-breakpoint
ALTER TABLE `finding` ADD `approved` text;--> statement-breakpoint
ALTER TABLE `finding` ADD `cause_gone_at` text;