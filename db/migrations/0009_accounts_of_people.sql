DROP INDEX `holding_username`;--> statement-breakpoint
CREATE INDEX `holding_account` ON `holding` (upper(username)) WHERE employee_number = '' and until_import_id is null;--> statement-breakpoint
CREATE INDEX `holding_username` ON `holding` (upper(username),`employee_number`);