CREATE TABLE `account_person` (
	`username` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`employee_number` text,
	`confirmed_at` text NOT NULL,
	`confirmed_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `doubted_person` (
	`person_id` text NOT NULL,
	`other_id` text NOT NULL,
	PRIMARY KEY(`person_id`, `other_id`)
);
--> statement-breakpoint
CREATE TABLE `same_person` (
	`person_id` text PRIMARY KEY NOT NULL,
	`canonical_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `same_person_canonical` ON `same_person` (`canonical_id`);--> statement-breakpoint
CREATE INDEX `holding_username` ON `holding` (`username`,`employee_number`);--> statement-breakpoint
CREATE INDEX `person_numbers` ON `person` (`person_id`,`employee_number`);--> statement-breakpoint
CREATE INDEX `person_smartcard` ON `person` (`smartcard_uuid`,`person_id`) WHERE smartcard_uuid is not null;--> statement-breakpoint
CREATE INDEX `person_nhs_id` ON `person` (`nhs_unique_id`,`person_id`) WHERE nhs_unique_id is not null;