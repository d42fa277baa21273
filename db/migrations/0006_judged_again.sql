DROP INDEX `as_number_current`;--> statement-breakpoint
CREATE UNIQUE INDEX `as_number_current` ON `as_number` (`employee_number`,`as_number`,`position_number`,`issued_on`) WHERE until_import_id is null;--> statement-breakpoint
DROP INDEX `training_current`;--> statement-breakpoint
CREATE UNIQUE INDEX `training_current` ON `training` (`employee_number`,`competence`,`achieved_on`,`expires_on`,`status`) WHERE until_import_id is null;--> statement-breakpoint
ALTER TABLE `import` ADD `current_rows` integer;--> statement-breakpoint
ALTER TABLE `request` ADD `objection` text;--> statement-breakpoint
CREATE INDEX `request_objected` ON `request` (`objection`) WHERE objection is not null;