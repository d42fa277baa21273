ALTER TABLE `person` ADD `maiden_name` text;--> statement-breakpoint
ALTER TABLE `person` ADD `previous_last_name` text;--> statement-breakpoint
ALTER TABLE `person` ADD `nhs_unique_id` text;