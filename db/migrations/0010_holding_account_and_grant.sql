DROP INDEX `holding_current`;--> statement-breakpoint
ALTER TABLE `holding` ADD `grant_type` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `holding` ADD `application` text;--> statement-breakpoint
ALTER TABLE `holding` ADD `account_start` text;--> statement-breakpoint
ALTER TABLE `holding` ADD `account_end` text;--> statement-breakpoint
ALTER TABLE `holding` ADD `assigned_by` text;--> statement-breakpoint
ALTER TABLE `holding` ADD `assigned_on` text;--> statement-breakpoint
ALTER TABLE `holding` ADD `updated_by` text;--> statement-breakpoint
ALTER TABLE `holding` ADD `updated_on` text;--> statement-breakpoint
CREATE UNIQUE INDEX `holding_current` ON `holding` (`employee_number`,`username`,`exported_name`,`start_date`,`end_date`,`grant_type`) WHERE until_import_id is null;